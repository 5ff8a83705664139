// Worker: speaks the protocol of Material's search dialog, which stays as it is.
// The address says which language's index to load: worker.js?zh
// @ts-check
"use strict";

(function (/** @type {any} */ scope) {
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  const site = (scope.siteSearch = scope.siteSearch || {});
  const here = site.workerUrl || scope.location.href;
  const load = site.load || ((/** @type {string[]} */ urls) => scope.importScripts(...urls));
  const near = (/** @type {string} */ name) => new URL(name, here).href;

  /** @type {any} */
  let engine;
  site.receive = (/** @type {any} */ data) => { engine = new site.Engine(data); };

  /** Load the engine and the index when the first letter is typed, not on every page. */
  async function ready() {
    if (engine) return;
    const locale = new URL(here).search.slice(1);
    if (!site.Engine) await load([near("words.js"), near("engine.js")]);
    await load([near(`../../../search/${locale}.js`)]);
  }

  /** @param {{type: number, data: any}} message */
  async function answer({ type, data }) {
    if (type === SETUP) return { type: READY };
    if (type !== QUERY) throw new TypeError("unknown message");
    const query = String(data).trim();
    if (!query) return { type: RESULT, data: { items: [], query } };
    try {
      await ready();
      return { type: RESULT, data: { ...engine.search(data), query } };
    } catch (error) {
      console.error(error);
      return { type: RESULT, data: { items: [], query, failed: true } };
    }
  }

  site.answer = answer;
  if (!site.load) scope.addEventListener("message", async (/** @type {any} */ event) => scope.postMessage(await answer(event.data)));
})(globalThis);
