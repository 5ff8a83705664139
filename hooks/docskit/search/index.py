"""One language's index: all that the browser needs to search it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from docskit.messages import fingerprint
from docskit.search.characters import merged, syllables, variants
from docskit.search.packing import pack
from docskit.search.parts import divided, folding, postings
from docskit.search.sections import Section
from docskit.search.synonyms import synonyms
from docskit.translation import Translation

# A heading of which Python and JavaScript make the same lower case.
_PLAIN = re.compile(r"[\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff01-\uff20]+")
# Bytes of text, before compression (which leaves some 45 %), that a reader loads at once.
ONE_FILE = 500_000
# And at all: of more, only what a query asks for is loaded.
TWO_FILES = 4_000_000
# Hexadecimal digits of a text's name: two of 2,500 pages share one on 1 of 350,000 sites.
_NAME = 10
# In a first file of which the texts are not a part; within a string the quotes are escaped.
_ELSEWHERE = '"texts":null'


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as search sees it.

    `url` is relative to the site's root; `locale` is empty unless the page is written in
    another language than the index; `boost` multiplies its score; `readings` are the
    `syllables` of its sections' headings, where they are known; `path` are the titles above it
    in the navigation, the outermost first; `drafted` are the numbers, from 0, of the sections
    that a machine has drafted and nobody has read.
    """

    url: str
    title: str
    sections: Sequence[Section]
    locale: str = ""
    keywords: Sequence[str] = ()
    boost: float = 1
    readings: Mapping[str, str] | None = None
    path: Sequence[str] = ()
    drafted: Sequence[int] = ()

    def facts(self, digest: object) -> tuple[object, ...]:
        """All of it as plain values, `digest` standing for the sections."""
        return (
            self.url,
            self.title,
            self.locale,
            list(self.keywords),
            self.boost,
            list(self.path),
            list(self.drafted),
            digest,
        )


def keywords(meta: Mapping[str, object]) -> list[str]:
    """What a page's front matter says it is about: its tags and its description."""
    tags = meta.get("tags")
    description = meta.get("description")
    named = [str(tag) for tag in tags] if isinstance(tags, list) else []
    return [*named, " ".join(description.split())] if isinstance(description, str) else named


def drafted_sections(sections: Sequence[Section], translation: Translation) -> list[int]:
    """The numbers, from 0, of those sections that a machine has drafted and nobody has read."""
    drafts = translation.drafts
    if drafts and len(drafts) >= translation.sections:
        return list(range(len(sections)))
    anchors = {draft.anchor for draft in drafts}
    titles = {draft.title for draft in drafts}
    return [
        number
        for number, section in enumerate(sections)
        # The page's title has an anchor on the page, and none here.
        if section.anchor in anchors or (not section.anchor and section.heading in titles)
    ]


def further_files(locale: str, first: str) -> list[str]:
    """What `index_files` wrote beside the first file of a language, which has the text `first`."""
    if _ELSEWHERE not in first:
        return []
    data = json.loads(first[first.index("(") + 1 : first.rindex(")")])
    if "parts" not in data:
        return [f"{locale}.texts.js"]
    count = len(data["parts"]["starts"].split("\n"))
    texts = data["parts"]["texts"]
    return [f"{locale}/{number}.js" for number in range(count)] + [
        f"texts/{texts[at : at + _NAME]}.js" for at in range(0, len(texts), _NAME)
    ]


def index_files(
    locale: str, pages: Iterable[IndexedPage], glossary: Iterable[Sequence[str]] = ()
) -> dict[str, str]:
    """The index of `pages` as JavaScript, by file name; the same whatever the pages' order.

    Scripts and not JSON, so that a site opened from a folder can load them too. A large index
    is two files: titles and headings answer while the texts are still on their way. A very large
    one is in parts, which are loaded as a query asks for them; a page that stands in two languages'
    indexes with the same text has that text once. `glossary` lists the ways to say one thing, in
    any language.
    """
    ordered = sorted(pages, key=lambda page: page.url)
    terms = [list(entry) for entry in glossary]
    parts = [section for page in ordered for section in page.sections]
    texts = [part.text for part in parts]
    if sum(len(text.encode()) for text in texts) > TWO_FILES:
        return _in_parts(locale, ordered, terms)
    names = [line for part in parts for line in (_short(part), part.heading, part.other)]
    named = [page.title for page in ordered] + [part.heading for part in parts]
    named += [term for entry in terms for term in entry]
    told = [line for page in ordered for line in (*page.keywords, *page.path)]
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
                " › ".join(page.path),
                *([list(page.drafted)] if page.drafted else []),
            ]
            for page in ordered
        ],
        "table": table,
        "names": packed_names,
        "texts": None if split else packed_texts,
        "glossary": terms,
        "synonyms": synonyms(_titles(ordered), chain.from_iterable(terms)),
        "variants": variants(set("".join([*named, *told, *texts]))),
        "pinyin": merged([*readings, syllables(sorted(unread))]),
    }
    files = {f"{locale}.js": _call("receive", data)}
    if split:
        files[f"{locale}.texts.js"] = _call("receiveTexts", packed_texts)
    return files


def _in_parts(
    locale: str, ordered: Sequence[IndexedPage], glossary: list[list[str]]
) -> dict[str, str]:
    """The index of a very large site."""
    files = {}
    names, listed = [], []
    characters: set[str] = set()
    for page in ordered:
        told = " ".join((page.title, *page.keywords))
        headings = "\n".join(f"{part.heading}\n{part.other}" for part in page.sections)
        text = "\n".join(part.text for part in page.sections)
        listed.append((told, headings, text))
        characters.update(told, headings, text)
        own = [[part.anchor, part.heading, part.other, part.text] for part in page.sections]
        name = fingerprint([list(page.keywords), own]).hex()[:_NAME]
        names.append(name)
        files[f"texts/{name}.js"] = _call(
            "receivePart", [f"texts/{name}", [" ".join(page.keywords), own]]
        )
    pairs = variants(characters)
    table = folding(characters, pairs)
    starts, parts = divided(
        postings(
            (told.translate(table), headings.translate(table), text.translate(table))
            for told, headings, text in listed
        )
    )
    for number, part in enumerate(parts):
        name = f"{locale}/{number}"
        files[f"{name}.js"] = _call("receivePart", [name, part])
    read = [page.title for page in ordered] + [term for entry in glossary for term in entry]
    data = {
        "locale": locale,
        "pages": [
            [
                *[page.url, page.title, page.locale, "", page.boost, 0, " › ".join(page.path)],
                *([list(page.drafted)] if page.drafted else []),
            ]
            for page in ordered
        ],
        "table": [],
        "names": "",
        "texts": None,
        "glossary": glossary,
        # Those of so many titles would add 15 kB to a first answer.
        "synonyms": [],
        "variants": pairs,
        "pinyin": syllables(sorted(set(read))),
        "parts": {"starts": "\n".join(starts), "texts": "".join(names)},
    }
    return {f"{locale}.js": _call("receive", data), **files}


def _titles(pages: Iterable[IndexedPage]) -> list[str]:
    """What the pages are called, here and in their other languages."""
    return [name for page in pages for name in (page.title, *(s.other for s in page.sections[:1]))]


def _short(section: Section) -> str:
    """The anchor, or `=` where engine.js makes it of the heading as is done here."""
    heading = section.heading
    made = re.sub(r"[^a-z0-9_\u4e00-\u9fff-]+", "-", heading.lower()).strip("-")
    return "=" if section.anchor == made and _PLAIN.fullmatch(heading) else section.anchor


def _call(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"siteSearch.{name}({text});\n"
