// The page as Markdown, to the clipboard and to a chat, and a report of what is wrong that
// quotes the selected text. Without this script the links below the page still work.
// @ts-check
(() => {
  const tools = /** @type {HTMLElement | null} */ (document.querySelector(".page-tools"));
  if (!tools) return;
  const { markdown = "", copied, failed } = tools.dataset;

  /** Safari allows a copy only in the click itself: it is given the promise of a text. */
  const copy = async () => {
    const text = fetch(markdown).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    });
    if (window.ClipboardItem && navigator.clipboard?.write) {
      const blob = text.then((found) => new Blob([found], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    } else await navigator.clipboard.writeText(await text);
  };
  /** @param {string | undefined} text */
  const say = (text) => /** @type {any} */ (window).alert$?.next(text);
  const take = () =>
    copy().then(
      () => say(copied),
      () => say(failed),
    );

  if (navigator.clipboard && location.protocol !== "file:") {
    for (const hidden of tools.querySelectorAll("[hidden]")) hidden.removeAttribute("hidden");
    tools.querySelector(".page-tools__copy")?.addEventListener("click", take);
    for (const chat of tools.querySelectorAll(".page-tools__chats a"))
      chat.addEventListener("click", take);
  }

  const report = /** @type {HTMLAnchorElement | null} */ (tools.querySelector(".page-tools__report"));
  const article = document.querySelector("article");
  if (!report || !article) return;
  const { report: start = "", body = "", section = "", wrong = "", selection: label = "" } = report.dataset;

  /** The heading that the text stands below. @param {Node} node */
  const above = (node) => {
    let found = "";
    for (const heading of article.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) break;
      const copy = /** @type {Element} */ (heading.cloneNode(true));
      for (const mark of copy.querySelectorAll(".headerlink")) mark.remove();
      const anchor = heading.id ? ` #${heading.id}` : "";
      found = `${(copy.textContent ?? "").trim()}${anchor}`;
    }
    return found;
  };

  const button = document.createElement("a");
  button.className = "report-selection";
  button.textContent = label;
  button.target = "_blank";
  button.rel = "noopener noreferrer";
  button.hidden = true;
  document.body.append(button);
  document.addEventListener("selectionchange", () => {
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
    const text = range ? range.toString().trim() : "";
    if (!range || text.length < 2 || !article.contains(range.commonAncestorContainer)) {
      button.hidden = true;
      return;
    }
    const quoted = text.slice(0, 600).replace(/^/gm, "> ");
    const said = `${body}${section}${above(range.startContainer)}\n\n${quoted}\n\n${wrong}\n`;
    button.href = start + encodeURIComponent(said);
    const place = range.getBoundingClientRect();
    button.style.top = `${place.bottom + scrollY + 8}px`;
    button.style.left = `${Math.min(place.left + scrollX, scrollX + innerWidth - 140)}px`;
    button.hidden = false;
  });
})();
