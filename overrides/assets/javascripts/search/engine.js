// Engine: which pages and sections answer a query, and in what order.
//
// The index is the text itself. Han runs are looked for as they stand, so any word inside a
// longer run is found and nothing depends on a dictionary; Latin words are listed once, when
// the index is loaded, with their places.
// @ts-check
"use strict";

/**
 * @typedef {{start: Int32Array | number[], length: Int32Array | number[]}} Places
 *   Where something stands in the folded text, in order.
 * @typedef {{places: Places, weight: number, idf: number, part?: boolean}} Concept
 *   One thing that is looked for; `weight` before its rarity; `part` of a run of characters.
 * @typedef {{label: string, variants: Concept[][], weight: number, spelled?: string[],
 *   spelledWhole?: string[]}} Slot
 *   One word of the query and the ways to say it, each of one or more concepts; how those are
 *   spelled, with and without parts, once that was asked.
 * @typedef {{url: string, title: string, locale: string, boost: number, aside: boolean, first: number, last: number,
 *   begin: number, end: number}} Page
 * @typedef {{anchor: string, heading: string, other: string, page: number, begin: number, start: number,
 *   end: number}} Section
 * @typedef {{location: string, title: string, text: string, score: number, terms: Record<string, boolean>}} Item
 * @typedef {{start: number, end: number, worth: number, slot: Slot, part: boolean}} Mark
 * @typedef {{items: Item[][], suggest: string[], corrections: {typed: string, meant: string}[], nearest: {title: string, location: string}[]}} Result
 */

(function (/** @type {any} */ site) {
  const { folder, unpack, tokens, stem, distance, pinyinMatch, escapeHtml, STOP_LATIN, STOP_HAN, ANSWERS, EVERYDAY, WEAK, IS_HAN } = site;

  // Where a word stands counts: in the page's title, in a heading, in the text.
  const TITLE = 6, KEYWORDS = 4, HEADING = 4.5, OTHER = 3, BODY = 1;
  const SATURATION = 3.5, LENGTH = 0.5;
  // Even the commonest word of a query counts: a site about Docker has pages that introduce it.
  const FLOOR = 0.3;
  // A synonym or a translation is worth less than the word itself.
  const SYNONYM = 0.7, STEM = 0.9, PREFIX = 0.6, TYPO = 0.6, PINYIN = 0.9;
  // The whole query as a title or heading, in units of the query's own weight.
  const EXACT_TITLE = 8, EXACT_HEADING = 2, TITLE_STARTS = 4, TITLE_HOLDS = 2, HEADING_HOLDS = 0.6;
  // The same for one that holds the query's words in whatever order; most of them is not enough.
  const TITLE_WORDS = 2, HEADING_WORDS = 1, NEARLY_ALL = 4;
  // What the answer to a question may be headed with only tips the balance.
  const ANSWER = 0.5;
  const COVERAGE = 1, SECTION = 0.6, FOREIGN = 0.4;
  const PAGES = 30, SECTIONS = 6, EXCERPT = 110, EXCERPT_LATIN = 220;
  const LITTLE = 0.4, PHRASE = 1;
  // What no name of several words reaches across.
  const BREAK = /[\n;!?、，。；：！？]/;
  // Pages that repeat what others say: exercises, summaries of versions.
  const ASIDES = /练习|习题|思考题|作业|更新日志|变更记录|发布说明|版本发布|exercise|quiz|changelog|release note/i;
  const NONE = { start: [], length: [] };

  /** What stands where: a page's title or keywords, a section's heading or text. */
  const IN_TITLE = 0, IN_KEYWORDS = 1, IN_HEADING = 2, IN_BODY = 3, IN_OTHER = 4;

  const PAGE_TITLE = 1.5, PAGE_HEADING = 1, SECTION_HEADING = 1, SECTION_TITLE = 0.5, K = 2;
  const ASIDE = 0.7, ABBREVIATION = 1, SINGLE = 0.25;

  /** Whether the characters of `short` stand in `long` in their order, the first at its start. */
  const follows = (/** @type {string} */ short, /** @type {string} */ long) => {
    let at = long[0] === short[0] ? 0 : -1;
    for (const c of short.slice(1)) if (at >= 0) at = long.indexOf(c, at + 1);
    return at >= 0;
  };

  class Engine {
    /** @type {Page[]} */ pages = [];
    /** @type {Section[]} */ sections = [];
    /** All titles, keywords, headings and texts, and the same folded. */
    text = "";
    folded = "";
    /** Where each of them starts, which it is, and whose. */
    starts = new Int32Array(0);
    kinds = new Uint8Array(0);
    owners = new Int32Array(0);
    meanSection = 1;
    meanPage = 1;
    /** @type {number[]} */ pageLengths = [];
    /** @type {Map<string, number[]>} */ words = new Map();
    /** @type {string[]} */ sorted = [];
    /** @type {Map<string, string[]>} */ stems = new Map();
    /** @type {string[][]} */ titleNames = [];
    /** @type {string[][]} */ headingNames = [];
    /** @type {string[]} */ runs = [];

    /** @param {any} data what index.py wrote; without `texts` only names are searched */
    constructor(data) {
      this.locale = data.locale;
      /** @type {Map<string, string>} */
      this.variants = new Map();
      for (let i = 0; i < data.variants.length; i += 2) this.variants.set(data.variants[i], data.variants[i + 1]);
      /** @type {(text: string) => string} */
      this.fold = folder(this.variants);
      /** @type {Map<string, string[]>} */
      this.readings = new Map();
      for (const [syllable, characters] of Object.entries(data.pinyin)) {
        for (const c of /** @type {string} */ (characters)) this.readings.set(c, [...(this.readings.get(c) || []), syllable]);
      }
      this.layText(data.pages, unpack(data.names, data.table).split("\n"), data.texts === null ? [] : unpack(data.texts, data.table).split("\n"));
      this.whole = data.texts !== null;
      this.listWords();
      this.glossary = [...data.glossary, ...EVERYDAY].map((/** @type {string[]} */ terms) => terms.map((term) => this.key(this.fold(term))));
      /** @type {Map<string, number[]>} */
      this.entries = new Map();
      this.glossary.forEach((/** @type {string[]} */ keys, /** @type {number} */ at) => {
        for (const key of keys) this.entries.set(key, [...(this.entries.get(key) || []), at]);
      });
      this.nameTitles(data.glossary);
      /** @type {Map<string, Places>} */
      this.seen = new Map();
    }

    /**
     * The form in which two names are the same: folded, stemmed, without punctuation.
     * @param {string} folded
     * @returns {string}
     */
    key(folded) { return tokens(folded).map((/** @type {any} */ t) => t.han ? t.text : stem(t.text)).join(" "); }

    /** Lay all titles, headings and texts into one string, and remember what stands where. */
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
      for (const [url, title, locale, keywords, boost, sections] of pages) {
        const page = this.pages.length, first = this.sections.length, begin = place;
        add(title, IN_TITLE, page);
        if (keywords) add(keywords, IN_KEYWORDS, page);
        for (let i = 0; i < sections; i++) {
          const at = this.sections.length, begin = place, [anchor, heading, other] = names.slice(3 * at, 3 * at + 3), text = texts[at] || "";
          if (heading && heading !== title) add(heading, IN_HEADING, at);
          if (other) add(other, anchor ? IN_OTHER : IN_KEYWORDS, anchor ? at : page);
          const start = place;
          add(text, IN_BODY, at);
          this.sections.push({ anchor, heading, other, page, begin, start, end: start + text.length });
        }
        this.pages.push({ url, title, locale, boost, first, last: this.sections.length, begin, end: place, aside: ASIDES.test(title) });
      }
      this.text = parts.join("\n");
      this.folded = this.fold(this.text);
      this.starts = Int32Array.from(starts);
      this.kinds = Uint8Array.from(kinds);
      this.owners = Int32Array.from(owners);
      const length = this.sections.reduce((sum, s) => sum + s.end - s.start, 0);
      this.meanSection = length / Math.max(1, this.sections.length) || 1;
      this.meanPage = length / Math.max(1, this.pages.length) || 1;
      this.pageLengths = this.pages.map((p) => {
        let sum = 0;
        for (let s = p.first; s < p.last; s++) sum += this.sections[s].end - this.sections[s].start;
        return sum;
      });
    }

    /** List the Latin words with their places, and which words share a stem. */
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

    /** Know each page and section by its title, for exact matches. */
    nameTitles(/** @type {string[][]} */ glossary) {
      const names = (/** @type {string} */ title) => {
        const plain = this.fold(title).replace(/^\s*(?:[\d.]+|第.{1,3}[章节篇]|[一二三四五六七八九十]+、)[\s、.]+/, "");
        const outside = plain.replace(/[((（][^)）]*[)）]/g, " ");
        const inside = Array.from(plain.matchAll(/[(（]([^)）]*)[)）]/g), (m) => m[1]);
        return [...new Set([title === plain ? plain : this.fold(title), plain, outside, ...inside].map((n) => this.key(n)))].filter(Boolean);
      };
      this.titleNames = this.pages.map((p) => [...names(p.title), ...names((this.sections[p.first] || {}).other || "")]);
      this.headingNames = this.sections.map((s) => (s.anchor ? [...names(s.heading), ...names(s.other)] : []));
      /** Runs that pinyin may stand for. */
      const runs = new Set();
      for (const name of [...this.pages.map((p) => p.title), ...this.sections.map((s) => s.heading), ...glossary.flat()]) {
        for (const run of this.fold(name).match(/[\u3400-\u9fff]+/g) || []) runs.add(run);
      }
      this.runs = [...runs].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
      /** @type {Map<string, string>} */
      this.joined = new Map();
      for (const found of this.folded.matchAll(/([a-z]{2,})[ _-]([a-z]{2,})/g)) this.joined.set(found[1] + found[2], `${found[1]} ${found[2]}`);
      // 归排 is 归并排序: most words have two characters, and an abbreviation takes the first of each.
      this.abbreviations = this.runs.filter((run) => run.length > 3).map((run) => [run.replace(/(.)./gu, "$1"), run]);
      this.headed = [...this.pages.map((p) => this.fold(p.title)), ...this.sections.map((s) => this.fold(s.heading))].join("\n");
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

    /** Where a Latin word of the text stands. @returns {Places} */
    findWord(/** @type {string} */ word) {
      const start = this.words.get(word);
      return start ? { start, length: start.map(() => word.length) } : NONE;
    }

    /** Where a name of one or more words stands, its words in their order. @returns {Places} */
    findName(/** @type {string} */ name) {
      let found = /** @type {Places | undefined} */ (undefined);
      for (const token of tokens(name)) {
        const places = token.han ? this.findString(token.text) : this.merge((this.stems.get(stem(token.text)) || []).map((w) => this.findWord(w)));
        found = found ? this.follow(found, places) : places;
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

    // ---- reading a query

    /** @param {Places} places @param {number} weight @returns {Concept | undefined} */
    concept(places, weight) {
      if (!places.start.length) return undefined;
      const held = new Set();
      let span = -1, next = -1;
      for (const place of places.start) {
        if (place >= next) {
          span = this.span(place);
          next = span + 1 < this.starts.length ? this.starts[span + 1] : Infinity;
          const owner = this.owners[span];
          held.add(this.kinds[span] < IN_HEADING ? owner : this.sections[owner].page);
        }
      }
      const idf = FLOOR + Math.log(1 + (this.pages.length - held.size + 0.5) / (held.size + 0.5));
      return { places, weight, idf };
    }

    /** The ways to say a name that the glossary knows: [folded name, worth]. @returns {string[]} */
    synonyms(/** @type {string} */ key) {
      const others = new Set((this.entries.get(key) || []).flatMap((at) => this.glossary[at]));
      others.delete(key);
      return [...others];
    }

    /** Concepts of a run of Han characters, cut into no words: itself and its pairs. @returns {Concept[]} */
    hanConcepts(/** @type {string} */ run, single = true) {
      /** @type {(Concept | undefined)[]} */
      const found = [];
      const whole = this.findString(run);
      found.push(this.concept(whole, run.length < 3 ? 1 : run.length / 4));
      if (run.length > 2) {
        for (let i = 0; i + 1 < run.length; i++) found.push(this.concept(this.findString(run.slice(i, i + 2)), 0.5));
        if (!whole.start.length && run.length > 3) {
          for (let i = 0; i + 3 <= run.length; ) {
            let size = Math.min(run.length - 1, run.length - i);
            while (size >= 3 && !this.findString(run.slice(i, i + size)).start.length) size--;
            if (size >= 3) found.push(this.concept(this.findString(run.slice(i, i + size)), size / 4));
            i += Math.max(1, size - 1);
          }
        }
      }
      if (SINGLE && single && !found.some(Boolean)) for (const c of new Set(run)) found.push(this.concept(this.findString(c), SINGLE));
      return found.filter((c) => c !== undefined).map((c) => ({ ...c, part: c.places !== whole }));
    }

    /** Whether a stop character belongs to a word with its neighbour: 的 in 目的. */
    bound(/** @type {string} */ run, /** @type {number} */ at) {
      const count = (/** @type {string} */ s) => this.findString(s).start.length;
      for (const [left, other] of [[at - 1, at - 1], [at, at + 1]]) {
        if (left < 0 || other >= run.length) continue;
        const pair = count(run.slice(left, left + 2));
        if (pair && pair >= 0.4 * count(run[other])) return true;
      }
      return false;
    }

    /** Cut a run of Han characters at the words that carry only the question. @returns {string[]} */
    cutStops(/** @type {string} */ run) {
      const pieces = [];
      let piece = "";
      for (let at = 0; at < run.length; ) {
        const stop = STOP_HAN.find((/** @type {string} */ word) => run.startsWith(word, at));
        if (stop && (stop.length > 1 || !this.bound(run, at))) {
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

    /** Words of the text that a Latin word may mean: [word, worth]. @returns {[string, number][]} */
    latinForms(/** @type {string} */ word, /** @type {boolean} */ last, /** @type {Result["corrections"]} */ corrections) {
      /** @type {Map<string, number>} */
      const forms = new Map();
      if (this.words.has(word)) forms.set(word, 1);
      for (const other of this.stems.get(stem(word)) || []) if (!forms.has(other)) forms.set(other, STEM);
      const known = forms.size > 0;
      if (word.length > 1 && (last || !known)) {
        const longer = [];
        for (let i = this.after(word); i < this.sorted.length && this.sorted[i].startsWith(word); i++) longer.push(this.sorted[i]);
        longer.sort((a, b) => this.count(b) - this.count(a));
        for (const other of longer.slice(0, 20)) if (!forms.has(other)) forms.set(other, known ? PREFIX / 2 : PREFIX);
      }
      if (!forms.size && word.length > 3) for (const other of this.sorted) if (forms.size < 20 && other.includes(word)) forms.set(other, PREFIX);
      if (!forms.size && word.length > 3 && !/\d/.test(word)) {
        let least = word.length > 5 ? 2 : 1;
        let near = /** @type {string[]} */ ([]);
        for (const other of this.sorted) {
          if (other.length < 4 || Math.abs(other.length - word.length) > least) continue;
          const far = distance(word, other, least);
          if (far < least) [least, near] = [far, []];
          if (far === least) near.push(other);
        }
        near.sort((a, b) => Number(b[0] === word[0]) - Number(a[0] === word[0]) || this.count(b) - this.count(a));
        for (const other of near.slice(0, 3)) forms.set(other, TYPO);
        if (near.length) corrections.push({ typed: word, meant: near[0] });
      }
      return [...forms];
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

    /** Han names that a word of Latin letters spells in pinyin. @returns {string[]} */
    spelled(/** @type {string} */ letters) {
      const found = new Set();
      if (letters.length > 1 && /^[a-z]+$/.test(letters)) {
        for (const run of this.runs) {
          const match = pinyinMatch(letters, run, this.readings);
          if (match && match.length > 1) found.add(match);
          if (found.size > 4) break;
        }
        if (!found.size) {
          for (const [short, name] of this.abbreviations) if (found.size < 5 && pinyinMatch(letters, short, this.readings) === short.slice(0, 2)) found.add(name);
        }
        if (!found.size && letters.length > 3) {
          for (const run of this.runs) if (found.size < 5 && this.initials(letters, run)) found.add(run);
        }
      }
      return [...found];
    }

    /** Whether each letter is the first of a character's pinyin. */
    initials(/** @type {string} */ letters, /** @type {string} */ run) {
      return letters.length === run.length && [...run].every((c, i) => (this.readings.get(c) || []).some((syllable) => syllable[0] === letters[i]));
    }

    /** Names that a run of characters abbreviates. @returns {string[]} */
    unabbreviated(/** @type {string} */ run) {
      if (!ABBREVIATION || run.length < 2 || run.length > 4 || this.headed.includes(run)) return [];
      return this.abbreviations.filter(([short]) => follows(run, short)).map(([, name]) => name).slice(0, 5);
    }

    /** One slot for a word and the names that stand for it. @returns {Slot} */
    slot(/** @type {string} */ label, /** @type {Concept[]} */ own, /** @type {string[]} */ names, /** @type {number} */ worth) {
      const variants = own.length ? [own] : [];
      for (const name of names) {
        const concept = this.concept(this.findName(name), 1);
        if (concept) variants.push([{ ...concept, weight: worth }]);
      }
      const weigh = (/** @type {Concept[]} */ list) => list.reduce((sum, c) => sum + c.weight * c.idf, 0);
      // One character between words, and words that only compare, say little of the subject.
      const small = (label.length === 1 && IS_HAN.test(label)) || WEAK.has(label) ? LITTLE : 1;
      for (const concept of own) concept.weight *= small;
      const weight = own.length ? weigh(own) : Math.max(0, ...variants.map(weigh));
      // A synonym must not outweigh the word by being rarer.
      for (const [concept] of variants.slice(own.length ? 1 : 0)) {
        const limit = Math.max(weight, 0.01);
        concept.weight = Math.min(concept.weight, (worth * limit) / Math.max(concept.idf, 0.01));
      }
      return { label, variants, weight };
    }

    /** Read a query. @returns {{slots: Slot[], extra: Concept[], key: string, keys: string[], corrections: Result["corrections"]}} */
    read(/** @type {string} */ query) {
      const folded = this.fold(query);
      const all = tokens(folded);
      const corrections = /** @type {Result["corrections"]} */ ([]);
      const slots = /** @type {Slot[]} */ ([]);
      const extra = /** @type {Concept[]} */ ([]);
      const keys = [this.key(folded)];
      const open = /\p{L}$/u.test(folded);
      const kept = all.filter((/** @type {any} */ t) => t.han || !STOP_LATIN.has(t.text));
      const words = kept.length ? kept : all;
      const meant = /** @type {string[]} */ ([]);
      for (let i = 0; i < words.length; i++) {
        const token = words[i];
        // The longest name of the glossary that starts here, over several words.
        let size = Math.min(4, words.length - i);
        while (size > 1 && !this.entries.has(this.key(words.slice(i, i + size).map((/** @type {any} */ t) => t.text).join(" ")))) size--;
        if (size > 1) {
          const group = words.slice(i, i + size);
          const name = group.map((/** @type {any} */ t) => t.text).join(" ");
          const own = group.flatMap((/** @type {any} */ t) => t.han ? this.hanConcepts(t.text) : this.latinConcepts(t.text, false, corrections));
          slots.push(this.slot(name, own, this.synonyms(this.key(name)), SYNONYM * size));
          meant.push(name);
          i += size - 1;
        } else if (token.han) {
          const bare = this.cutStops(token.text);
          for (const part of bare.length ? bare : [token.text]) {
            const pieces = this.cutNames(part);
            const whole = pieces.length > 1 ? this.concept(this.findString(part), (PHRASE * part.length) / 4) : undefined;
            if (whole) extra.push(whole);
            for (const piece of pieces) {
              const names = [...this.synonyms(piece), ...this.unabbreviated(piece)];
              slots.push(this.slot(piece, this.hanConcepts(piece, !names.length), names, SYNONYM));
              meant.push(piece);
            }
          }
        } else {
          const last = open && i === words.length - 1;
          const known = this.words.has(token.text) || this.stems.has(stem(token.text));
          const names = this.synonyms(stem(token.text));
          if (!known && !names.length) {
            // Pinyin, if the rest of the Latin words or this one spells a name.
            let reach = words.length;
            while (reach > i + 1 && words.slice(i, reach).some((/** @type {any} */ t) => t.han)) reach--;
            let spelled = /** @type {string[]} */ ([]);
            for (; reach > i; reach--) {
              spelled = this.spelled(words.slice(i, reach).map((/** @type {any} */ t) => t.text).join(""));
              if (spelled.length) break;
            }
            if (spelled.length) {
              const label = words.slice(i, reach).map((/** @type {any} */ t) => t.text).join(" ");
              slots.push(this.slot(label, [], [...spelled, ...spelled.flatMap((s) => this.synonyms(s))], PINYIN));
              meant.push(spelled[0]);
              keys.push(...spelled);
              i = reach - 1;
              continue;
            }
          }
          const before = corrections.length;
          slots.push(this.slot(token.text, this.latinConcepts(token.text, last, corrections), names, SYNONYM));
          meant.push(corrections.length > before ? corrections[before].meant : token.text);
        }
      }
      if (all.length > 1) {
        // Words that stand together in the query and in the text.
        for (const list of words.length > 1 && words.length < all.length ? [words, all] : [all]) {
          const phrase = this.concept(this.findName(list.map((/** @type {any} */ t) => t.text).join(" ")), PHRASE * (list.length - 1));
          if (phrase) extra.push(phrase);
        }
        for (let i = 0; words.length > 2 && i + 1 < words.length; i++) {
          const pair = this.concept(this.findName(`${words[i].text} ${words[i + 1].text}`), 0.5);
          if (pair) extra.push(pair);
        }
      }
      for (const answer of this.answers(folded)) extra.push(answer);
      keys.push(this.key(meant.join(" ")));
      for (const key of [...keys]) keys.push(...this.synonyms(key));
      const named = new Set();
      const once = slots.filter((slot) => !named.has(slot.label) && named.add(slot.label));
      return { slots: once, extra, key: keys[0], keys: [...new Set(keys)].filter(Boolean), corrections };
    }

    /** What the answer to the query's question may be headed with. @returns {Concept[]} */
    answers(/** @type {string} */ folded) {
      const found = [];
      for (const [question, names] of ANSWERS) {
        if (!question.test(folded)) continue;
        const { start, length } = this.merge(names.map((/** @type {string} */ name) => this.findName(name)));
        const heads = Array.from(start, (_, i) => i).filter((i) => this.kinds[this.span(start[i])] !== IN_BODY);
        const concept = this.concept({ start: heads.map((i) => start[i]), length: heads.map((i) => length[i]) }, ANSWER);
        if (concept) found.push(concept);
      }
      return found;
    }

    /** @returns {Concept[]} */
    latinConcepts(/** @type {string} */ word, /** @type {boolean} */ last, /** @type {Result["corrections"]} */ corrections) {
      const forms = this.latinForms(word, last, corrections);
      if (!forms.length && word.length > 5) {
        const near = [...this.joined].find(([joined]) => distance(word, joined, 1) < 2);
        const pair = near && this.concept(this.findName(near[1]), 1);
        if (pair) return [pair];
      }
      const worth = Math.max(0, ...forms.map((f) => f[1]));
      const small = word.length === 1 ? 0.4 : 1;
      const best = this.merge(forms.filter((f) => f[1] >= STEM).map((f) => this.findWord(f[0])));
      const rest = this.merge(forms.filter((f) => f[1] < STEM).map((f) => this.findWord(f[0])));
      const exact = this.concept(best, small), longer = this.concept(rest, (exact ? PREFIX / 2 : worth) * small);
      // A word that only begins so is no better a find for being rarer.
      if (exact && longer) longer.idf = Math.min(longer.idf, exact.idf);
      return exact ? [exact, ...(longer ? [longer] : [])] : longer ? [longer] : [];
    }

    // ---- ranking

    /**
     * Add what a concept is worth to each page and section.
     * @param {Concept} concept
     * @param {Float64Array} pageScores
     * @param {Float64Array} sectionScores
     * @returns {{titles: Map<number, number>, headings: Map<number, number>}} the pages and sections that are named so
     */
    addConcept(concept, pageScores, sectionScores) {
      /** @type {Map<number, number>} */ const titles = new Map();
      /** @type {Map<number, number>} */ const headings = new Map();
      /** @type {Map<number, number>} */ const bodies = new Map();
      let next = -1;
      /** @type {Map<number, number>} */ let into = titles;
      let owner = 0, worth = 0;
      for (const place of concept.places.start) {
        if (place >= next) {
          const span = this.span(place);
          next = span + 1 < this.starts.length ? this.starts[span + 1] : Infinity;
          const kind = this.kinds[span];
          owner = this.owners[span];
          into = kind < IN_HEADING ? titles : kind === IN_BODY ? bodies : headings;
          worth = kind === IN_TITLE ? TITLE : kind === IN_KEYWORDS ? KEYWORDS : kind === IN_HEADING ? HEADING : kind === IN_OTHER ? OTHER : BODY;
        }
        into.set(owner, (into.get(owner) || 0) + worth);
      }
      const gain = concept.weight * concept.idf;
      /** @type {Map<number, number>} */ const pages = new Map();
      const named = new Map();
      for (const s of new Set([...headings.keys(), ...bodies.keys()])) {
        const section = this.sections[s], p = section.page;
        const length = 1 - LENGTH + (LENGTH * (section.end - section.start)) / this.meanSection;
        const body = (bodies.get(s) || 0), heading = Math.min(1, (headings.get(s) || 0) / HEADING);
        const tf = body / length;
        sectionScores[s] += gain * (SECTION_HEADING * heading + SECTION_TITLE * Math.min(1, (titles.get(p) || 0) / TITLE) + tf / (tf + K));
        const pageLength = 1 - LENGTH + (LENGTH * this.pageLengths[p]) / this.meanPage;
        pages.set(p, (pages.get(p) || 0) + body / pageLength);
        named.set(p, (named.get(p) || 0) + heading);
      }
      for (const p of titles.keys()) if (!pages.has(p)) pages.set(p, 0);
      for (const [p, tf] of pages) {
        const n = named.get(p) || 0;
        pageScores[p] += gain * (PAGE_TITLE * Math.min(1, (titles.get(p) || 0) / TITLE) + PAGE_HEADING * n / (n + 1) + tf / (tf + K));
      }
      return { titles, headings };
    }

    /** The section's or page's best variant of a slot, and whether it holds the slot. */
    rank(/** @type {ReturnType<Engine["read"]>} */ read) {
      const P = this.pages.length, S = this.sections.length;
      const pageScores = new Float64Array(P), sectionScores = new Float64Array(S);
      const held = new Float64Array(P), titled = new Float64Array(P), headed = new Float64Array(S);
      let total = 0;
      // A page need not say that it compares; what it compares it has to say.
      const subject = read.slots.filter((slot) => !WEAK.has(slot.label));
      const needed = new Set(subject.length ? subject : read.slots);
      for (const slot of read.slots) {
        const pageBest = new Float64Array(P), sectionBest = new Float64Array(S);
        /** @type {Map<number, number>} */ const titles = new Map();
        /** @type {Map<number, number>} */ const headings = new Map();
        for (const variant of slot.variants) {
          const page = new Float64Array(P), section = new Float64Array(S);
          for (const concept of variant) {
            const found = this.addConcept(concept, page, section);
            const worth = concept.weight * concept.idf;
            for (const p of found.titles.keys()) titles.set(p, (titles.get(p) || 0) + worth);
            for (const s of found.headings.keys()) headings.set(s, (headings.get(s) || 0) + worth);
          }
          for (let p = 0; p < P; p++) if (page[p] > pageBest[p]) pageBest[p] = page[p];
          for (let s = 0; s < S; s++) if (section[s] > sectionBest[s]) sectionBest[s] = section[s];
        }
        const full = slot.weight * 0.9 || 1;
        for (const [p, worth] of titles) titled[p] += Math.min(worth, slot.weight);
        for (const [s, worth] of headings) headed[s] += Math.min(worth, slot.weight);
        for (let p = 0; p < P; p++) {
          pageScores[p] += pageBest[p];
          if (pageBest[p] && needed.has(slot)) held[p] += slot.weight * Math.min(1, pageBest[p] / full);
        }
        for (let s = 0; s < S; s++) sectionScores[s] += sectionBest[s];
        if (needed.has(slot)) total += slot.weight;
      }
      for (const concept of read.extra) this.addConcept(concept, pageScores, sectionScores);
      return { pageScores, sectionScores, held, titled, headed, total };
    }

    /** How well a title's names answer the query as a whole, in units of the query's weight. */
    named(/** @type {string[]} */ names, /** @type {string[]} */ keys, /** @type {number} */ exact, /** @type {number} */ starts, /** @type {number} */ holds) {
      let best = 0;
      keys.forEach((key, rank) => {
        const worth = rank ? 0.8 : 1;
        for (const name of names) {
          if (name === key) best = Math.max(best, exact * worth);
          else if (key.length > 1 || IS_HAN.test(key)) {
            const share = (key.length / name.length) ** 0.5;
            if (name.startsWith(key)) best = Math.max(best, starts * share * worth);
            else if (name.includes(key)) best = Math.max(best, holds * share * worth);
          }
        }
      });
      return best;
    }

    /**
     * Answer a query.
     * @param {string} query
     * @returns {Result}
     */
    search(query) {
      const read = this.read(query.slice(0, 200));
      if (!read.slots.length) return { items: [], suggest: [], corrections: [], nearest: [] };
      const { pageScores, sectionScores, held, titled, headed, total } = this.rank(read);
      const unit = total || 1;
      const ranked = [];
      for (let p = 0; p < this.pages.length; p++) {
        const page = this.pages[p];
        const name = Math.max(
          this.named(this.titleNames[p], read.keys, EXACT_TITLE, TITLE_STARTS, TITLE_HOLDS),
          TITLE_WORDS * (titled[p] / unit) ** NEARLY_ALL,
        );
        if (!pageScores[p] && !name) continue;
        let best = 0;
        const sections = [];
        for (let s = page.first; s < page.last; s++) {
          let score = sectionScores[s];
          const heading = this.named(this.headingNames[s], read.keys, EXACT_HEADING, HEADING_HOLDS, HEADING_HOLDS);
          score += Math.max(heading, HEADING_WORDS * (headed[s] / unit) ** NEARLY_ALL) * unit;
          if (score) sections.push({ s, score });
          if (score > best) best = score;
        }
        const coverage = total ? Math.min(1, held[p] / total) : 0;
        let score = (pageScores[p] + SECTION * best) * (0.1 + 0.9 * coverage ** COVERAGE) + name * unit;
        score *= page.boost * (page.locale ? FOREIGN : 1) * (page.aside ? ASIDE : 1);
        sections.sort((a, b) => b.score - a.score || a.s - b.s);
        ranked.push({ p, score, sections, coverage });
      }
      ranked.sort((a, b) => b.score - a.score || a.p - b.p);
      const top = ranked.length ? ranked[0].score : 0;
      const good = ranked.filter((r) => r.score > top * 0.02).slice(0, PAGES);
      const marks = this.marks(read);
      return {
        items: good.map((r) => this.item(r, marks, read)),
        suggest: this.suggest(query, good.map((r) => r.p)),
        corrections: read.corrections,
        nearest: good.length ? [] : this.nearest(query),
      };
    }

    // ---- showing

    /** All places to mark, in order, with the rarity of what stands there. @returns {Mark[]} */
    marks(/** @type {ReturnType<Engine["read"]>} */ read) {
      const all = /** @type {Mark[]} */ ([]);
      for (const slot of read.slots) {
        slot.variants.forEach((variant, v) => {
          for (const { places, idf, part = false } of variant) {
            for (let i = 0; i < places.start.length; i++) all.push({ start: places.start[i], end: places.start[i] + places.length[i], worth: v ? idf * SYNONYM : idf, slot, part });
          }
        });
      }
      return all.sort((a, b) => a.start - b.start || b.end - a.end);
    }

    /** The number of the first mark that does not start before a place. @returns {number} */
    from(/** @type {Mark[]} */ marks, /** @type {number} */ place) {
      let low = 0, high = marks.length;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (marks[mid].start < place) low = mid + 1;
        else high = mid;
      }
      return low;
    }

    /** The marks between two places, those that touch joined. */
    between(/** @type {Mark[]} */ marks, /** @type {number} */ start, /** @type {number} */ end) {
      const low = this.from(marks, start);
      const found = [];
      for (let i = low; i < marks.length && marks[i].start < end; i++) {
        const last = found[found.length - 1];
        if (last && marks[i].start <= last.end) {
          last.end = Math.max(last.end, marks[i].end);
          last.worth = Math.max(last.worth, marks[i].worth);
        } else found.push({ ...marks[i] });
      }
      return found;
    }

    /** The part of a section in which most of the query stands, as safe HTML. */
    excerpt(/** @type {Section} */ section, /** @type {Mark[]} */ marks) {
      const found = this.between(marks, section.start, section.end);
      const script = /[^\x00-\x7f]/.exec(this.text.slice(section.start, section.end));
      const size = script && IS_HAN.test(script[0]) ? EXCERPT : EXCERPT_LATIN;
      let best = 0, bestWorth = -1;
      for (let i = 0, j = 0, worth = 0; i < found.length; i++) {
        while (j < found.length && found[j].end - found[i].start <= size) worth += found[j++].worth;
        if (worth > bestWorth) [best, bestWorth] = [i, worth];
        worth -= found[i].worth;
        if (j <= i) { j = i + 1; worth = 0; }
      }
      let from = found.length ? Math.max(section.start, found[best].start - 25) : section.start;
      if (from > section.start) {
        const cut = this.text.slice(from, from + 25).search(/[\s，。；：！？、]/);
        if (cut >= 0 && from + cut + 1 <= found[best].start) from += cut + 1;
      }
      const to = Math.min(section.end, from + size);
      return (from > section.start ? "…" : "") + this.marked(found, from, to) + (to < section.end ? "…" : "");
    }

    /** The text between two places as safe HTML with its marks. */
    marked(/** @type {ReturnType<Engine["between"]>} */ found, /** @type {number} */ from, /** @type {number} */ to) {
      let html = "", at = from;
      for (const { start, end } of found) {
        if (start < at || end > to) continue;
        html += `${escapeHtml(this.text.slice(at, start))}<mark>${escapeHtml(this.text.slice(start, end))}</mark>`;
        at = end;
      }
      return html + escapeHtml(this.text.slice(at, to));
    }

    /** A title or heading, which is not at a place known to its owner, with its marks. */
    markedName(/** @type {string} */ name, /** @type {ReturnType<Engine["read"]>} */ read, /** @type {Set<Slot>} */ whole) {
      const folded = this.fold(name);
      const found = [];
      for (const slot of read.slots) {
        for (const word of this.spellings(slot, !whole.has(slot))) {
          for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length]);
        }
      }
      found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      let html = "", at = 0;
      for (const [start, end] of found) {
        if (end <= at) continue;
        const from = Math.max(at, start);
        html += `${escapeHtml(name.slice(at, from))}<mark>${escapeHtml(name.slice(from, end))}</mark>`;
        at = end;
      }
      return (html + escapeHtml(name.slice(at))).replace(/<\/mark><mark>/g, "");
    }

    /** The strings of the text that a slot stands for, longest first. @returns {string[]} */
    spellings(/** @type {Slot} */ slot, /** @type {boolean} */ parts) {
      const known = parts ? slot.spelled : slot.spelledWhole;
      if (known) return known;
      const found = new Set();
      for (const variant of slot.variants) {
        for (const { places, part } of variant) {
          if (part && !parts) continue;
          for (let i = 0; i < Math.min(places.start.length, 300); i++) {
            found.add(this.folded.slice(places.start[i], places.start[i] + places.length[i]));
          }
        }
      }
      const spelled = [...found].sort((a, b) => b.length - a.length).slice(0, 40);
      slot[parts ? "spelled" : "spelledWhole"] = spelled;
      return spelled;
    }

    /** One page's group of results as Material's dialog takes it: the page and its sections. */
    item(/** @type {{p: number, score: number, sections: {s: number, score: number}[]}} */ ranked, /** @type {Mark[]} */ all, /** @type {ReturnType<Engine["read"]>} */ read) {
      const page = this.pages[ranked.p];
      // Where a page has the word itself, its pairs of characters are marked no more.
      const here = all.slice(this.from(all, page.begin), this.from(all, page.end));
      const whole = new Set(here.filter((mark) => !mark.part).map((mark) => mark.slot));
      const marks = here.filter((mark) => !mark.part || !whole.has(mark.slot));
      const terms = (/** @type {Section | undefined} */ section) => {
        /** @type {Record<string, boolean>} */ const held = {};
        const range = section || page;
        const own = this.between(marks, range.begin, range.end).sort((a, b) => b.worth - a.worth);
        // The page marks every word by itself, so a name of several words would mark each of them;
        // and it takes the first that fits, so `logs` has to come before `log`.
        const words = [...new Set(own.map((mark) => this.text.slice(mark.start, mark.end)))]
          .filter((word) => !/\s/.test(word) && (word.length > 1 || IS_HAN.test(word))).slice(0, 12);
        for (const word of words.sort((a, b) => b.length - a.length)) {
          if (!Object.keys(held).some((w) => w.toLowerCase() === word.toLowerCase())) held[word] = true;
        }
        return held;
      };
      const missing = read.slots.filter((slot) => slot.weight && slot.label.length > 1 && !slot.variants.some((v) => v.some((c) => this.holds(c, page))));
      const top = ranked.sections[0];
      const shown = ranked.sections.slice(0, SECTIONS);
      const badge = page.locale ? ` <span class="search-locale" lang="${escapeHtml(page.locale)}">${page.locale.startsWith("zh") ? "中文" : escapeHtml(page.locale)}</span>` : "";
      const head = shown.find(({ s }) => !this.sections[s].anchor);
      /** @type {Item[]} */
      const items = [{
        location: page.url,
        title: this.markedName(page.title, read, whole) + badge,
        text: page.first < page.last ? this.excerpt(this.sections[head ? head.s : page.first], marks) : "",
        score: ranked.score,
        terms: { ...terms(undefined), ...Object.fromEntries(missing.map((slot) => [slot.label, false])) },
      }];
      for (const { s, score } of shown) {
        const section = this.sections[s];
        if (!section.anchor) continue;
        items.push({
          location: `${page.url}#${section.anchor}`,
          title: this.markedName(section.heading || page.title, read, whole),
          text: this.excerpt(section, marks),
          // The dialog folds away what scores less than the first of its group.
          score: top && score > top.score * 0.6 ? ranked.score : ranked.score * (score / ((top && top.score) || 1)) * 0.5,
          terms: terms(section),
        });
      }
      const lead = items.findIndex((item) => item.location.endsWith(`#${top && this.sections[top.s].anchor}`));
      // The group's best first: Enter opens it. A page named by the query is its own best.
      if (lead > 0 && !this.named(this.titleNames[ranked.p], read.keys, 1, 0, 0)) items[lead].score += 0.01;
      return items;
    }

    /** Whether a concept stands anywhere on a page. */
    holds(/** @type {Concept} */ concept, /** @type {Page} */ page) {
      const { start } = concept.places;
      let low = 0, high = start.length;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (start[mid] < page.begin) low = mid + 1;
        else high = mid;
      }
      return low < start.length && start[low] < page.end;
    }

    /** What the reader may be about to type: a title, a heading, a name or a word. @returns {string[]} */
    suggest(/** @type {string} */ query, /** @type {number[]} */ pages) {
      const typed = (query.match(/[^\s-]+$/) || [""])[0];
      if (!typed) return [];
      const names = pages.slice(0, 8).flatMap((p) => [this.pages[p].title, ...this.sections.slice(this.pages[p].first, this.pages[p].last).map((s) => s.heading)]);
      const found = names.find((name) => name.startsWith(typed) && /^[\p{L}\p{N}]+$/u.test(name.slice(typed.length)));
      // The theme writes it as HTML.
      if (found) return [escapeHtml(found)];
      const at = this.after(typed);
      const words = [];
      for (let i = at; i < this.sorted.length && this.sorted[i].startsWith(typed); i++) words.push(this.sorted[i]);
      words.sort((a, b) => this.count(b) - this.count(a));
      return words.slice(0, 1);
    }

    /** Pages whose titles share most with a query that found nothing. */
    nearest(/** @type {string} */ query) {
      const pairs = (/** @type {string} */ text) => new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
      const own = pairs(this.fold(query).replace(/\s+/g, ""));
      const scored = this.pages.filter((page) => !page.locale).map((page) => {
        const theirs = pairs(this.fold(page.title).replace(/\s+/g, ""));
        let same = 0;
        for (const pair of own) if (theirs.has(pair)) same++;
        return { page, score: same / (own.size + theirs.size) - (page.url.split("/").length > 3 ? 0.001 : 0) };
      });
      scored.sort((a, b) => b.score - a.score || a.page.url.length - b.page.url.length);
      return scored.slice(0, 4).map(({ page }) => ({ title: page.title, location: page.url }));
    }
  }

  site.Engine = Engine;
})(globalThis.siteSearch);
