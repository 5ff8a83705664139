"""The tags of rendered HTML, found fast: Python's own parser takes thirty times as long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

# A quote that no `=` stands before is a letter like others, as it is to browsers.
_REST = r"""[^<>=]*+(?:=(?>\s*"[^"]*"|\s*'[^']*'|)[^<>=]*+)*+"""
_LESS_IN_QUOTES = re.compile(r"""=\s*(?:"[^"<]*<|'[^'<]*<)""")
_WHOLE = re.compile(r"<[^>]*>")


@lru_cache
def _tokens(name: str) -> re.Pattern[str]:
    # What a browser does not read as tags is stepped over. A tag may have `>` inside of quotes.
    return re.compile(
        rf"<(?P<shut>!--|(?:script|style|textarea|title)\b)|</?(?P<name>{name}){_REST}(?P<end>>?)",
        re.IGNORECASE,
    )


_ANY = _tokens(r"[a-z][^\s/>]*+")


@lru_cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile("-->" if name == "!--" else rf"</{name}\s*>", re.IGNORECASE)


def walk(pattern: re.Pattern[str], html: str) -> Iterator[tuple[re.Match[str], int]]:
    """The matches of `pattern` in order, each with the offset where what it begins has ended.

    What the group `shut` names, an element or `!--`, ends with its end tag; what is in it is
    stepped over. Where there is none the match is passed over, and not looked for again, so
    that time stays linear. Where nothing is named, it ends with the match.
    """
    absent: set[str] = set()
    position = 0
    while match := pattern.search(html, position):
        position = max(match.end(), match.start() + 1)
        shut = (match["shut"] or "").lower()
        if not shut:
            yield match, match.end()
        elif shut not in absent:
            closing = _closing(shut).search(html, position)
            if closing is None:
                absent.add(shut)
            else:
                position = closing.end()
                yield match, position


def up_to(mark: str, html: str) -> tuple[str, str]:
    """`html` up to the last `mark`, where what begins finds its end, and the rest.

    An expression that looks for `mark` from each beginning would look through all of the rest
    each time.
    """
    end = html.rfind(mark) + len(mark) if mark in html else 0
    return html[:end], html[end:]


def without_tags(html: str, instead: str = "") -> str:
    """The text of a piece of HTML, its entities as they stand."""
    tagged, rest = up_to(">", html)
    return _WHOLE.sub(instead, tagged) + rest


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at `html[start:end]`; the name is in small letters."""

    name: str
    start: int
    end: int
    text: str

    @property
    def closes(self) -> bool:
        """Whether it is an end tag."""
        return self.text.startswith("</")

    @property
    def is_empty(self) -> bool:
        """Whether it is written as a tag that has no end tag, as in `<a />`."""
        return self.text.endswith("/>")

    def attributes(self) -> dict[str, str]:
        """Names in small letters and their values, decoded; '' for one without a value."""
        return _Attributes(self.text).values


class _Attributes(HTMLParser):
    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=False)
        self.values: dict[str, str] = {}
        self.feed(tag)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.values = {name: value or "" for name, value in attrs}


def tags(html: str, names: frozenset[str]) -> Iterator[Tag]:
    """Start and end tags of these names, outside of comments, scripts and the like."""
    # Highlighted code is nearly all tags. They need not be read, unless a `<` in one's
    # attribute looks like a tag.
    only = "|".join(sorted(names))
    token = _ANY if _LESS_IN_QUOTES.search(html) else _tokens(rf"(?:{only})(?![^\s/>])")
    for match, end in walk(token, html):
        if match["name"] is None:
            continue
        if not match["end"]:
            if end == len(html):
                return  # to a browser, all that is left belongs to a tag without an end
            continue
        name = match["name"].lower()
        if name in names:
            yield Tag(name, match.start(), end, match[0])
