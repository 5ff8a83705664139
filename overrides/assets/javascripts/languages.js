// Switching languages stays in the same section: each page answers to the anchors of its twins.
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
})();
