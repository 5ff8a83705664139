// Engine: which pages and sections answer a query, and in what order.
//
// The index is the text itself. Han runs are looked for as they stand, so any word inside a
// longer run is found and nothing depends on a dictionary; Latin words are listed once, when
// the index is loaded, with their places. What each constant is worth on queries that were
// not written for it: `tools/bench_search.py --ablation`.
// @ts-check
"use strict";

/**
 * @typedef {{start: Int32Array | number[], length: Int32Array | number[]}} Places
 *   Where something stands in the folded text, in order.
 * @typedef {{places: Places, weight: number, idf: number, part?: boolean}} Concept
 *   One thing that is looked for; `weight` before its rarity; `part` of a run of characters.
 * @typedef {{label: string, ways: string[], variants: Concept[][], weight: number, lost?: boolean, spelled?: string[],
 *   spelledWhole?: string[]}} Slot
 *   One word of the query and the ways to say it, each found as one or more concepts; how those are
 *   spelled, with and without parts, once that was asked.
 * @typedef {{url: string, title: string, locale: string, path: string, boost: number, first: number, last: number,
 *   begin: number, end: number, length: number}} Page
 * @typedef {{anchor: string, heading: string, other: string, page: number, begin: number, start: number,
 *   end: number, drafted: boolean}} Section
 * @typedef {{slots: Slot[], extra: Concept[], keys: string[], corrections: {typed: string, meant: string}[]}} Read
 */

(function (/** @type {any} */ site) {
  const { folder, unpack, tokens, stem, distance, pinyinMatch, literals, STOP_LATIN, STOP_HAN, EVERYDAY, IS_HAN } = site;

  // Where a word stands counts. Each place is worth so much once, and the text up to one.
  const TITLE = 2, HEADING = 0.75, SATURATION = 2, LENGTH = 0.4;
  // Even the commonest word of a query counts: a site about Docker has pages that introduce it.
  const FLOOR = 0.3;
  // A part of a run, and two words of a query that stand together, are worth less than a word.
  const PAIR = 0.5;
  // What stands for a word is worth less than the word.
  const SYNONYM = 0.85;
  // A page that says a word twice holds it as far as the query asks.
  const ENOUGH = 2;
  // The best section is a part of the page's own score.
  const SECTION = 0.3;
  // The whole query as a title, in units of its own weight.
  const EXACT_TITLE = 3;
  const FOREIGN = 0.4, ASIDE = 0.5;
  // Pages that repeat what others say.
  const ASIDES = /练习|习题|思考题|作业|更新日志|变更记录|发布说明|版本发布|exercise|quiz|changelog|release note/i;
  const PAGES = 30;
  // What no name of several words reaches across.
  const BREAK = /[\n;!?、，。；：！？]/;
  const NONE = { start: [], length: [] };
  /** What stands where: names of a page or of a section, or text. */
  const OF_PAGE = 0, OF_SECTION = 1, TEXT = 2;

  class Engine {
    /** @type {Page[]} */ pages = [];
    /** @type {Section[]} */ sections = [];
    /** All names and texts, and the same folded. */
    text = "";
    folded = "";
    /** Where each of them starts, which it is, and whose. */
    starts = new Int32Array(0);
    kinds = new Uint8Array(0);
    owners = new Int32Array(0);
    meanSection = 1;
    meanPage = 1;
    /** @type {Map<string, number[]>} */ words = new Map();
    /** @type {string[]} */ sorted = [];
    /** @type {Map<string, string[]>} */ stems = new Map();
    /** @type {string[][]} */ titleNames = [];

    /** @param {any} data what index.py wrote; without `texts` only names are searched */
    constructor(data) {
      this.locale = data.locale;
      /** Of how many pages the site has, and on how many of them a term stands, where not all are here: parts.js. */
      this.total = data.total || data.pages.length;
      /** @type {Map<string, number>} */
      this.frequencies = data.frequencies || new Map();
      /** @type {(text: string) => string} */
      this.fold = folder(data.variants);
      /** @type {Map<string, string[]>} */
      this.readings = new Map();
      for (const [syllable, characters] of Object.entries(data.pinyin)) {
        for (const c of /** @type {string} */ (characters)) this.readings.set(c, [...(this.readings.get(c) || []), syllable]);
      }
      this.whole = data.texts !== null;
      this.layText(data.pages, unpack(data.names, data.table).split("\n"), this.whole ? unpack(data.texts, data.table).split("\n") : []);
      this.listWords();
      this.listNames(data.glossary);
      this.glossary = [...data.glossary, ...EVERYDAY, ...data.synonyms].map((/** @type {string[]} */ terms) => terms.map((term) => this.key(this.fold(term))));
      /** @type {Map<string, number[]>} */
      this.entries = new Map();
      this.glossary.forEach((/** @type {string[]} */ keys, /** @type {number} */ at) => {
        for (const key of keys) this.entries.set(key, [...(this.entries.get(key) || []), at]);
      });
      /** @type {Map<string, Places>} */
      this.seen = new Map();
    }

    /**
     * The form in which two names are the same: folded, stemmed, without punctuation.
     * @param {string} folded
     * @returns {string}
     */
    key(folded) { return tokens(folded).map((/** @type {any} */ t) => t.han ? t.text : stem(t.text)).join(" "); }

    /** Lay all names and texts into one string, and remember what stands where. */
    layText(/** @type {any[]} */ pages, /** @type {string[]} */ names, /** @type {string[]} */ texts) {
      const parts = /** @type {string[]} */ ([]);
      const starts = /** @type {number[]} */ ([]), kinds = /** @type {number[]} */ ([]), owners = /** @type {number[]} */ ([]);
      let place = 0;
      const add = (/** @type {string} */ text, /** @type {number} */ kind, /** @type {number} */ owner) => {
        parts.push(text);
        starts.push(place);
        kinds.push(kind);
        owners.push(owner);
        place += text.length + 1;
      };
      for (const [url, title, locale, keywords, boost, sections, path = "", drafted = []] of pages) {
        const page = this.pages.length, first = this.sections.length, begin = place;
        let length = 0;
        add(title, OF_PAGE, page);
        if (keywords) add(keywords, OF_PAGE, page);
        for (let i = 0; i < sections; i++) {
          const at = this.sections.length, begin = place, [short, heading, other] = names.slice(3 * at, 3 * at + 3), text = texts[at] || "";
          const anchor = short === "=" ? heading.toLowerCase().replace(/[^a-z0-9_\u4e00-\u9fff-]+/g, "-").replace(/^-+|-+$/g, "") : short;
          if (heading && heading !== title) add(heading, OF_SECTION, at);
          if (other) add(other, anchor ? OF_SECTION : OF_PAGE, anchor ? at : page);
          const start = place;
          add(text, TEXT, at);
          length += text.length;
          this.sections.push({ anchor, heading, other, page, begin, start, end: start + text.length, drafted: drafted.includes(i) });
        }
        this.pages.push({ url, title, locale, path, boost: boost * (locale ? FOREIGN : 1) * (ASIDES.test(title) ? ASIDE : 1), first, last: this.sections.length, begin, end: place, length });
      }
      this.text = parts.join("\n");
      this.folded = this.fold(this.text);
      this.starts = Int32Array.from(starts);
      this.kinds = Uint8Array.from(kinds);
      this.owners = Int32Array.from(owners);
      const length = this.pages.reduce((sum, p) => sum + p.length, 0);
      this.meanSection = length / Math.max(1, this.sections.length) || 1;
      this.meanPage = length / Math.max(1, this.pages.length) || 1;
    }

    /** List the Latin words with their places, which words share a stem, and which stand together. */
    listWords() {
      /** @type {Map<string, number[]>} */
      const words = new Map();
      for (const token of this.folded.matchAll(/(?:(?![\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+(?:\+\+|#)?/gu)) {
        const places = words.get(token[0]);
        if (places) places.push(token.index);
        else words.set(token[0], [token.index]);
      }
      this.words = words;
      this.sorted = [...words.keys()].sort();
      for (const word of this.sorted) {
        const root = stem(word);
        this.stems.set(root, [...(this.stems.get(root) || []), word]);
      }
    }

    /** List the names by which pages and sections are known. */
    listNames(/** @type {string[][]} */ glossary) {
      const names = (/** @type {string} */ title) => {
        const plain = this.fold(title).replace(/^\s*(?:[\d.]+|第.{1,3}[章节篇]|[一二三四五六七八九十]+、)[\s、.]+/, "");
        const outside = plain.replace(/[((（][^)）]*[)）]/g, " ");
        const inside = Array.from(plain.matchAll(/[(（]([^)）]*)[)）]/g), (m) => m[1]);
        return [...new Set([this.fold(title), plain, outside, ...inside].map((n) => this.key(n)))].filter(Boolean);
      };
      this.titleNames = this.pages.map((p) => [...names(p.title), ...names((this.sections[p.first] || {}).other || "")]);
      this.named = [...this.pages.map((p) => p.title), ...this.sections.map((s) => `${s.heading}\n${s.other}`), ...glossary.flat()].map((name) => this.fold(name)).join("\n");
      /** Runs that pinyin may stand for, and what they are for short. @type {string[]} */
      this.runs = [...new Set(this.named.match(/[\u3400-\u9fff]+/g))].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
      // 归排 is 归并排序: most words have two characters, and an abbreviation takes the first of each.
      this.short = this.runs.filter((run) => run.length > 3).map((run) => [run.replace(/(.)./gu, "$1"), run]);
      /** Two words that are typed as one: frontmatter. @type {Map<string, string>} */
      this.joined = new Map();
      for (const found of this.folded.matchAll(/([a-z]{2,}|\d{2,})[ _-](?=([a-z]{2,}|\d{2,}))/g)) this.joined.set(found[1] + found[2], `${found[1]} ${found[2]}`);
    }

    // ---- finding places

    /** Where a run of Han characters, or any folded string, stands. @returns {Places} */
    findString(/** @type {string} */ text) {
      const known = this.seen.get(text);
      if (known) return known;
      const start = [];
      for (let at = this.folded.indexOf(text); at !== -1; at = this.folded.indexOf(text, at + 1)) start.push(at);
      const places = { start, length: start.map(() => text.length) };
      if (this.seen.size > 2000) this.seen.clear();
      this.seen.set(text, places);
      return places;
    }

    /** Where something that is typed as code stands, no part of a longer word. @returns {Places} */
    findLiteral(/** @type {string} */ text) {
      const bounded = (/** @type {number} */ at) => !/[\p{L}\p{N}_-]/u.test(this.folded[at] || " ") || IS_HAN.test(this.folded[at]);
      const start = Array.from(this.findString(text).start).filter((at) => bounded(at - 1) && bounded(at + text.length));
      return { start, length: start.map(() => text.length) };
    }

    /** Where any of these Latin words stands. @returns {Places} */
    findWords(/** @type {string[]} */ words) {
      return this.merge(words.map((word) => {
        const start = this.words.get(word) || [];
        return { start, length: start.map(() => word.length) };
      }));
    }

    /** Where a name of one or more words stands, its words in their order. @returns {Places} */
    findName(/** @type {string} */ name) {
      let found = /** @type {Places | undefined} */ (undefined);
      for (const token of tokens(name)) {
        const places = token.han ? this.findString(token.text) : this.findWords(this.stems.get(stem(token.text)) || []);
        found = found ? this.follow(found, places) : places;
        if (!found.start.length) break;
      }
      return found || NONE;
    }

    /** @param {Places[]} lists @returns {Places} */
    merge(lists) {
      const full = lists.filter((list) => list.start.length);
      if (full.length < 2) return full[0] || NONE;
      const all = full.flatMap((list) => Array.from(list.start, (s, i) => [s, list.length[i]]));
      all.sort((a, b) => a[0] - b[0]);
      return { start: all.map((p) => p[0]), length: all.map((p) => p[1]) };
    }

    /** Places of `a` that `b` follows with at most three other characters between. @returns {Places} */
    follow(/** @type {Places} */ a, /** @type {Places} */ b) {
      const start = [], length = [];
      let j = 0;
      for (let i = 0; i < a.start.length; i++) {
        const end = a.start[i] + a.length[i];
        while (j < b.start.length && b.start[j] < end) j++;
        if (j < b.start.length && b.start[j] - end <= 3 && !BREAK.test(this.folded.slice(end, b.start[j]))) {
          start.push(a.start[i]);
          length.push(b.start[j] + b.length[j] - a.start[i]);
        }
      }
      return { start, length };
    }

    /** The number in `starts` of the span that holds a place. @returns {number} */
    span(/** @type {number} */ place) {
      let low = 0, high = this.starts.length;
      while (high - low > 1) {
        const mid = (low + high) >> 1;
        if (this.starts[mid] <= place) low = mid;
        else high = mid;
      }
      return low;
    }

    /** Each span that holds some of the places, and how many. */
    spans(/** @type {Places} */ places) {
      const found = /** @type {[number, number][]} */ ([]);
      let next = -1;
      for (const place of places.start) {
        if (place >= next) {
          const span = this.span(place);
          next = span + 1 < this.starts.length ? this.starts[span + 1] : Infinity;
          found.push([span, 0]);
        }
        found[found.length - 1][1]++;
      }
      return found;
    }

    // ---- reading a query

    /** @param {Places} places @param {number} weight @returns {Concept | undefined} */
    concept(places, weight) {
      if (!places.start.length) return undefined;
      const held = new Set(this.spans(places).map(([span]) => {
        const owner = this.owners[span];
        return this.kinds[span] === OF_PAGE ? owner : this.sections[owner].page;
      }));
      const word = this.folded.slice(places.start[0], places.start[0] + places.length[0]);
      const known = this.frequencies.size ? site.grams(word).flatMap((/** @type {string} */ gram) => this.frequencies.get(gram) ?? []) : [];
      return { places, weight, idf: this.rarity(known.length ? Math.max(held.size, Math.min(...known)) : held.size) };
    }

    /** What the rarity of a term is worth that stands on so many pages. */
    rarity(/** @type {number} */ count) { return FLOOR + Math.log(1 + (this.total - count + 0.5) / (count + 0.5)); }

    /** The other ways to say a name that the glossary knows. @returns {string[]} */
    synonyms(/** @type {string} */ key) {
      const others = new Set((this.entries.get(key) || []).flatMap((at) => this.glossary[at]));
      others.delete(key);
      return [...others];
    }

    /** A run of Han characters, cut into no words: itself and its pairs. @returns {Concept[]} */
    hanConcepts(/** @type {string} */ run) {
      const found = [this.concept(this.findString(run), Math.max(1, run.length / 2))];
      if (run.length > 2) {
        for (let i = 0; i + 1 < run.length; i++) found.push(this.concept(this.findString(run.slice(i, i + 2)), PAIR));
      }
      return found.flatMap((c, i) => (c ? [{ ...c, part: i > 0 }] : []));
    }

    /** The characters of a run of which nothing longer is there. @returns {Concept[]} */
    characters(/** @type {string} */ run) {
      return [...new Set(run)].flatMap((c) => this.concept(this.findString(c), PAIR / 2) || []).map((c) => ({ ...c, part: true }));
    }

    /** Cut a run of Han characters at the words that carry only the question. @returns {string[]} */
    cutStops(/** @type {string} */ run) {
      const pieces = [];
      let piece = "";
      for (let at = 0; at < run.length; ) {
        const stop = STOP_HAN.find((/** @type {string} */ word) => run.startsWith(word, at));
        if (stop) {
          pieces.push(piece);
          piece = "";
          at += stop.length;
        } else piece += run[at++];
      }
      return [...pieces, piece].filter(Boolean);
    }

    /** Cut a run at the names of the glossary, longest first. @returns {string[]} */
    cutNames(/** @type {string} */ run) {
      for (let size = Math.min(run.length, 12); size > 1; size--) {
        for (let at = 0; at + size <= run.length; at++) {
          if (this.entries.has(run.slice(at, at + size))) {
            return [...this.cutNames(run.slice(0, at)), run.slice(at, at + size), ...this.cutNames(run.slice(at + size))];
          }
        }
      }
      return run ? [run] : [];
    }

    /** Names that a run of characters abbreviates: its characters in their order. @returns {string[]} */
    abbreviated(/** @type {string} */ run) {
      if (run.length < 2 || run.length > 4 || this.named.includes(run)) return [];
      const follows = (/** @type {string} */ short) => {
        let at = short[0] === run[0] ? 0 : -1;
        for (const c of run.slice(1)) if (at >= 0) at = short.indexOf(c, at + 1);
        return at >= 0;
      };
      const found = this.short.filter(([short]) => follows(short)).map(([, name]) => name);
      // 计网 is 计算机网络: words of three characters.
      return (found.length ? found : this.runs.filter((name) => name.length > 4 && name.length < 7 && follows(name))).slice(0, 5);
    }

    /** Han names that letters spell in pinyin: whole, for short, or by initials. @returns {string[]} */
    spelled(/** @type {string} */ letters) {
      if (letters.length < 2 || /[^a-z]/.test(letters)) return [];
      const initial = (/** @type {string} */ c, /** @type {number} */ i) => (this.readings.get(c) || []).some((syllable) => syllable[0] === letters[i]);
      const ways = [
        () => this.runs.map((run) => pinyinMatch(letters, run, this.readings)).filter((match) => match && match.length > 1),
        () => this.short.filter(([short]) => pinyinMatch(letters, short, this.readings) === short.slice(0, 2)).map(([, run]) => run),
        () => (letters.length > 3 ? this.runs.filter((run) => run.length === letters.length && [...run].every(initial)) : []),
      ];
      for (const way of ways) {
        const found = [...new Set(way())];
        if (found.length) return found.slice(0, 5);
      }
      return [];
    }

    /** What a Latin word may mean: the word in all its forms, and less certain ones. @returns {Concept[]} */
    latinConcepts(/** @type {string} */ word, /** @type {boolean} */ last, /** @type {Read["corrections"]} */ corrections) {
      const own = this.concept(this.findWords(this.stems.get(stem(word)) || []), 1);
      let others = /** @type {string[]} */ ([]);
      if (word.length > 1 && (last || !own)) {
        for (let i = this.after(word); i < this.sorted.length && this.sorted[i].startsWith(word); i++) others.push(this.sorted[i]);
      }
      if (!own && word.length > 3) {
        // Deploying, where the site says deployment; SetMaxOpenConns, of which a part was typed.
        const root = stem(word).replace(/i$/, "y");
        if (!others.length && root.length > 3) others = this.sorted.filter((other) => other.startsWith(root));
        if (!others.length) others = this.sorted.filter((other) => other.includes(word));
        const joined = [...this.joined].find(([both]) => distance(word, both, /\d/.test(word) ? 0 : 1) < 2);
        if (!others.length && joined) return [this.concept(this.findName(joined[1]), 1)].flatMap((c) => c || []);
        if (!others.length && !/\d/.test(word)) {
          others = this.nearWords(word);
          if (others.length) corrections.push({ typed: word, meant: others[0] });
        }
      }
      others = others.filter((other) => stem(other) !== stem(word)).sort((a, b) => this.count(b) - this.count(a)).slice(0, 20);
      const less = this.concept(this.findWords(others), 1);
      // A word that only begins so is no better a find for being rarer.
      if (own && less) less.idf = Math.min(less.idf, own.idf);
      return [own, less].flatMap((c) => c || []);
    }

    /** The words of the text that a mistyped one is nearest to. @returns {string[]} */
    nearWords(/** @type {string} */ word) {
      let least = word.length > 5 ? 2 : 1;
      let near = /** @type {string[]} */ ([]);
      for (const other of this.sorted) {
        if (other.length < 4) continue;
        const far = distance(word, other, least);
        if (far < least) [least, near] = [far, []];
        if (far === least) near.push(other);
      }
      const alike = (/** @type {string} */ other) => Number(other[0] === word[0]);
      return near.sort((a, b) => alike(b) - alike(a) || this.count(b) - this.count(a)).slice(0, 3);
    }

    count(/** @type {string} */ word) { return (this.words.get(word) || []).length; }

    after(/** @type {string} */ word) {
      let low = 0, high = this.sorted.length;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (this.sorted[mid] < word) low = mid + 1;
        else high = mid;
      }
      return low;
    }

    /** One slot for a word and the names that stand for it. @returns {Slot} */
    slot(/** @type {string} */ label, /** @type {Concept[]} */ own, /** @type {string[]} */ names, worth = SYNONYM) {
      const weigh = (/** @type {Concept[]} */ list) => list.reduce((sum, c) => sum + c.weight * c.idf, 0);
      const others = names.flatMap((name) => this.concept(this.findName(name), worth) || []).map((c) => [c]);
      const weight = own.length ? weigh(own) : Math.max(0, ...others.map(weigh));
      // A synonym must not outweigh the word by being rarer.
      for (const [concept] of own.length ? others : []) concept.weight = Math.min(worth, (worth * weight) / concept.idf);
      return { label, ways: [label, ...names], variants: own.length ? [own, ...others] : others, weight };
    }

    /** Read a query. @returns {Read} */
    read(/** @type {string} */ query) {
      const folded = this.fold(query);
      const all = tokens(folded);
      const corrections = /** @type {Read["corrections"]} */ ([]);
      const slots = /** @type {Slot[]} */ ([]);
      const extra = /** @type {(Concept | undefined)[]} */ ([]);
      const keys = [this.key(folded)];
      const kept = all.filter((/** @type {any} */ t) => t.han || !STOP_LATIN.has(t.text));
      const words = kept.length ? kept : all;
      const open = /\p{L}$/u.test(folded), code = literals(folded);
      const meant = /** @type {string[]} */ ([]);
      const add = (/** @type {string} */ word, /** @type {Slot} */ slot) => {
        meant.push(word);
        if (!slots.some((other) => other.label === slot.label)) slots.push(slot);
      };
      const joined = (/** @type {number} */ from, /** @type {number} */ to, space = " ") => words.slice(from, to).map((/** @type {any} */ t) => t.text).join(space);
      for (let i = 0; i < words.length; i++) {
        const { text, han } = words[i];
        // The longest name of the glossary that starts here, over several words.
        let size = Math.min(4, words.length - i);
        while (size > 1 && !this.entries.has(this.key(joined(i, i + size)))) size--;
        if (size > 1) {
          const own = words.slice(i, i + size).flatMap((/** @type {any} */ t) => t.han ? this.hanConcepts(t.text) : this.latinConcepts(t.text, false, corrections));
          add(joined(i, i + size), this.slot(joined(i, i + size), own, this.synonyms(this.key(joined(i, i + size))), size));
          i += size - 1;
        } else if (han) {
          const bare = this.cutStops(text);
          for (const part of bare.length ? bare : [text]) {
            const pieces = this.cutNames(part);
            if (pieces.length > 1) extra.push(this.concept(this.findString(part), part.length / 4));
            for (const piece of pieces) {
              const names = [...this.synonyms(piece), ...this.abbreviated(piece)];
              const own = this.hanConcepts(piece);
              let slot = this.slot(piece, own, names);
              if (!slot.variants.length) slot = this.slot(piece, this.characters(piece), []);
              // Less than half of it is there, in whatever words.
              slot.lost = slot.variants.length < 2 && !own.some((c) => !c.part) && own.length < (piece.length - 1) / 2;
              add(piece, slot);
            }
          }
        } else {
          // What is typed as code, or beside an option, is meant as it stands.
          const names = code.some((/** @type {string} */ word) => word[0] === "-" || word.includes(text)) ? [] : this.synonyms(stem(text));
          let spelled = /** @type {string[]} */ ([]), reach = i;
          if (!names.length && !this.stems.has(stem(text))) {
            // Pinyin, if the rest of the Latin words or this one spells a name.
            reach = words.findIndex((/** @type {any} */ t, /** @type {number} */ at) => at > i && t.han);
            for (reach = reach < 0 ? words.length : reach; reach > i && !spelled.length; reach--) spelled = this.spelled(joined(i, reach, ""));
          }
          if (spelled.length) {
            add(spelled[0], this.slot(joined(i, reach + 1), [], [...spelled, ...spelled.flatMap((s) => this.synonyms(s))], 1));
            keys.push(...spelled);
            i = reach;
          } else {
            const before = corrections.length;
            const slot = this.slot(text, this.latinConcepts(text, open && i === words.length - 1, corrections), names);
            add(corrections.length > before ? corrections[before].meant : text, slot);
          }
        }
      }
      // Words that stand together in the query and in the text, all or two, and what is typed as code.
      for (const phrase of new Set([meant.join(" "), all.map((/** @type {any} */ t) => t.text).join(" ")])) {
        if (phrase.includes(" ")) extra.push(this.concept(this.findName(phrase), phrase.split(" ").length - 1));
      }
      for (let i = 1; all.length > 2 && i < all.length; i++) {
        const two = [all[i - 1].text, all[i].text];
        if (!two.some((word) => STOP_LATIN.has(word))) extra.push(this.concept(this.findName(two.join(" ")), PAIR));
      }
      for (const literal of code) extra.push(this.concept(this.findLiteral(literal), 1));
      keys.push(this.key(meant.join(" ")));
      for (const key of [...keys]) keys.push(...this.synonyms(key));
      return { slots, extra: extra.flatMap((c) => c || []), keys: [...new Set(keys)].filter(Boolean), corrections };
    }

    // ---- ranking

    /** Add what a concept is worth to each page and section. */
    addConcept(/** @type {Concept} */ concept, /** @type {Float64Array} */ pageScores, /** @type {Float64Array} */ sectionScores) {
      const gain = concept.weight * concept.idf, headings = new Set();
      /** Page → whether its title has it, how many headings, how often the text. @type {Map<number, number[]>} */
      const pages = new Map();
      const page = (/** @type {number} */ p) => {
        const known = pages.get(p) || [0, 0, 0];
        pages.set(p, known);
        return known;
      };
      for (const [span, count] of this.spans(concept.places)) {
        const owner = this.owners[span], kind = this.kinds[span];
        if (kind === OF_PAGE) {
          page(owner)[0] = 1;
          continue;
        }
        const section = this.sections[owner], counts = page(section.page);
        counts[kind] += kind === OF_SECTION ? 1 : count;
        if (kind === OF_SECTION) {
          if (!headings.has(owner)) sectionScores[owner] += gain * HEADING;
          headings.add(owner);
        } else {
          const length = 1 - LENGTH + (LENGTH * (section.end - section.start)) / this.meanSection;
          sectionScores[owner] += (gain * count) / (count + SATURATION * length);
        }
      }
      for (const [p, [title, heads, count]] of pages) {
        const length = 1 - LENGTH + (LENGTH * this.pages[p].length) / this.meanPage;
        pageScores[p] += gain * (TITLE * title + (HEADING * heads) / (heads + 1) + count / (count + SATURATION * length));
      }
    }

    /** What the query is worth on each page and section, and how much of it they hold. */
    rank(/** @type {Read} */ read) {
      const P = this.pages.length, S = this.sections.length;
      const pageScores = new Float64Array(P), sectionScores = new Float64Array(S);
      const held = new Float64Array(P);
      for (const slot of read.slots) {
        // The best way to say it counts, not all of them.
        const pageBest = new Float64Array(P), sectionBest = new Float64Array(S);
        for (const variant of slot.variants) {
          const page = new Float64Array(P), section = new Float64Array(S);
          for (const concept of variant) this.addConcept(concept, page, section);
          for (let p = 0; p < P; p++) if (page[p] > pageBest[p]) pageBest[p] = page[p];
          for (let s = 0; s < S; s++) if (section[s] > sectionBest[s]) sectionBest[s] = section[s];
        }
        for (let p = 0; p < P; p++) {
          pageScores[p] += pageBest[p];
          held[p] += Math.min(slot.weight, ENOUGH * pageBest[p]);
        }
        for (let s = 0; s < S; s++) sectionScores[s] += sectionBest[s];
      }
      for (const concept of read.extra) this.addConcept(concept, pageScores, sectionScores);
      return { pageScores, sectionScores, held };
    }

    /** The pages that a query finds, the best first. */
    ranked(/** @type {Read} */ read) {
      const { pageScores, sectionScores, held } = this.rank(read);
      const unit = read.slots.reduce((sum, slot) => sum + slot.weight, 0) || 1;
      const called = (/** @type {string[]} */ names) => names.some((name) => read.keys.includes(name));
      const ranked = [];
      for (let p = 0; p < this.pages.length; p++) {
        const page = this.pages[p], exact = called(this.titleNames[p]);
        if (!pageScores[p] && !exact) continue;
        let best = 0;
        const sections = [];
        for (let s = page.first; s < page.last; s++) {
          const score = sectionScores[s];
          if (score) sections.push({ s, score });
          if (score > best) best = score;
        }
        const coverage = Math.min(1, held[p] / unit);
        const score = ((pageScores[p] + SECTION * best) * Math.sqrt(coverage) + (exact ? EXACT_TITLE * unit : 0)) * page.boost;
        sections.sort((a, b) => b.score - a.score || a.s - b.s);
        if (score) ranked.push({ p, score, sections, coverage, exact });
      }
      ranked.sort((a, b) => b.score - a.score || a.p - b.p);
      return ranked.filter((r) => r.score > ranked[0].score * 0.02).slice(0, PAGES);
    }

    /**
     * Answer a query.
     * @param {string} query
     */
    search(query) {
      const read = this.read(query.slice(0, 200));
      return { ...site.show(this, read, query, this.ranked(read)), corrections: read.corrections };
    }
  }

  site.Engine = Engine;
})(globalThis.siteSearch);
