"""One page for every address that does not exist, in the language of that address.

GitHub Pages serves `/404.html` and no other. So that file carries the page of every language,
and a script at its head writes the right one before anything is shown. Without scripts both
are told, with links to their home pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

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


_WORDS = {
    "zh": NotFound(
        "找不到这一页",
        "这个地址上没有页面：链接可能写错了，页面也可能改了名字。搜一搜，或者从首页找起。",
        "回到首页",
        "搜索",
    ),
    "en": NotFound(
        "Page not found",
        "There is no page at this address: the link may be wrong, or the page was renamed. "
        "Search for it, or start from the home page.",
        "Go to the home page",
        "Search",
    ),
}


def not_found_words(locale: str) -> NotFound:
    """The words of a locale; locales without their own are given English ones."""
    return _WORDS["zh" if locale.startswith("zh") else "en"]


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
    choose = _CHOOSE.replace("DATA", data.replace("<", "\\u003c"))
    return (
        f"{head}{tag}\n{templates}<script>{choose}</script>\n"
        f'<noscript><main class="md-typeset md-grid">{plain}</main></noscript>\n{shared}'
    )


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
