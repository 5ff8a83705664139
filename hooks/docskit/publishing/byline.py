"""The line under a page's title: who wrote it, when, how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from docskit.html import VOID, Html, text_of
from docskit.messages import in_language

# Days after which a change is news.
_SOON = 7
_HEADING = re.compile(r"<h(?P<level>[1-6])(?P<attributes>(?:\s[^<>]*)?)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONTENTS = re.compile(r'<div class="toc">.*?</div>', re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_DESCRIPTION = re.compile(r"<img\b[^<>]*?\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)[^<>]*>")
# More than a few lines before a title, and the line under it would not be found.
_LONGEST_OPENING = 300
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

    `contents` is what the list of the page's own sections is called; `more` has a word and a
    text for each further key that the site shows.
    """

    by: str
    contents: str
    authors: str
    written: Day | None
    updated: Day | None
    reading: str
    more: tuple[tuple[str, str], ...] = ()


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


def _more(meta: Mapping[str, object], shown: object, locale: str) -> Iterator[tuple[str, str]]:
    join = in_language(_WORDS, locale)["join"]
    for key, label in shown.items() if isinstance(shown, dict) else ():
        value = meta.get(str(key))
        values = value if isinstance(value, list) else [value]
        text = join.join(str(one) for one in values if isinstance(one, str | int | float | date))
        if text:
            # Names of one language only are shown to all.
            words = {"en": str(key), **label} if isinstance(label, dict) else {"en": label}
            yield str(in_language(words, locale)), text


def page_info(
    meta: Mapping[str, object],
    minutes: int,
    updated: date | None,
    locale: str,
    shown: object = None,
) -> PageInfo:
    """Gather the line for one page from its repaired front matter and its reading time.

    `shown` are the site's own keys, `extra.shown_keys`: a key of front matter → what stands
    before its value, in one word or in one for each language.

    `updated` is the last change that version control knows; it is dropped within a week of the
    day the page was written, when the two dates say the same. Locales without words of their
    own are given English ones.
    """
    words = in_language(_WORDS, locale)
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
        more=tuple(_more(meta, shown, locale)),
    )


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of an article: where it begins, what is in it, and where it has ended."""

    level: str
    attributes: str
    start: int
    inner: str
    end: int
    text: str


def _headings(html: str) -> Iterator[_Heading]:
    """The headings of an article that have a name, in order."""
    seen = html.lower()
    if "<!--" in seen:
        # What is commented out keeps its length and loses its headings.
        seen = _COMMENT.sub(lambda comment: " " * len(comment[0]), seen)
    after, unclosed = 0, set()
    for opening in _HEADING.finditer(seen):
        level = opening["level"]
        if opening.start() < after or level in unclosed:
            continue
        close = seen.find(f"</h{level}", opening.end())
        after = seen.find(">", close) + 1
        if close < 0 or not after:
            unclosed.add(level)
            after = 0
            continue
        inner = html[opening.end() : close]
        name = _PERMALINK.sub("", inner)
        text = text_of(Html(name)) or text_of(Html(_DESCRIPTION.sub(r"\1", name)))
        if text:
            attributes = html[slice(*opening.span("attributes"))]
            yield _Heading(level, attributes, opening.start(), inner, after, text)


def _named(html: str) -> _Heading | None:
    """The heading that names the page: the first `<h1>`, else the first of all."""
    first = None
    for heading in _headings(html):
        if heading.level == "1":
            return heading
        first = first or heading
    return first


def title_of(html: str) -> str:
    """What the finished article calls itself: its first `<h1>`, or its first heading.

    It may stand anywhere: a logo, a table of contents or a quotation is often before it. A
    heading that is only a picture is called by its description. Empty for no heading.
    """
    heading = _named(html)
    return heading.text if heading else ""


def split_title(html: str) -> tuple[str, str]:
    """The rendered page up to and including its title, and the rest.

    The title is the first `<h1>` if little stands before it, or the heading that a page
    without one begins with, but for pictures: it becomes one. The first part is empty where
    there is no such heading, or it stands within something: the theme then prints the title
    itself, unless there is an `<h1>`.
    """
    heading = _named(html)
    if not heading:
        return "", html
    before, rest = html[: heading.start], html[heading.end :].lstrip()
    words = text_of(Html(_CONTENTS.sub("", before)))
    if not _is_balanced(before):
        return "", html
    if heading.level == "1":
        is_opening = len(words) <= _LONGEST_OPENING and next(_headings(before), None) is None
        return (html[: len(html) - len(rest)], rest) if is_opening else ("", html)
    if words:
        return "", html
    return f"{before}<h1{heading.attributes}>{heading.inner}</h1>\n", rest


def _is_balanced(html: str) -> bool:
    """Whether every element that begins in balanced HTML's beginning ends there."""
    depth = 0
    for tag in _TAG.finditer(_COMMENT.sub("", html)):
        if tag["name"].lower() not in VOID and not tag[0].endswith("/>"):
            depth += -1 if tag["end"] else 1
    return depth == 0
