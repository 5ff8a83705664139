"""Which heading a fragment means, whoever's rules it was spelled by.

GitHub: https://github.com/gjtorikian/html-pipeline (toc filter), Typora and VS Code are like
it; Python-Markdown: `markdown.extensions.toc.slugify`, which drops Han characters and
numbers what is left empty: `_1`, `_2`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from markdown.extensions.toc import slugify

_ID = re.compile(r"""<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")


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


def find_anchor(
    fragment: str, ids: set[str], headings: Sequence[tuple[str, str]]
) -> tuple[str | None, list[str]]:
    """The id that `fragment` (as written, without '#') means, and similar headings' ids.

    `headings` are title and id in order. The id comes back as it is where it exists; None
    where there is no heading, or more than one, that the fragment could mean.
    """
    plain = unquote(fragment)
    for exact in (fragment, plain):
        if exact in ids or not exact:
            return exact, []
    titles = [html.unescape(title) for title, _ in headings]
    for spelled in (
        titles,
        _numbered(map(_github, titles), "-"),
        _numbered((slugify(title, "-") for title in titles), "_"),
        [identifier.casefold() for _, identifier in headings],
    ):
        wanted = {plain, plain.casefold()}
        found = {
            identifier
            for spelling, (_, identifier) in zip(spelled, headings, strict=True)
            if spelling and (spelling in wanted or spelling.casefold() in wanted)
        }
        if len(found) == 1:
            return found.pop(), []
    key = _loose(plain)
    found = {identifier for title, identifier in headings if key and _loose(title) == key}
    if len(found) == 1:
        return found.pop(), []
    near = [
        identifier
        for title, identifier in headings
        if len(key) > 1 and (key in _loose(title) or (_loose(title) and _loose(title) in key))
    ]
    return None, near[:3]
