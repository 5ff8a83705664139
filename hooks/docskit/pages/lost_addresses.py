"""One page for every address that does not exist, in the language of that address.

GitHub Pages serves `/404.html` and no other. So that file carries the page of every language,
and a script at its head writes the right one before anything is shown. Without scripts both
are told, with links to their home pages. Another script, which asks for the list of pages, says
which of them the reader may have meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from docskit.messages import in_language

# What the page asks for: the addresses and titles of pages, and what became of former addresses.
LIST = "404.json"
# The template puts it before the scripts that all languages share.
SCRIPTS = "<!-- shared scripts -->"
_BODY = re.compile(r"(<body\b[^>]*>)(.*)", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NotFound:
    """What the page says in one language."""

    title: str
    text: str
    home: str
    search: str
    proposals: str


_WORDS = {
    "zh": NotFound(
        "找不到这一页",
        "这个地址上没有页面：链接可能写错了，页面也可能改了名字。搜一搜，或者从首页找起。",
        "回到首页",
        "搜索",
        "您要找的也许是：",
    ),
    "en": NotFound(
        "Page not found",
        "There is no page at this address: the link may be wrong, or the page was renamed. "
        "Search for it, or start from the home page.",
        "Go to the home page",
        "Search",
        "You may be looking for:",
    ),
}


def not_found_words(locale: str) -> NotFound:
    """The words of a locale; locales without their own are given English ones."""
    return in_language(_WORDS, locale)


def compose(pages: Mapping[str, str], default: str, base: str) -> str:
    """One page of the rendered pages of all languages, by locale.

    `base` is the path of the site's root with a slash at its end. The language is that of
    the first folder below it, else the default one.
    """
    head, tag, rest = _taken_apart(pages[default])
    shared = rest.partition(SCRIPTS)[2]
    titles = {locale: _title(html) for locale, html in pages.items()}
    templates = "".join(
        f'<template id="page-{locale}">{_taken_apart(html)[2].partition(SCRIPTS)[0]}</template>\n'
        for locale, html in pages.items()
    )
    plain = "".join(
        f'<div lang="{locale}"><h1>{escape(words.title)}</h1><p>{escape(words.text)}</p>'
        f'<p><a href="{base}{"" if locale == default else locale + "/"}">{escape(words.home)}</a>'
        "</p></div>"
        for locale, words in ((locale, not_found_words(locale)) for locale in pages)
    )
    data = json.dumps({"base": base, "default": default, "titles": titles}, ensure_ascii=False)
    safe = data.replace("<", "\\u003c")
    choose, propose = _CHOOSE.replace("DATA", safe), _PROPOSE.replace("DATA", safe)
    propose = propose.replace("LIST", json.dumps(LIST))
    return (
        f"{head}{tag}\n{templates}<script>{choose}</script>\n"
        f'<noscript><main class="md-typeset md-grid">{plain}</main></noscript>\n'
        f"<script>{propose}</script>\n{shared}"
    )


def list_of_pages(pages: Mapping[str, str], former: Mapping[str, str]) -> str:
    """What is at `LIST`, from address → title and former address → the address to propose."""
    values = {"pages": dict(sorted(pages.items())), "former": dict(sorted(former.items()))}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _taken_apart(html: str) -> tuple[str, str, str]:
    """All before the body, its start tag, and the rest."""
    body = _BODY.search(html)
    if body is None:
        raise ValueError("the template of the 404 page has no body")
    return html[: body.start()], body.group(1), body.group(2)


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return unescape(found.group(1)) if found else ""


_CHOOSE = """
(function () {
  var site = DATA;
  var path = location.pathname;
  var folder = path.indexOf(site.base) === 0 ? path.slice(site.base.length).split("/")[0] : "";
  var locale = Object.prototype.hasOwnProperty.call(site.titles, folder) ? folder : site.default;
  var page = document.getElementById("page-" + locale).innerHTML;
  document.documentElement.lang = locale;
  document.title = site.titles[locale];
  // Written, not inserted: the theme's scripts in it run in their order, before the first paint.
  document.write(page);
})();
"""

# By history first: what became of this address, however it is spelled; then by likeness of
# letters, in pairs, of the last part of the address and of the whole.
_PROPOSE = """
(function () {
  var site = DATA;
  function plain(address) {
    try { address = decodeURIComponent(address); } catch (error) { /* as it is */ }
    return address.toLowerCase().replace(/\\.(html?|md)$/, "")
      .replace(/(^|\\/)(index|readme)$/, "").replace(/^\\/+|\\/+$/g, "");
  }
  function pairs(text) {
    var found = {}, letters = text.replace(/^[\\d._-]+/, "").replace(/[\\s._\\/-]+/g, "");
    for (var at = 0; at < letters.length - 1; at++) found["=" + letters.substr(at, 2)] = 1;
    return found;
  }
  function alike(one, other) {
    var keys = Object.keys(one), size = keys.length + Object.keys(other).length;
    return size ? 2 * keys.filter(function (key) { return other[key]; }).length / size : 0;
  }
  function localeOf(address) {
    var folder = address.split("/")[0];
    var own = Object.prototype.hasOwnProperty.call(site.titles, folder);
    return own && folder !== site.default ? folder : site.default;
  }
  function proposals(path, list) {
    var asked = plain(path.indexOf(site.base) === 0 ? path.slice(site.base.length) : path);
    var found = [], locale = localeOf(asked);
    function add(address) {
      if (address in list.pages && found.indexOf(address) < 0) found.push(address);
    }
    Object.keys(list.pages).forEach(function (address) {
      if (plain(address) === asked) add(address);
    });
    Object.keys(list.former).forEach(function (old) {
      if (plain(old) === asked) add(list.former[old]);
    });
    var last = pairs(asked.split("/").pop()), whole = pairs(asked), scored = [];
    if (asked) Object.keys(list.pages).forEach(function (address) {
      var other = plain(address);
      if (localeOf(other) !== locale || other === localeOf(other) || !other) return;
      var end = pairs(other.split("/").pop()), title = pairs(list.pages[address].toLowerCase());
      var near = Math.max(alike(last, end), alike(last, title));
      var score = near * 0.7 + alike(whole, pairs(other)) * 0.3;
      if (score > 0.4) scored.push([score, address]);
    });
    scored.sort(function (one, other) {
      return other[0] - one[0] || (one[1] < other[1] ? -1 : 1);
    });
    scored.slice(0, 3).forEach(function (item) { add(item[1]); });
    return found.slice(0, 4);
  }
  function show(list) {
    var place = document.getElementById("proposals");
    var found = place ? proposals(location.pathname, list) : [];
    found.forEach(function (address) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = site.base + address.split("/").map(encodeURIComponent).join("/");
      link.textContent = list.pages[address];
      item.appendChild(link);
      place.querySelector("ul").appendChild(item);
    });
    if (found.length) place.hidden = false;
  }
  if (typeof fetch === "undefined") return proposals;
  fetch(site.base + LIST).then(function (answer) { return answer.json(); })
    .then(show).catch(function () { /* the page says what to do without it */ });
})();
"""
