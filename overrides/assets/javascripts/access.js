// Mends for readers of keyboards and screen readers what Material builds in the browser:
// names for controls that have none, and a tab stop where something has to be scrolled.
// @ts-check
(() => {
  const mend = () => {
    // Groups of buttons, one per block of code, are no landmarks of the page.
    for (const group of document.querySelectorAll("nav.md-code__nav:not([role])"))
      group.setAttribute("role", "presentation");
    for (const link of document.querySelectorAll("a.md-annotation__index:not([aria-label])"))
      link.setAttribute(
        "aria-label",
        link.querySelector("[data-md-annotation-id]")?.getAttribute("data-md-annotation-id") ?? "+",
      );
    for (const box of document.querySelectorAll(".task-list-control input:not([aria-label])"))
      box.setAttribute("aria-label", box.closest("li")?.innerText.trim().split("\n")[0] ?? "");
    for (const wide of document.querySelectorAll(".formula, .md-typeset__scrollwrap"))
      if (wide.scrollWidth > wide.clientWidth) wide.setAttribute("tabindex", "0");
  };
  // On a narrow screen the menu and the search are labels of hidden boxes, which no key reaches,
  // while the links of the closed menu are stops that nobody sees.
  const narrow = matchMedia("(max-width: 76.234375em)");
  const drawer = /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));
  const menu = /** @type {HTMLElement | null} */ (document.querySelector(".md-sidebar--primary"));
  const shut = () => {
    if (menu && drawer) menu.inert = narrow.matches && !drawer.checked;
  };
  /** @param {string} name @param {string | null | undefined} says */
  const button = (name, says) => {
    const label = /** @type {HTMLElement | null} */ (
      document.querySelector(`.md-header__button[for="${name}"]`)
    );
    if (!label) return null;
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    if (says) label.setAttribute("aria-label", says);
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // the theme would take it for the key that sends the search
      label.click();
    });
    return label;
  };
  const opener = button("__drawer", document.querySelector(".md-nav--primary")?.getAttribute("aria-label"));
  button("__search", document.querySelector(".md-search__input")?.getAttribute("aria-label"));
  drawer?.addEventListener("change", () => {
    shut();
    if (drawer.checked) /** @type {HTMLElement | null} */ (menu?.querySelector("a[href]"))?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked || !narrow.matches) return;
    drawer.checked = false;
    shut();
    opener?.focus();
  });
  // The theme gives the field the focus while the search is still opening: it may not be hidden.
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById("__search"));
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
  const behind = matchMedia("(max-width: 59.984375em)");
  const close = () => {
    if (!field || !search) return;
    field.tabIndex = behind.matches && !search.checked ? -1 : 0;
    // The link to the results and the button that empties the field are seen when there are words.
    for (const option of document.querySelectorAll(".md-search__options > *"))
      /** @type {HTMLElement} */ (option).tabIndex = search.checked && field.value ? 0 : -1;
  };
  search?.addEventListener("change", close);
  field?.form?.addEventListener("input", close);
  field?.form?.addEventListener("reset", () => setTimeout(close));
  behind.addEventListener("change", close);
  close();
  // Escape gives the focus back to what had it. Tab goes on to the dialog's buttons and results,
  // where the theme would close the dialog, and closes it where it comes out.
  const dialog = /** @type {HTMLElement | null} */ (document.querySelector(".md-search"));
  /** @type {HTMLElement | null} */
  let before = null;
  document.addEventListener("focusin", (event) => {
    const from = /** @type {HTMLElement | null} */ (event.relatedTarget);
    const inside = dialog?.contains(/** @type {Node} */ (event.target));
    if (inside && !dialog?.contains(from)) before = from;
    else if (!inside && search?.checked) search.click();
  });
  document.addEventListener("keydown", (event) => {
    if (!search?.checked) return;
    if (event.key === "Tab") event.stopPropagation();
    if (event.key === "Escape") setTimeout(() => before?.focus({ preventScroll: true }));
  });
  // The list of languages is open while it has the focus or the pointer.
  for (const list of document.querySelectorAll(".md-select")) {
    list.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== "Escape") return;
      list.querySelector("button")?.focus();
      list.classList.add("md-select--closed");
    });
    for (const type of ["focusout", "pointerenter", "click"])
      list.addEventListener(type, () => list.classList.remove("md-select--closed"));
  }
  // Of the colours' three hidden boxes the theme shows the one in use and checks none: backwards
  // the keyboard would come to the last one, which nobody sees.
  const colours = document.querySelector(".md-option + label:not([hidden])")?.previousElementSibling;
  if (colours) /** @type {HTMLInputElement} */ (colours).checked = true;
  narrow.addEventListener("change", shut);
  shut();
  mend();
  const content = document.querySelector("article");
  if (content) new MutationObserver(mend).observe(content, { childList: true, subtree: true });
  addEventListener("resize", mend);
})();
