// Parts: search on a site whose texts are too many to be loaded at once. What parts.py wrote says
// on which pages a term stands; the pages that hold most of the query are loaded, and ranked as
// a small site is.
// @ts-check
"use strict";

/** @typedef {{pages: Map<number, number>, frequency: number}} Listed how well each page holds a term, of how many */

(function (/** @type {any} */ site) {
  const { tokens, stem, grams, IS_HAN } = site;
  const CANDIDATES = 24, NAMED = 6, LONGEST_TERM = 32, NAME = 10, LONG = 8;
  // What a term is worth where it stands once, often, in a heading, in the title: parts.py.
  const WORTH = [1, 1.5, 2, 4];
  const DIGITS = new Map(Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", (digit, i) => [digit, i]));

  class Parts {
    /**
     * @param {any} data the index's first file
     * @param {(name: string) => Promise<any>} load a part, by its name
     */
    constructor(data, load) {
      this.data = data;
      this.load = load;
      this.names = new site.Engine(data);
      this.starts = data.parts.starts.split("\n");
      /** @type {Map<string, number>} */
      this.frequencies = new Map();
    }

    /**
     * The terms from one on that begin with it, with what is written of each.
     * @param {string} beginning
     * @returns {Promise<[string, string][]>}
     */
    async beginning(beginning) {
      let at = this.starts.findIndex((/** @type {string} */ start) => start > beginning) - 1;
      if (at === -2) at = this.starts.length - 1;
      const found = /** @type {[string, string][]} */ ([]);
      for (at = Math.max(0, at); at < this.starts.length; at++) {
        for (const line of (await this.load(`${this.data.locale}/${at}`)).split("\n")) {
          if (line.startsWith(beginning)) found.push(line.split(" "));
        }
        // A part more where it may go on; all words with one letter are asked for by nobody.
        if (found.length > 50 || !(this.starts[at + 1] || "").startsWith(beginning)) break;
      }
      return found;
    }

    /** On which pages a term of `grams` stands, or what begins with it. @returns {Promise<Listed>} */
    async listed(/** @type {string} */ term, open = false) {
      const root = term.slice(0, LONGEST_TERM), han = IS_HAN.test(term);
      const lines = await this.beginning(han ? root : root.replace(/i$/, ""));
      const own = lines.filter(([word]) => han ? word === root : stem(word) === root || (open && word.startsWith(root)));
      const pages = new Map();
      for (const [, written] of own) {
        let page = 0, value = 0, shift = 0;
        for (const digit of written) {
          const bits = DIGITS.get(digit) || 0;
          value |= (bits & 31) << shift;
          shift += 5;
          if (bits > 31) continue;
          page += value >> 2;
          pages.set(page, Math.max(pages.get(page) || 0, WORTH[value & 3]));
          value = shift = 0;
        }
      }
      if (!open && pages.size) this.frequencies.set(term, pages.size);
      return { pages, frequency: pages.size };
    }

    /** What one way to say something is worth on each page, and at most. */
    async way(/** @type {string} */ way, /** @type {boolean} */ open) {
      // Every second pair of a long run still covers it, and costs half the parts.
      const all = grams(way), scores = new Map();
      const words = all.filter((/** @type {string} */ _, /** @type {number} */ i) => all.length < LONG || i % 2 === 0 || i === all.length - 1);
      const lists = await Promise.all(words.map((/** @type {string} */ word, /** @type {number} */ i) => this.listed(word, open && i === words.length - 1)));
      let most = 0;
      for (const { pages, frequency } of lists) {
        if (!frequency) continue;
        const idf = this.names.rarity(frequency);
        most += idf;
        for (const [page, worth] of pages) scores.set(page, (scores.get(page) || 0) + idf * worth);
      }
      return { scores, most };
    }

    /**
     * The pages that hold most of the query, the best first.
     * @param {string} query
     */
    async find(query) {
      const read = this.names.read(query.slice(0, 200));
      const last = tokens(this.names.fold(query)).pop();
      const open = last && !last.han && last.text.length > 1 && /\p{L}$/u.test(query);
      const total = new Map(), held = new Map();
      let unit = 0;
      const slots = await Promise.all(read.slots.map(async ({ label, ways }) => {
        const said = await Promise.all(ways.map((way) => this.way(way, open && label === last.text)));
        const meant = read.corrections.filter(({ typed }) => typed === label).map((c) => c.meant);
        // A word that no title has may be in a text: only where it is not was another one meant.
        return said.some(({ most }) => most) ? said : Promise.all(meant.map((way) => this.way(way, false)));
      }));
      for (const said of slots) {
        const best = new Map(), most = Math.max(0, ...said.map((way) => way.most));
        for (const { scores } of said) for (const [page, score] of scores) best.set(page, Math.max(best.get(page) || 0, score));
        for (const [page, score] of best) {
          total.set(page, (total.get(page) || 0) + score);
          held.set(page, (held.get(page) || 0) + Math.min(most, score));
        }
        unit += most;
      }
      const ranked = [...total].map(([p, score]) => ({ p, score: score * (held.get(p) / unit) * this.names.pages[p].boost }));
      ranked.sort((a, b) => b.score - a.score || a.p - b.p);
      // Titles are known whole: what the query names comes along, whatever its terms are.
      const titled = this.names.ranked(read).slice(0, NAMED);
      const chosen = new Set([...titled.filter((/** @type {any} */ r) => r.exact), ...ranked.slice(0, CANDIDATES), ...titled].map(({ p }) => p));
      return { read, pages: [...chosen] };
    }

    /** The pages found, by their names. */
    named(/** @type {string} */ query, /** @type {any} */ { read, pages }) {
      const found = pages.map((/** @type {number} */ p, /** @type {number} */ i) => ({ p, score: 1 / (i + 1), coverage: 1, exact: false, sections: [] }));
      return { ...site.show(this.names, { ...read, corrections: [] }, query, found), loading: true };
    }

    /** The pages found, with their texts, in the order that those give. */
    async whole(/** @type {string} */ query, /** @type {any} */ { pages }) {
      if (!pages.length) return this.names.search(query);
      const { data } = this, names = data.parts.texts;
      const texts = await Promise.all(pages.map((/** @type {number} */ p) => this.load(`texts/${names.slice(NAME * p, NAME * p + NAME)}`)));
      const sections = texts.flatMap(([, sections]) => sections);
      const engine = new site.Engine({
        ...data,
        pages: pages.map((/** @type {number} */ p, /** @type {number} */ i) => {
          const [url, title, locale, , boost, , path, drafted] = data.pages[p];
          return [url, title, locale, texts[i][0], boost, texts[i][1].length, path, drafted];
        }),
        names: sections.flatMap((part) => part.slice(0, 3)).join("\n"),
        texts: sections.map((part) => part[3]).join("\n"),
        total: data.pages.length,
        frequencies: this.frequencies,
      });
      return engine.search(query);
    }
  }

  site.Parts = Parts;
})(globalThis.siteSearch);
