// Page: what the search dialog says beside its results, and search without a server.
// @ts-check
"use strict";

(function (/** @type {any} */ window) {
  const document = window.document;
  const script = document.currentScript;
  const say = script.dataset;

  // A browser lets no page that was opened from a folder start a worker. There the same
  // scripts run in the page.
  if (window.location.protocol === "file:") {
    const load = async (/** @type {string[]} */ urls) => {
      for (const url of urls) {
        await new Promise((done, failed) => {
          const element = document.createElement("script");
          element.src = url;
          element.onload = done;
          element.onerror = failed;
          document.head.append(element);
        });
      }
    };
    window.Worker = class extends window.EventTarget {
      constructor(/** @type {string} */ url) {
        super();
        const workerUrl = new URL(url, window.location.href).href;
        window.siteSearch = { load, workerUrl };
        this.ready = load([workerUrl]);
      }
      async postMessage(/** @type {any} */ message) {
        await this.ready;
        const post = (/** @type {any} */ data) => this.dispatchEvent(new window.MessageEvent("message", { data }));
        await window.siteSearch.answer(message, post);
      }
      terminate() {}
    };
  }

  /** @type {any} */
  const element = (/** @type {string} */ name, /** @type {any} */ properties, /** @type {any[]} */ children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // What was searched for and opened: kept in this browser, and sent nowhere.
  const KEPT = 6, store = `search:${new URL("../../../", script.src).pathname}`;
  /** @returns {string[]} */
  const remembered = () => {
    try {
      return JSON.parse(window.localStorage.getItem(store) || "[]");
    } catch {
      return [];
    }
  };
  const remember = (/** @type {string[]} */ queries) => {
    try {
      window.localStorage.setItem(store, JSON.stringify(queries.slice(0, KEPT)));
    } catch {
      // Storage may be full or forbidden: then nothing is remembered.
    }
  };
  const type = (/** @type {string} */ query) => {
    const input = document.querySelector("[data-md-component=search-query]");
    input.value = query;
    input.focus();
    input.dispatchEvent(new window.Event("input"));
  };

  /** What the empty dialog offers. @returns {any[]} */
  function recent() {
    const queries = remembered();
    if (!queries.length) return [element("p", {}, [say.tips])];
    const forget = element("button", { type: "button", className: "search-forget", onclick: () => { remember([]); type(""); } }, [say.forget]);
    const again = queries.map((query) => element("li", {}, [element("button", { type: "button", onclick: () => type(query) }, [query])]));
    return [element("p", {}, [say.recent, forget]), element("ul", { className: "search-recent" }, again)];
  }

  /**
   * What to tell a reader whose words were corrected, or who found nothing.
   * @param {any} result what the worker answered
   */
  function hint(result) {
    const lines = [];
    if (result.failed) lines.push(element("p", {}, [say.failed]));
    else if (result.loading) lines.push(element("p", {}, [say.loading]));
    else if (result.query && !result.items.length) {
      lines.push(element("p", {}, [say.empty]));
      const base = JSON.parse(document.getElementById("__config").textContent).base;
      // At a host's root it is "/" already, and "//" would begin another host's address.
      const root = new URL(base.endsWith("/") ? base : `${base}/`, window.location.href);
      lines.push(element("ul", {}, (result.nearest || []).map((/** @type {any} */ page) =>
        element("li", {}, [element("a", { href: new URL(page.location, root).href }, [page.title])]))));
    } else if (!result.query) {
      lines.push(...recent());
    } else {
      for (const { typed, meant } of result.corrections || []) {
        lines.push(element("p", {}, [say.corrected.replace("{typed}", typed).replace("{meant}", meant)]));
      }
      if (result.partial) lines.push(element("p", {}, [say.partial]));
    }
    const className = result.query || result.failed ? "search-hint" : "search-hint search-start";
    return lines.length ? element("div", { className }, lines) : undefined;
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.component$) return;
    window.component$.subscribe((/** @type {any} */ component) => {
      if (component.ref.dataset.mdComponent !== "search-result" || !component.items) return;
      tell(component);
    });
    const input = document.querySelector("[data-md-component=search-query]");
    const shown = document.querySelector("[data-md-component=search-result]");
    const tell = (/** @type {any} */ result) => {
      for (const old of shown.querySelectorAll(".search-hint")) old.remove();
      const made = hint(result);
      if (made) shown.querySelector(".md-search-result__meta").after(made);
    };
    // Screen readers hear how many were found.
    shown.querySelector(".md-search-result__meta").setAttribute("role", "status");
    const apple = /Mac|iPhone|iPad/.test(window.navigator.platform);
    input.after(element("kbd", { className: "search-key", ariaHidden: "true" }, [apple ? "⌘ K" : "Ctrl K"]));
    window.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key.toLowerCase() !== "k" || !(apple ? event.metaKey : event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const toggle = document.getElementById("__search");
      if (!toggle.checked) toggle.click();
      input.focus();
    });
    input.addEventListener("focus", () => { if (!input.value) tell({}); });
    shown.addEventListener("click", (/** @type {any} */ event) => {
      const query = input.value.trim();
      if (query && event.target.closest(".md-search-result__link")) remember([query, ...remembered().filter((old) => old !== query)]);
    });
    // The theme copies the address of the query before this one.
    const share = document.querySelector("[data-md-component=search-share]");
    if (share) share.addEventListener("click", () => share.setAttribute("data-clipboard-text", share.href));
    // On the way while the first word is typed; the worker finds them in the browser's cache.
    const settings = JSON.parse(document.getElementById("__config").textContent);
    const locale = settings.search.split("?")[1];
    const near = (/** @type {string} */ name) => new URL(name, script.src).href;
    if (window.location.protocol !== "file:") {
      input.addEventListener("focus", () => {
        for (const name of [`../../../search/${locale}.js`, "words.js", "engine.js"]) fetch(near(name)).catch(() => {});
      }, { once: true });
    }
    // The theme listens to keys alone, and a word that is pasted or chosen from a list has none.
    input.addEventListener("input", () => input.dispatchEvent(new window.Event("keyup")));
    // The suggestion lies below the input and does not scroll with it.
    const suggestion = document.querySelector("[data-md-component=search-suggest]");
    const uncover = () => { suggestion.style.visibility = input.scrollWidth > input.clientWidth ? "hidden" : ""; };
    if (suggestion) for (const event of ["input", "keyup"]) input.addEventListener(event, uncover);
    // The worker searches the language in which the page was loaded. Instant navigation brings
    // another language's text into this page, and leaves even its `lang` as it was.
    const homes = Array.from(document.querySelectorAll("a[hreflang]"), (/** @type {any} */ link) => [link.href, link.hreflang]);
    homes.sort((a, b) => b[0].length - a[0].length);
    const language = () => (homes.find(([home]) => window.location.href.startsWith(home)) || [])[1];
    const loaded = language();
    window.document$.subscribe(() => { if (language() !== loaded) window.location.reload(); });
  });
})(globalThis);
