"""One language's index: all that the browser needs to search it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docskit.search.characters import merged, syllables, variants
from docskit.search.packing import pack
from docskit.search.sections import Section

# Bytes of text, before compression (which leaves some 45 %), that a reader loads at once.
ONE_FILE = 500_000


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as search sees it.

    `url` is relative to the site's root; `locale` is empty unless the page is written in
    another language than the index; `boost` multiplies its score; `readings` are the
    `syllables` of its sections' headings, where they are known.
    """

    url: str
    title: str
    sections: Sequence[Section]
    locale: str = ""
    keywords: Sequence[str] = ()
    boost: float = 1
    readings: Mapping[str, str] | None = None

    def facts(self, digest: object) -> tuple[object, ...]:
        """All of it as plain values, `digest` standing for the sections."""
        return (self.url, self.title, self.locale, list(self.keywords), self.boost, digest)


def file_names(locale: str) -> list[str]:
    """What `index_files` may write: a small index is the first file only."""
    return [f"{locale}.js", f"{locale}.texts.js"]


def index_files(
    locale: str, pages: Iterable[IndexedPage], glossary: Iterable[Sequence[str]] = ()
) -> dict[str, str]:
    """The index of `pages` as JavaScript, by file name; the same whatever the pages' order.

    Scripts and not JSON, so that a site opened from a folder can load them too. A large index
    is two files: titles and headings answer while the texts are still on their way. `glossary`
    lists the ways to say one thing, in any language.
    """
    ordered = sorted(pages, key=lambda page: page.url)
    terms = [list(entry) for entry in glossary]
    parts = [section for page in ordered for section in page.sections]
    texts = [part.text for part in parts]
    names = [line for part in parts for line in (part.anchor, part.heading, part.other)]
    named = [page.title for page in ordered] + [part.heading for part in parts]
    named += [term for entry in terms for term in entry]
    table, packed = pack("\n".join([*names, *texts]))
    lines = packed.split("\n")
    packed_names, packed_texts = "\n".join(lines[: len(names)]), "\n".join(lines[len(names) :])
    split = len(packed_texts.encode()) > ONE_FILE
    read = [page for page in ordered if page.readings is not None]
    unread = set(named) - {part.heading for page in read for part in page.sections}
    readings = [page.readings or {} for page in read]
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
        "names": packed_names,
        "texts": None if split else packed_texts,
        "glossary": terms,
        "variants": variants(set("".join([*named, *texts]))),
        "pinyin": merged([*readings, syllables(sorted(unread))]),
    }
    first, second = file_names(locale)
    files = {first: _call("receive", data)}
    if split:
        files[second] = _call("receiveTexts", packed_texts)
    return files


def _call(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"siteSearch.{name}({text});\n"
