"""The line under a page's title: who wrote it, when, how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from docskit.html_text import Html, text_of

# Days after which a change is news.
_SOON = 7
_TITLE_END = re.compile(r"</h1>\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"\s*<h(?P<level>[2-6])(?P<attributes>[^>]*)>(?P<text>.*?)</h(?P=level)>\s*", re.DOTALL
)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_WORDS = {
    "zh": {
        "written": "写于",
        "updated": "更新于",
        "minutes": "约 {n} 分钟读完",
        "by": "作者",
        "contents": "本页内容",
        "join": "、",
    },
    "en": {
        "written": "Written",
        "updated": "Updated",
        "minutes": "{n} min read",
        "by": "By",
        "contents": "On this page",
        "join": ", ",
    },
}


@dataclass(frozen=True, slots=True)
class Day:
    """A date for machines (ISO 8601) and for people (in their language)."""

    iso: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What the template shows under the title; empty strings and None are left out.

    `contents` is what the list of the page's own sections is called.
    """

    by: str
    contents: str
    authors: str
    written: Day | None
    updated: Day | None
    reading: str


def day_in_words(day: date, locale: str, label: str = "") -> Day:
    """`day` as people of `locale` write it."""
    try:
        text = format_date(day, "long", Locale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        text = day.isoformat()
    if locale.startswith("zh"):
        # Pangu spacing: a space between figures and Han, as the rest of the site has it.
        text = re.sub(r"(\d)([年月日])(?=\d)", r"\1 \2 ", text).replace("日", " 日").strip()
    return Day(day.isoformat(), text, label)


def _day(value: object, locale: str, label: str) -> Day | None:
    if not isinstance(value, date):
        return None
    return day_in_words(value.date() if isinstance(value, datetime) else value, locale, label)


def page_info(
    meta: Mapping[str, object], minutes: int, updated: date | None, locale: str
) -> PageInfo:
    """Gather the line for one page from its repaired front matter and its reading time.

    `updated` is the last change that version control knows; it is dropped within a week of the
    day the page was written, when the two dates say the same. Locales without words of their
    own are given English ones.
    """
    words = _WORDS["zh" if locale.startswith("zh") else "en"]
    names = meta.get("authors") or meta.get("author") or ""
    authors = [str(name) for name in names] if isinstance(names, list) else [str(names)]
    written = _day(meta.get("date"), locale, words["written"])
    changed = _day(meta.get("updated") or updated, locale, words["updated"])
    if written and changed:
        days = date.fromisoformat(changed.iso) - date.fromisoformat(written.iso)
        changed = changed if days.days > _SOON else None
    return PageInfo(
        by=words["by"],
        contents=words["contents"],
        authors=words["join"].join(filter(None, authors)),
        written=written,
        updated=changed,
        reading=words["minutes"].format(n=minutes),
    )


def leading_heading(html: str) -> str:
    """The text of the heading that a page without `<h1>` begins with; empty for none.

    Authors who number chapters often begin with `##`: it is the page's title all the same.
    """
    heading = _LEADING.match(html)
    if not heading or "<h1" in html.lower():
        return ""
    return text_of(Html(_PERMALINK.sub("", heading["text"])))


def split_title(html: str) -> tuple[str, str]:
    """The rendered page up to and including its title, and the rest.

    The title is the first `<h1>`, or the heading that a page without one begins with, which
    becomes one. The first part is empty where the page has no such heading, or text before
    it: the theme then prints the title itself.
    """
    heading = _LEADING.match(html) if leading_heading(html) else None
    if heading:
        title = f"<h1{heading['attributes']}>{heading['text']}</h1>\n"
        return title, html[heading.end() :]
    end = _TITLE_END.search(html)
    if not end or not html.lstrip().lower().startswith("<h1"):
        return "", html
    return html[: end.end()], html[end.end() :]
