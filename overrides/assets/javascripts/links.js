// Links to sections. Switching languages stays in the same one, as each page answers to the
// anchors of its twins; and the link beside a heading is copied as it reads, for browsers write
// `%E6%95%B0` where the address bar shows Han.
// @ts-check
(() => {
  /** @param {Event} event */
  const carry = (event) => {
    const target = /** @type {Element | null} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (
      target && target.closest ? target.closest("a.md-select__link[hreflang]") : null
    );
    if (link) link.hash = location.hash;
  };
  // Each language is called by its own name, and is to be read out in its own.
  for (const link of document.querySelectorAll("a.md-select__link[hreflang]")) {
    link.setAttribute("lang", link.getAttribute("hreflang") ?? "");
  }
  // Before the browser reads the address: to follow it, to open it in a tab, or to copy it.
  for (const type of ["pointerdown", "focusin", "click"]) {
    document.addEventListener(type, carry, true);
  }
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a.headerlink");
    if (!(link instanceof HTMLAnchorElement)) return;
    const address = new URL(link.href);
    address.search = ""; // words that were searched for
    let text = address.href;
    try {
      text = decodeURI(text);
    } catch {
      // An author's own id with a percent sign.
    }
    // No clipboard without https; the address bar has the link all the same.
    navigator.clipboard?.writeText(text).then(() => {
      const { translations } = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
      /** @type {any} */ (window).alert$?.next(translations["clipboard.copied"]);
    });
  });
})();
