// A picture on another host that does not come: in its box, what it shows and where it was.
// Only pages with such pictures load this.
// @ts-check
(() => {
  /** @param {HTMLImageElement} image */
  const replace = (image) => {
    const address = new URL(image.src, location.href);
    if (address.origin === location.origin || !address.protocol.startsWith("http")) return;
    const box = document.createElement("span");
    box.className = "outside-gone";
    // What the picture itself would have taken: its own size, or the author's.
    box.style.cssText = image.style.cssText;
    const [width, height] = ["width", "height"].map((name) => image.getAttribute(name) ?? "");
    if (width) box.style.width ||= /^[\d.]+$/.test(width) ? `${width}px` : width;
    if (+width && +height) box.style.aspectRatio ||= `${width} / ${height}`;
    const words = document.createElement("span");
    words.textContent = image.alt;
    const place = document.createElement("small");
    place.textContent = address.href;
    box.title = address.href;
    box.append(words, place);
    image.replaceWith(box);
  };
  /** @param {EventTarget | null} target */
  const isOurs = (target) =>
    target instanceof HTMLImageElement && target.referrerPolicy === "no-referrer";
  // Errors do not bubble; some have been there before this script.
  document.addEventListener(
    "error",
    ({ target }) => {
      if (isOurs(target)) replace(/** @type {HTMLImageElement} */ (target));
    },
    true,
  );
  for (const image of document.querySelectorAll("img")) {
    if (isOurs(image) && image.complete && !image.naturalWidth) replace(image);
  }
})();
