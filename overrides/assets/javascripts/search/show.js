// Show: what has been found, as Material's dialog takes it: safe HTML with marks.
// @ts-check
"use strict";

/**
 * @typedef {{location: string, title: string, text: string, score: number, terms: Record<string, boolean>}} Item
 * @typedef {{start: number, end: number, worth: number, slot: Slot, part: boolean}} Mark
 * @typedef {{p: number, score: number, coverage: number, exact: boolean, sections: {s: number, score: number}[]}} Ranked
 */

(function (/** @type {any} */ site) {
  const { escapeHtml, unmarkCode, IS_HAN } = site;
  const SECTIONS = 6, EXCERPT = 110, EXCERPT_LATIN = 220;
  // Below this share of the query on its best page, what is shown is only the nearest.
  const FOUND = 0.4;

  /** The number of the first place that is not before another. */
  function from(/** @type {ArrayLike<number>} */ places, /** @type {number} */ place) {
    let low = 0, high = places.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (places[mid] < place) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  /**
   * @param {any} engine
   * @param {Read} read
   * @param {string} query
   * @param {Ranked[]} ranked the best first
   */
  function show(engine, read, query, ranked) {
    const { pages, sections, text, folded } = engine;

    /** Where the query stands between two places, in order. @returns {Mark[]} */
    function marksIn(/** @type {number} */ begin, /** @type {number} */ end) {
      const found = /** @type {Mark[]} */ ([]);
      for (const slot of read.slots) {
        for (const variant of slot.variants) {
          for (const { places: { start, length }, weight, idf, part = false } of variant) {
            for (let i = from(start, begin); i < start.length && start[i] < end; i++) found.push({ start: start[i], end: start[i] + length[i], worth: idf * Math.min(1, weight), slot, part });
          }
        }
      }
      return found.sort((a, b) => a.start - b.start || b.end - a.end);
    }

    /** The marks between two places, those that touch joined. */
    function between(/** @type {Mark[]} */ marks, /** @type {number} */ begin, /** @type {number} */ end) {
      const found = /** @type {Mark[]} */ ([]);
      for (const mark of marks) {
        if (mark.start < begin || mark.start >= end) continue;
        const last = found[found.length - 1];
        if (last && mark.start <= last.end) {
          last.end = Math.max(last.end, mark.end);
          last.worth = Math.max(last.worth, mark.worth);
        } else found.push({ ...mark });
      }
      return found;
    }

    /** The text between two places as safe HTML with its marks and its code. */
    function html(/** @type {Mark[]} */ marks, /** @type {number} */ begin, /** @type {number} */ end) {
      const cuts = new Map();
      for (const mark of marks) {
        if (mark.start < begin || mark.end > end) continue;
        cuts.set(mark.start, true);
        cuts.set(mark.end, false);
      }
      let made = "", marked = false;
      for (let at = begin; at <= end; at++) {
        if (cuts.has(at)) made += (marked ? "</mark>" : "") + ((marked = cuts.get(at)) ? "<mark>" : "");
        if (at < end) made += escapeHtml(text[at]);
      }
      return made;
    }

    /** The part of a section in which most of the query stands. */
    function excerpt(/** @type {Section} */ section, /** @type {Mark[]} */ marks) {
      const found = between(marks, section.start, section.end);
      const script = /[^\x00-\x7f]/.exec(text.slice(section.start, section.end));
      const size = script && IS_HAN.test(script[0]) ? EXCERPT : EXCERPT_LATIN;
      let best = 0, bestWorth = -1;
      for (let i = 0, j = 0, worth = 0; i < found.length; i++) {
        while (j < found.length && found[j].end - found[i].start <= size) worth += found[j++].worth;
        if (worth > bestWorth) [best, bestWorth] = [i, worth];
        worth -= found[i].worth;
        if (j <= i) { j = i + 1; worth = 0; }
      }
      let begin = found.length ? Math.max(section.start, found[best].start - 25) : section.start;
      if (begin > section.start) {
        const cut = text.slice(begin, begin + 25).search(/[\s，。；：！？、]/);
        if (cut >= 0 && begin + cut + 1 <= found[best].start) begin += cut + 1;
      }
      const end = Math.min(section.end, begin + size);
      const inCode = text.slice(section.start, begin).split(unmarkCode.MARK).length % 2 === 0;
      return unmarkCode((begin > section.start ? "…" : "") + (inCode ? unmarkCode.MARK : "") + html(found, begin, end)) + (end < section.end ? "…" : "");
    }

    /** The strings of the text that a slot stands for, longest first. @returns {string[]} */
    function spellings(/** @type {Slot} */ slot, /** @type {boolean} */ parts) {
      const known = parts ? slot.spelled : slot.spelledWhole;
      if (known) return known;
      const found = new Set();
      for (const { places, part } of slot.variants.flat()) {
        if (part && !parts) continue;
        for (let i = 0; i < Math.min(places.start.length, 300); i++) found.add(folded.slice(places.start[i], places.start[i] + places.length[i]));
      }
      const spelled = [...found].sort((a, b) => b.length - a.length).slice(0, 40);
      slot[parts ? "spelled" : "spelledWhole"] = spelled;
      return spelled;
    }

    /** A title or heading, which is not at a place known to its owner, with its marks. */
    function markedName(/** @type {string} */ name, /** @type {Set<Slot>} */ whole) {
      const folded = engine.fold(name), marked = new Uint8Array(name.length);
      for (const slot of read.slots) {
        for (const word of spellings(slot, !whole.has(slot))) {
          for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) marked.fill(1, at, at + word.length);
        }
      }
      let made = "";
      for (let at = 0, end = 0; at < name.length; at = end) {
        while (end < name.length && marked[end] === marked[at]) end++;
        const part = escapeHtml(name.slice(at, end));
        made += marked[at] ? `<mark>${part}</mark>` : part;
      }
      return made;
    }

    /** One page's group of results: the page and its sections. @returns {Item[]} */
    function group(/** @type {Ranked} */ { p, score, exact, sections: best }) {
      /** @type {Page} */ const page = pages[p];
      const all = marksIn(page.begin, page.end);
      // Where a page has the word itself, its pairs of characters are marked no more.
      const whole = new Set(all.filter((mark) => !mark.part).map((mark) => mark.slot));
      const marks = all.filter((mark) => !mark.part || !whole.has(mark.slot));
      const terms = (/** @type {{begin: number, end: number}} */ { begin, end }) => {
        const own = between(marks, begin, end).sort((a, b) => b.worth - a.worth);
        // The page marks every word by itself, so a name of several words would mark each of them;
        // and it takes the first that fits, so `logs` has to come before `log`.
        const words = [...new Set(own.map((mark) => text.slice(mark.start, mark.end)))]
          .filter((word) => !/[\s\x7f]/.test(word) && (word.length > 1 || IS_HAN.test(word))).slice(0, 12);
        const held = /** @type {Record<string, boolean>} */ ({});
        for (const word of words.sort((a, b) => b.length - a.length)) {
          if (!Object.keys(held).some((w) => w.toLowerCase() === word.toLowerCase())) held[word] = true;
        }
        return held;
      };
      const here = new Set(all.map((mark) => mark.slot));
      const missing = read.slots.filter((slot) => slot.weight && slot.label.length > 1 && !here.has(slot));
      const top = best[0], shown = best.slice(0, SECTIONS);
      const locale = page.locale && ` <span class="search-locale" lang="${escapeHtml(page.locale)}">${page.locale.startsWith("zh") ? "中文" : escapeHtml(page.locale)}</span>`;
      const draft = (/** @type {Section} */ section) => section && section.drafted ? ` <span class="search-draft">${engine.locale.startsWith("zh") ? "机器起草，还没有人读过" : "machine draft, not read yet"}</span>` : "";
      const path = page.path && `<span class="search-path">${escapeHtml(page.path)}</span>`;
      const head = shown.find(({ s }) => !sections[s].anchor);
      const items = [{
        location: page.url,
        title: path + markedName(page.title, whole) + locale + draft(sections[page.first]),
        text: page.first < page.last ? excerpt(sections[head ? head.s : page.first], marks) : "",
        score,
        terms: { ...terms(page), ...Object.fromEntries(missing.map((slot) => [slot.label, false])) },
      }];
      for (const { s, score: own } of shown) {
        /** @type {Section} */ const section = sections[s];
        if (!section.anchor) continue;
        items.push({
          location: `${page.url}#${section.anchor}`,
          title: markedName(section.heading || page.title, whole) + draft(section),
          text: excerpt(section, marks),
          // The dialog folds away what scores less than the first of its group.
          score: own > top.score * 0.6 ? score : score * (own / (top.score || 1)) * 0.5,
          terms: terms(section),
        });
      }
      const lead = items.findIndex((item) => item.location.endsWith(`#${top && sections[top.s].anchor}`));
      // The group's best first: Enter opens it. A page named by the query is its own best.
      if (lead > 0 && !exact) items[lead].score += 0.01;
      return items;
    }

    /** What the reader may be about to type: a title, a heading, a name or a word. @returns {string[]} */
    function suggest() {
      const typed = (query.match(/[^\s-]+$/) || [""])[0];
      if (!typed) return [];
      const names = ranked.slice(0, 8).flatMap(({ p }) => [pages[p].title, ...sections.slice(pages[p].first, pages[p].last).map((/** @type {Section} */ s) => s.heading)]);
      const found = names.find((name) => name.startsWith(typed) && /^[\p{L}\p{N}]+$/u.test(name.slice(typed.length)));
      // The theme writes it as HTML.
      if (found) return [escapeHtml(found)];
      const words = [];
      for (let i = engine.after(typed); i < engine.sorted.length && engine.sorted[i].startsWith(typed); i++) words.push(engine.sorted[i]);
      return words.sort((a, b) => engine.count(b) - engine.count(a)).slice(0, 1);
    }

    /** Pages whose titles share most with a query that found nothing. */
    function nearest() {
      const pairs = (/** @type {string} */ name) => new Set(Array.from({ length: Math.max(1, name.length - 1) }, (_, i) => name.slice(i, i + 2)));
      const own = pairs(engine.fold(query).replace(/\s+/g, ""));
      const scored = pages.filter((/** @type {Page} */ page) => !page.locale).map((/** @type {Page} */ page) => {
        const theirs = pairs(engine.fold(page.title).replace(/\s+/g, ""));
        const same = [...own].filter((pair) => theirs.has(pair)).length;
        return { page, score: same / (own.size + theirs.size) - (page.url.split("/").length > 3 ? 0.001 : 0) };
      });
      scored.sort((/** @type {any} */ a, /** @type {any} */ b) => b.score - a.score || a.page.url.length - b.page.url.length);
      return scored.slice(0, 4).map((/** @type {any} */ { page }) => ({ title: page.title, location: page.url }));
    }

    return {
      items: ranked.map(group),
      suggest: suggest(),
      partial: ranked.length > 0 && !ranked.some((r) => r.exact)
        && (read.slots.every((slot) => slot.lost || !slot.weight) || Math.max(...ranked.map((r) => r.coverage)) < FOUND),
      nearest: ranked.length || !read.slots.length ? [] : nearest(),
    };
  }

  site.show = show;
})(globalThis.siteSearch);
