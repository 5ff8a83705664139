// Of a session in a terminal the button copies what was typed, without prompts and output.
// @ts-check
(() => {
  document.addEventListener(
    "click",
    ({ target }) => {
      const button = /** @type {Element} */ (target).closest("[data-clipboard-target]");
      const code = button && document.querySelector(button.getAttribute("data-clipboard-target") ?? "");
      if (!button || !code?.querySelector(".gp")) return;
      const typed = /** @type {Element} */ (code.cloneNode(true));
      for (const output of typed.querySelectorAll(".go, .gt, .gr")) output.remove();
      for (const prompt of typed.querySelectorAll(".gp")) prompt.textContent = "\0";
      const lines = (typed.textContent ?? "").split("\n").filter((line) => line.includes("\0"));
      button.setAttribute("data-clipboard-text", lines.map((line) => line.replace(/^.*\0/, "")).join("\n"));
    },
    true, // before the theme copies
  );
})();
