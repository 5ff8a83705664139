// The field above the glossary leaves the terms whose name, other names or note have the words.
// @ts-check
(() => {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(".glossary-filter"));
  /** @type {Element[][]} */
  const entries = [];
  for (const heading of document.querySelectorAll("h2.glossary ~ h3")) {
    const entry = [heading];
    for (let next = heading.nextElementSibling; next?.tagName === "P" && !next.className; next = next.nextElementSibling)
      entry.push(next);
    entries.push(entry);
  }
  field?.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const entry of entries) {
      const text = entry.map((part) => part.textContent).join(" ").toLowerCase();
      for (const part of entry) part.toggleAttribute("hidden", !words.every((word) => text.includes(word)));
    }
  });
})();
