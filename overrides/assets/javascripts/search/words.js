// Words: how a text and a query are read. The index holds plain text, so this is the only
// place that knows it; build and browser cannot disagree.
// @ts-check
"use strict";

/**
 * @typedef {{text: string, han: boolean, start: number}} Token
 *   One Latin word or one run of Han characters, folded; `start` is its place in the string.
 */

globalThis.siteSearch = globalThis.siteSearch || {};

(function (/** @type {any} */ site) {
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff";
  const TOKEN = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}])+(?:\\+\\+|#)?`, "gu");
  const IS_HAN = new RegExp(`^[${HAN}]`);

  /** Words that carry a question, not its subject. */
  const STOP_LATIN = new Set((
    "a an and are as at be been but by can could did do does for from get had has have how i if in into is it " +
    "its me my of on or our shall should so that the their them then there these they this to us was we were " +
    "what when where which who whom why will with would you your between about s t").split(" "));
  const STOP_HAN = (
    "什么情况下 是什么意思 哪一种 可不可以 什么时候 有什么用 为什么 是什么 什么是 有什么 有没有 是不是 能不能 会不会 要不要 怎么样 怎么办 " +
    "是怎么 是怎样 怎么用 哪种 多久 为啥 是啥 才能 哪些 哪里 哪个 怎么 怎样 如何 为何 什么 多少 请问 应该 可以 需要 之间 一个 一种 一些 一篇 一页 一次 这个 那个 这些 一下 以及 或者 还是 我想 我要 " +
    "想要 关于 到底 究竟 之后 起来 时候 这本 里面 别的 去了 的 了 吗 呢 吧 啊 么 和 与 是 在 把 被 从 到 我 你 里 都").split(" ");

  /** Everyday words that a reader and a writer may exchange, whatever a site is about. */
  const EVERYDAY = (
    "删除 删掉 移除 清除 清理|报错 出错 错误 异常|设置 配置 设定 选项|停止 停掉 关闭 禁用|打开 开启 启用 启动|好处 优点 优势|" +
    "坏处 缺点 劣势 局限|升级 更新|新建 创建 建立|添加 增加 新增|修改 更改 编辑|查看 显示 列出 打印|复制 拷贝|目录 文件夹|" +
    "命令 指令|命令行 终端 控制台|密码 口令|翻译 多语言 国际化|登录 登陆 认证|搬家 迁移|翻页 分页|常见问题 问答 故障|" +
    "教程 指南 入门|发布 部署 上线|速度 性能|内存不够 内存不足 内存溢出|网址 链接 地址|账号 帐号 账户|例子 示例 样例|" +
    "步骤 流程|用处 用途 作用|意思 含义 定义|改名 重命名|撤销 回退 回滚|" +
    "remove delete clean|setting configuration config option|stop shutdown quit|start launch run|upgrade update|create make add|" +
    "change modify edit|show display print|error failure exception|folder directory|copy duplicate|login authentication|" +
    "faq troubleshooting|tutorial guide|deploy publish|speed performance|translate internationalization localization|" +
    "example sample|undo revert rollback").split("|").map((group) => group.split(" "));

  /**
   * The string of these code units. A large text is changed unit by unit in memory of its own:
   * `replace` with a function makes a string of every match.
   * @param {Uint16Array} units
   * @returns {string}
   */
  function text(units) {
    const parts = [];
    for (let at = 0; at < units.length; at += 8192) {
      parts.push(String.fromCharCode.apply(null, /** @type {any} */ (units.subarray(at, at + 8192))));
    }
    return parts.join("");
  }

  /**
   * A function that folds strings to the form that is compared: compatibility forms, case, and
   * traditional characters; every UTF-16 unit keeps its place.
   * @param {string} pairs of a variant and the character it stands for
   * @returns {(text: string) => string}
   */
  function folder(pairs) {
    const variants = new Map(Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i], pairs[2 * i + 1]]));
    const forms = new Uint16Array(0x10000);
    const form = (/** @type {number} */ unit) => {
      const own = String.fromCharCode(unit);
      const folded = variants.get(own) || own.normalize("NFKC").toLowerCase();
      return folded.length === 1 ? folded.charCodeAt(0) : unit;
    };
    return (string) => {
      const units = new Uint16Array(string.length);
      for (let i = 0; i < units.length; i++) {
        const unit = string.charCodeAt(i);
        units[i] = forms[unit] || (forms[unit] = form(unit));
      }
      return text(units);
    };
  }

  /**
   * A text that packing.py wrote with the codes of a table.
   * @param {string} packed
   * @param {string[]} table what the characters from U+0080 on stand for
   * @returns {string}
   */
  function unpack(packed, table) {
    const last = 0x80 + table.length;
    let length = packed.length;
    for (let i = 0; i < packed.length; i++) {
      const unit = packed.charCodeAt(i);
      if (unit >= 0x80 && unit < last) length += table[unit - 0x80].length - 1;
    }
    const units = new Uint16Array(length);
    for (let i = 0, to = 0; i < packed.length; i++) {
      const unit = packed.charCodeAt(i);
      if (unit < 0x80 || unit >= last) units[to++] = unit;
      else for (let j = 0, word = table[unit - 0x80]; j < word.length; j++) units[to++] = word.charCodeAt(j);
    }
    return text(units);
  }

  /**
   * @param {string} folded
   * @returns {Token[]}
   */
  function tokens(folded) {
    return Array.from(folded.matchAll(TOKEN), (match) => ({
      text: match[0], han: IS_HAN.test(match[0]), start: match.index,
    }));
  }

  /**
   * The part of an English word that its plural, -ed and -ing share.
   * @param {string} word folded
   * @returns {string}
   */
  function stem(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return word;
    let form = word;
    if (/(ss|sh|ch|x|z)es$/.test(form)) form = form.slice(0, -2);
    else if (/..ies$/.test(form)) form = form.slice(0, -3) + "y";
    else if (/[^sui]s$/.test(form)) form = form.slice(0, -1);
    const cut = /^(.*[aeiouy].*?)(ingly|edly|ing|ed|ly)$/.exec(form);
    if (cut && cut[1].length >= 3) {
      form = cut[1];
      if (/([bdfgmnprt])\1$/.test(form)) form = form.slice(0, -1);
    }
    form = form.replace(/(..[^e])e$/, "$1");
    return form.replace(/y$/, "i");
  }

  /**
   * Whether two words differ by at most `limit` letters put in, left out, changed or exchanged.
   * @param {string} a
   * @param {string} b
   * @param {number} limit
   * @returns {number} the number of differences, or Infinity
   */
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return Infinity;
    let older = /** @type {number[]} */ ([]), old = Array.from({ length: b.length + 1 }, (_, i) => i), row = older;
    for (let i = 1; i <= a.length; i++) {
      row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, older[j - 2] + 1);
        }
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return Infinity;
      [older, old] = [old, row];
    }
    return old[b.length] <= limit ? old[b.length] : Infinity;
  }

  /**
   * Where `typed` stands in a run of Han characters as pinyin: all of it, or (of its last
   * syllable) the beginning.
   * @param {string} typed letters only
   * @param {string} run Han characters
   * @param {Map<string, string[]>} readings character → its syllables
   * @returns {string | undefined} the characters
   */
  function pinyinMatch(typed, run, readings) {
    /** @type {(at: number, rest: string) => number} */
    const end = (at, rest) => {
      if (!rest) return at;
      for (const syllable of readings.get(run[at]) || []) {
        if (rest.startsWith(syllable)) {
          const found = end(at + 1, rest.slice(syllable.length));
          if (found) return found;
        } else if (syllable.startsWith(rest) && at > 0) {
          return at + 1;
        }
      }
      return 0;
    };
    for (let at = 0; at < run.length; at++) {
      const found = end(at, typed);
      if (found > at) return run.slice(at, found);
    }
    return undefined;
  }

  /** @param {string} text @returns {string} */
  function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  }

  // Stands on both sides of code in a text: one byte, which no author types.
  const CODE = "\x7f";

  /** The marks of code in safe HTML as elements; what is open at the end is closed. @returns {string} */
  function unmarkCode(/** @type {string} */ html) {
    return html.split(CODE).map((part, i) => (i % 2 && part ? `<code>${part}</code>` : part)).join("");
  }
  unmarkCode.MARK = CODE;

  /** What is typed as code: `--no-cache`, `/etc/hosts`, `std::map`, `c++`. @returns {string[]} */
  function literals(/** @type {string} */ folded) {
    return (folded.match(/[!-~]+/g) || []).filter((word) => /[a-z0-9]/.test(word) && /[^a-z0-9'?,.!]|[a-z]\.[a-z]/.test(word));
  }

  /**
   * The terms of which a large index lists the pages: pairs of Han characters, stems of words.
   * @param {string} folded
   * @returns {string[]}
   */
  function grams(folded) {
    return tokens(folded).flatMap(({ text, han }) => {
      if (!han) return [stem(text)];
      if (text.length < 2) return [text];
      return Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
    });
  }

  Object.assign(site, { folder, unpack, tokens, stem, distance, pinyinMatch, escapeHtml, unmarkCode, literals, grams, STOP_LATIN, STOP_HAN, EVERYDAY, IS_HAN });
})(globalThis.siteSearch);
