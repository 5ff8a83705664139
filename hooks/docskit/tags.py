"""Tags of pages: what they are called in each language, and which pages share them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docskit.glossary import Term

PAGE = "tags.md"
_NO_LETTER = re.compile(r"[^\w.-]")
_RELATED = 3
# A tag on a good part of the site says nothing about two pages.
_COMMON_SHARE = 0.3
_FEW = 5


@dataclass(frozen=True, slots=True)
class TagLink:
    """A chip under a page's title; `url` is relative to the site's root."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """A page of one language, with its tags in the words of that language."""

    identity: str
    title: str
    url: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """One entry of the page of all tags."""

    name: str
    anchor: str
    pages: tuple[TaggedPage, ...]


def tag_names(tags: object, terms: Iterable[Term], locale: str) -> tuple[str, ...]:
    """A page's tags in the words of `locale`, each once: the glossary translates them."""
    known = {name.casefold(): term for term in terms for name in term.names}
    found: dict[str, str] = {}
    for tag in tags if isinstance(tags, list) else []:
        name = str(tag).strip()
        term = known.get(name.casefold())
        if term is not None:
            name = term.zh if locale.startswith("zh") else term.en
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())


def anchor(name: str) -> str:
    """`C#` → `c-23`: letters of any script stay, so that it reads in an address."""
    return _NO_LETTER.sub(lambda found: f"-{ord(found[0]):x}", name.casefold().replace(" ", "-"))


def all_tags(pages: Iterable[TaggedPage]) -> list[Tag]:
    """Every tag with its pages in their order; the most used first, then by name."""
    by_name: dict[str, list[TaggedPage]] = {}
    spelling: dict[str, str] = {}
    for page in pages:
        for name in page.tags:
            by_name.setdefault(name.casefold(), []).append(page)
            spelling.setdefault(name.casefold(), name)
    ordered = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Tag(spelling[key], anchor(key), tuple(found)) for key, found in ordered]


def related_pages(page: TaggedPage, tags: Sequence[Tag], count: int) -> list[TaggedPage]:
    """Other pages with tags of `page`, those that share the rarest first; `count` is the site's.

    A page has few relatives, or they would be no recommendation.
    """
    own = {name.casefold() for name in page.tags}
    scores: dict[TaggedPage, float] = {}
    for tag in tags:
        if tag.name.casefold() not in own or len(tag.pages) > max(_FEW, count * _COMMON_SHARE):
            continue
        for other in tag.pages:
            if other.identity != page.identity:
                scores[other] = scores.get(other, 0) + 1 / len(tag.pages)
    return sorted(scores, key=lambda other: (-scores[other], other.url))[:_RELATED]
