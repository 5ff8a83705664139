// Worker: speaks the protocol of Material's search dialog, which stays as it is.
// The address says which language's index to load: worker.js?zh
// @ts-check
"use strict";

(function (/** @type {any} */ scope) {
  const PAUSE = 150;
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  /** @type {any} */
  const site = (scope.siteSearch = scope.siteSearch || {});
  const here = site.workerUrl || scope.location.href;
  const locale = new URL(here).search.slice(1);
  const near = (/** @type {string} */ name) => new URL(name, here).href;

  // In a folder without a server page.js has given a way to load scripts; here they are
  // imported, and the index, which is one call with JSON in it, is fetched and read.
  const scripts = site.load || (async (/** @type {string[]} */ urls) => scope.importScripts(...urls));
  const index = site.load || (async (/** @type {string[]} */ [url]) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const text = await response.text();
    const open = text.indexOf("(");
    site[text.slice(text.indexOf(".") + 1, open)](JSON.parse(text.slice(open + 1, text.lastIndexOf(")"))));
  });

  /** @type {any} */ let data;
  /** @type {any} */ let engine;
  /** @type {Promise<void> | undefined} */ let names;
  /** @type {Promise<void> | undefined} */ let texts;
  let latest = "";
  /** Parts of a very large index: asked for, and here. @type {Map<string, Promise<any>>} */
  const asked = new Map();
  /** @type {Map<string, any>} */
  const parts = new Map();
  site.receivePart = (/** @type {[string, any]} */ [name, part]) => parts.set(name, part);
  const load = (/** @type {string} */ name) => {
    const known = asked.get(name);
    if (known) return known;
    const asking = index([near(`../../../search/${name}.js`)]).then(() => parts.get(name));
    asked.set(name, asking);
    // What failed is asked for again.
    asking.catch(() => asked.delete(name));
    return asking;
  };
  site.receive = (/** @type {any} */ received) => { data = received; engine = data.parts ? undefined : new site.Engine(data); };
  site.receiveTexts = (/** @type {string} */ received) => { engine = new site.Engine({ ...data, texts: received }); };

  async function loadNames() {
    if (!site.Engine) await scripts([near("words.js"), near("show.js"), near("engine.js")]);
    await index([near(`../../../search/${locale}.js`)]);
    if (data.parts && !site.Parts) await scripts([near("parts.js")]);
    if (data.parts) engine = new site.Parts(data, load);
  }

  /**
   * Answer a message; the index is loaded when the first letter is typed, not on every page.
   * @param {{type: number, data: any}} message
   * @param {(message: any) => void} post
   */
  async function answer({ type, data: typed }, post) {
    if (type === SETUP) return post({ type: READY });
    if (type !== QUERY) throw new TypeError("unknown message");
    const query = (latest = String(typed));
    const reply = (/** @type {any} */ result) => post({ type: RESULT, data: { items: [], ...result, query: query.trim() } });
    if (!query.trim()) return reply({});
    try {
      await (names = names || loadNames());
      if (query !== latest) return;
      if (data.parts) {
        const found = await engine.find(query);
        if (query !== latest) return;
        reply(engine.named(query, found));
        // Who is still typing asks for no texts yet.
        await new Promise((done) => setTimeout(done, PAUSE));
        if (query !== latest) return;
        const result = await engine.whole(query, found);
        if (query === latest) reply(result);
        return;
      }
      reply({ ...engine.search(query), loading: !engine.whole });
      if (engine.whole) return;
      await (texts = texts || index([near(`../../../search/${locale}.texts.js`)]));
      if (query === latest) reply(engine.search(query));
    } catch (error) {
      console.error(error);
      [names, texts] = [engine && names, undefined];
      reply({ failed: true });
    }
  }

  site.answer = answer;
  if (!site.load) scope.addEventListener("message", (/** @type {any} */ event) => answer(event.data, scope.postMessage.bind(scope)));
})(globalThis);
