// A card of a video becomes its player when a reader asks for it, and asks nobody before that.
// Only pages with such cards load this; without it a card leads to the video's own page.
// @ts-check
(() => {
  // YouTube's player refuses pages that have no address: there the link leads to the video.
  const own = location.protocol === "file:" ? ["player.bilibili.com"] : null;
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const cards = document.querySelectorAll("a.video-card[data-player]");

  /** @param {HTMLAnchorElement} card */
  const play = (card) => {
    const frame = document.createElement("iframe");
    frame.title = card.querySelector(".video-title")?.textContent ?? "";
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.allowFullscreen = true;
    // Enough for the player, which wants to know the site; not which page is read.
    frame.referrerPolicy = "strict-origin";
    frame.src = card.dataset.player ?? "";
    const link = document.createElement("a");
    link.className = "video-source external";
    link.rel = "external noopener";
    link.href = card.href;
    link.textContent = card.dataset.watch ?? card.href;
    card.parentElement?.after(link);
    card.replaceWith(frame);
    frame.focus();
  };

  for (const card of cards) {
    if (own && !own.includes(new URL(card.dataset.player ?? "").host)) continue;
    card.setAttribute("role", "button");
    card.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      play(card);
    });
    card.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      play(card);
    });
  }
})();
