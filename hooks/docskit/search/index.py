"""One language's index: all that the browser needs to search it, as one script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docskit.search.characters import syllables, variants
from docskit.search.packing import pack
from docskit.search.sections import Section


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as search sees it.

    `url` is relative to the site's root; `locale` is empty unless the page is written in
    another language than the index; `boost` multiplies its score.
    """

    url: str
    title: str
    sections: Sequence[Section]
    locale: str = ""
    keywords: Sequence[str] = ()
    boost: float = 1


def index_script(
    locale: str, pages: Iterable[IndexedPage], glossary: Iterable[Sequence[str]] = ()
) -> str:
    """The index of `pages` as JavaScript, the same for the same pages in whatever order.

    A script and not JSON, so that a site opened from a folder can load it too. `glossary`
    lists the ways to say one thing, in any language.
    """
    ordered = sorted(pages, key=lambda page: page.url)
    terms = [list(entry) for entry in glossary]
    lines = [
        line
        for page in ordered
        for section in page.sections
        for line in (section.anchor, section.heading, section.text)
    ]
    named = [
        *(page.title for page in ordered),
        *(section.heading for page in ordered for section in page.sections),
        *(term for entry in terms for term in entry),
    ]
    table, packed = pack("\n".join(lines))
    data = {
        "locale": locale,
        "pages": [
            [
                page.url,
                page.title,
                page.locale,
                " ".join(page.keywords),
                page.boost,
                len(page.sections),
            ]
            for page in ordered
        ],
        "table": table,
        "lines": packed,
        "glossary": terms,
        "variants": variants(set("".join([*named, *lines]))),
        "pinyin": syllables(sorted(set(named))),
    }
    return f"siteSearch.receive({json.dumps(data, ensure_ascii=False, separators=(',', ':'))});\n"
