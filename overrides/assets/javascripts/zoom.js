// Opens the pictures of a page in GLightbox, which is loaded at the first click: a page
// that is only read costs nothing. Without this script the link shows the picture itself.
// @ts-check
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const assets = new URL("../", here);

  /** @type {Promise<void> | undefined} */
  let loaded;

  /** Load GLightbox's style and script, once. @returns {Promise<void>} */
  const load = () =>
    (loaded ??= new Promise((resolve, reject) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("stylesheets/glightbox.min.css", assets).href;
      const script = document.createElement("script");
      script.src = new URL("javascripts/glightbox.min.js", assets).href;
      let waiting = 2;
      const done = () => --waiting || resolve();
      style.onload = script.onload = done;
      style.onerror = script.onerror = () => {
        loaded = undefined;
        reject(new Error("GLightbox could not be loaded"));
      };
      document.head.append(style, script);
    }));

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    const link = /** @type {Element} */ (event.target).closest("a.glightbox");
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    const links = [
      .../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.glightbox")),
    ].filter((other) => other.getClientRects().length);
    load().then(
      () => {
        // @ts-ignore: GLightbox's script defines it.
        const box = GLightbox({
          elements: links.map((other) => ({
            href: other.href,
            type: "image",
            title: other.dataset.title ?? "",
            alt: other.dataset.title ?? "",
          })),
          touchNavigation: true,
          loop: false,
          openEffect: "fade",
          closeEffect: "fade",
          startAt: links.indexOf(link),
        });
        box.on("close", () => link.focus());
        box.open();
        if (document.documentElement.lang.startsWith("zh"))
          for (const [button, says] of [["gclose", "关闭"], ["gprev", "上一张"], ["gnext", "下一张"]])
            document.querySelector(`.glightbox-container .${button}`)?.setAttribute("aria-label", says);
      },
      () => location.assign(link.href),
    );
  });
})();
