"""Which heading a fragment means, whoever's rules it was spelled by.

GitHub: https://github.com/gjtorikian/html-pipeline (toc filter), Typora and VS Code are like
it; Python-Markdown: `markdown.extensions.toc.slugify`, which drops Han characters and
numbers what is left empty: `_1`, `_2`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from markdown.extensions.toc import slugify

_ID = re.compile(r"""<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")

_COMPARED = 500
"""Headings that a fragment which leads nowhere is compared with, to name similar ones."""


def ids_of(page_html: str) -> set[str]:
    """Every id that a fragment can lead to in a converted page."""
    return {html.unescape(a or b or c) for a, b, c in _ID.findall(page_html)}


def _github(title: str) -> str:
    kept = "".join(
        char
        for char in title.strip().lower()
        if char in " -_" or unicodedata.category(char)[0] in "LMN"
    )
    return kept.replace(" ", "-")


def _loose(text: str) -> str:
    """Letters and figures only."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _numbered(slugs: Iterable[str], separator: str) -> list[str]:
    """Each slug as its generator makes it unique: `a`, `a-1` or `a_1`."""
    seen: dict[str, int] = {}
    result = []
    for slug in slugs:
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        if slug:
            result.append(f"{slug}{separator}{count}" if count else slug)
        else:
            result.append(f"{separator}{count + 1}" if separator == "_" else "")
    return result


class Headings:
    """The headings of a page as a fragment may spell them, read once for all its links.

    `ids` are all that a fragment can lead to; `headings` are title and id in order.
    """

    def __init__(self, ids: set[str], headings: Sequence[tuple[str, str]]) -> None:
        self.ids = ids
        self._headings = headings

    @cached_property
    def _spelled(self) -> list[dict[str, set[str]]]:
        """For each generator's rules, a spelling → the ids of the headings it may mean."""
        titles = [html.unescape(title) for title, _ in self._headings]
        identifiers = [identifier for _, identifier in self._headings]
        tables: list[dict[str, set[str]]] = []
        for spellings in (
            titles,
            _numbered(map(_github, titles), "-"),
            _numbered((slugify(title, "-") for title in titles), "_"),
            [identifier.casefold() for identifier in identifiers],
        ):
            table: dict[str, set[str]] = defaultdict(set)
            for spelling, identifier in zip(spellings, identifiers, strict=True):
                for form in filter(None, (spelling, spelling.casefold())):
                    table[form].add(identifier)
            tables.append(table)
        return tables

    @cached_property
    def _loosely(self) -> list[tuple[str, str]]:
        """Letters and figures of each title, and the heading's id."""
        return [(_loose(title), identifier) for title, identifier in self._headings]

    @cached_property
    def _by_words(self) -> dict[str, set[str]]:
        table: dict[str, set[str]] = defaultdict(set)
        for words, identifier in self._loosely:
            table[words].add(identifier)
        return table

    def find(self, fragment: str) -> tuple[str | None, list[str]]:
        """The id that `fragment` (as written, without '#') means, and similar headings' ids.

        The id comes back as it is where it exists; None where there is no heading, or more
        than one, that the fragment could mean.
        """
        plain = unquote(fragment)
        for exact in (fragment, plain):
            if exact in self.ids or not exact:
                return exact, []
        folded = plain.casefold()
        for table in self._spelled:
            found = table.get(plain, set()) | table.get(folded, set())
            if len(found) == 1:
                return found.pop(), []
        key = _loose(plain)
        if key and len(same := self._by_words.get(key, set())) == 1:
            return next(iter(same)), []
        if len(key) < 2:
            return None, []
        near = (
            identifier
            for words, identifier in self._loosely[:_COMPARED]
            if key in words or (words and words in key)
        )
        return None, list(islice(near, 3))
