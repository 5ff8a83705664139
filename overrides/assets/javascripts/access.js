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
    for (const formula of document.querySelectorAll(".formula"))
      if (formula.scrollWidth > formula.clientWidth) formula.setAttribute("tabindex", "0");
  };
  mend();
  const content = document.querySelector("article");
  if (content) new MutationObserver(mend).observe(content, { childList: true, subtree: true });
  addEventListener("resize", mend);
})();
