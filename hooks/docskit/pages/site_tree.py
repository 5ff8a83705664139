"""Which source files a site has, and how to find one whose name was not written exactly."""

from __future__ import annotations

import posixpath
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

INDEXES = ("index.md", "README.md")
_INDEX_STEMS = {"index", "readme"}
PAGE_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def loose(uri: str) -> str:
    """The same for spellings that differ in case, width (NFKC) or the form of accents."""
    return unicodedata.normalize("NFKC", uri).casefold()


def is_page(uri: str) -> bool:
    """Whether the source URI is a Markdown page."""
    return uri.lower().endswith(PAGE_SUFFIXES)


def is_index(uri: str) -> bool:
    """Whether the page is its folder's own: index or README, in letters of any case."""
    return is_page(uri) and posixpath.splitext(posixpath.basename(uri))[0].lower() in _INDEX_STEMS


class SiteTree:
    """All source URIs below the docs folder, seen in one language.

    Localised files go by two names: their own (`a.en.png`) and the one that authors write in
    every language (`a.png`). `find` takes both; everything else speaks of the latter.
    `drafts` are the source URIs of pages that are not published; no method gives them.
    `addresses` lead to the source URIs of the pages that have them on other sites.
    """

    def __init__(
        self,
        uris: Iterable[str],
        locales: Sequence[str] = (),
        locale: str = "",
        drafts: Iterable[str] = (),
        addresses: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.addresses = addresses or {}
        self.drafts = frozenset(drafts)
        self._locale = locale
        self._default = locales[0] if locales else ""
        self._locales = locales
        own = set(uris)
        self._own = own
        # A page in another language only is no page here, though its own name leads to it.
        shown = {"", locale, self._default}
        self.uris: set[str] = {name for uri in own for name, of in [self.split(uri)] if of in shown}

    def split(self, uri: str) -> tuple[str, str]:
        """The name without its locale, and the locale (empty where it has none)."""
        stem, suffix = posixpath.splitext(uri)
        name, locale = posixpath.splitext(stem)
        if locale[1:] in self._locales and posixpath.basename(name):
            return name + suffix, locale[1:]
        return uri, ""

    def find(self, uri: str) -> str | None:
        """The source URI as it may be written, or None."""
        return uri if uri in self.uris or uri in self._own else None

    @cached_property
    def with_drafts(self) -> SiteTree:
        """The tree in which they are published."""
        return SiteTree(
            {*self._own, *self.drafts}, self._locales, self._locale, addresses=self.addresses
        )

    @cached_property
    def folders(self) -> set[str]:
        """Every folder that has a file somewhere below it; '' is the docs folder."""
        found = {""}
        for uri in self.uris:
            folder = posixpath.dirname(uri)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return found

    @cached_property
    def _loosely(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for uri in sorted(self.uris | self._own):
            found[loose(uri)].append(uri)
        return found

    def find_loosely(self, uri: str) -> list[str]:
        """Files of that path but for case and width."""
        return self._loosely.get(loose(uri), [])

    @cached_property
    def _folders_loosely(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for folder in sorted(self.folders):
            found[loose(folder)].append(folder)
        return found

    def folder_loosely(self, folder: str) -> list[str]:
        """Folders of that path but for case and width."""
        return self._folders_loosely.get(loose(folder), [])

    @cached_property
    def _pages(self) -> list[str]:
        return sorted(uri for uri in self.uris if is_page(uri))

    def pages_below(self, folder: str, limit: int) -> list[str]:
        """The first pages below a folder, at most `limit`; '' has none but in its folders."""
        start = bisect_left(self._pages, folder + "/")
        found = self._pages[start : start + limit]
        return [uri for uri in found if uri.startswith(folder + "/")]

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for uri in sorted(self.uris):
            found[loose(posixpath.basename(uri))].append(uri)
        return found

    @cached_property
    def _from_the_end(self) -> list[tuple[str, str]]:
        """Every path but for case and width, its parts turned round, and the path."""
        return sorted((_turned(loose(uri)), uri) for uri in self.uris)

    def named(self, tail: str, limit: int = 4) -> list[str]:
        """Files whose path ends in these whole parts, whatever folder they are in.

        At most `limit`, in the order of their folders.
        """
        key = _turned(loose(tail))
        paths = self._from_the_end
        start = bisect_left(paths, (key, ""))
        found = paths[start : start + limit]
        return [uri for turned, uri in found if turned.startswith(key)]

    @cached_property
    def _names(self) -> Mapping[str, _Names]:
        """Extension → names of the files that have it."""
        found: dict[str, _Names] = defaultdict(_Names)
        for name in self._by_name:
            found[posixpath.splitext(name)[1]].add(name)
        return found

    def like(self, uri: str, limit: int = 3) -> list[str]:
        """Files of a similar name and the same kind, best first."""
        name = loose(posixpath.basename(uri))
        suffix = posixpath.splitext(name)[1] or ".md"
        pictures = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}
        kinds = pictures if suffix in pictures else {suffix}
        pools = [self._names[kind] for kind in sorted(kinds) if kind in self._names]
        pool = [other for names in pools for other in names.near(name)]
        near = get_close_matches(name, pool, n=limit, cutoff=0.7)
        near = [other for other in pool if other == name] or near
        return [uri for other in near for uri in self._by_name[other]][:limit]


def _turned(path: str) -> str:
    """The parts of a path from the last to the first, each followed by a slash."""
    return "".join(f"{part}/" for part in reversed(path.split("/")))


_COMPARED = 60
"""Names that a name is compared with: a comparison takes some 20 µs."""
_LOOKED_AT = 4000


class _Names:
    """Names of files, and which of them have most letters in common with another."""

    def __init__(self) -> None:
        self._all: list[str] = []
        self._by_pair: dict[str, list[int]] = defaultdict(list)

    def add(self, name: str) -> None:
        for pair in _pairs(name):
            self._by_pair[pair].append(len(self._all))
        self._all.append(name)

    def near(self, name: str) -> list[str]:
        """The names that may be similar, all of them where they are few."""
        if len(self._all) <= _COMPARED:
            return self._all
        lists = sorted(
            (self._by_pair[pair] for pair in _pairs(name) & self._by_pair.keys()), key=len
        )
        counts: Counter[int] = Counter()
        looked_at = 0
        # What few names have says most; what all have, such as `.png`, would cost most.
        for numbers in lists:
            looked_at += len(numbers)
            if looked_at > _LOOKED_AT and counts:
                break
            counts.update(numbers[:_LOOKED_AT])
        return [self._all[number] for number, _ in counts.most_common(_COMPARED)]


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(max(len(name) - 1, 1))}
