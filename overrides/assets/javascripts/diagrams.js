// Stands in for Mermaid, which is heavy, until a diagram comes near the window or the page is
// printed. Material asks the global `mermaid` to draw and would fetch it from elsewhere if
// there were none. A diagram that cannot be drawn stays as its source.
(() => {
  const { mermaid: address } = document.currentScript.dataset;
  let options = {};
  let drawing;

  const near = new Promise((resolve) => {
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          watch.disconnect();
          resolve();
        }
      },
      { rootMargin: "100% 0px" },
    );
    for (const diagram of document.querySelectorAll(".mermaid")) watch.observe(diagram);
    addEventListener("beforeprint", resolve, { once: true });
  });

  const load = () =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onerror = reject;
      script.onload = () => {
        const { mermaid } = window;
        mermaid.initialize({ ...options, suppressErrorRendering: true });
        resolve(mermaid);
      };
      document.head.append(script);
    });

  window.mermaid = {
    initialize: (given) => {
      options = given;
    },
    render: async (id, text) => {
      await near;
      drawing ??= load();
      try {
        const drawn = await (await drawing).render(id, text);
        // A wide diagram is scrolled before its letters become too small to be read.
        const svg = drawn.svg.replace(
          /max-width: ([\d.]+)px/,
          (width, pixels) => `${width}; min-width: ${Math.round(pixels * 0.65)}px`,
        );
        return { ...drawn, svg };
      } catch {
        const source = document.createElement("pre");
        source.textContent = text;
        return { svg: source.outerHTML };
      }
    },
  };
})();
