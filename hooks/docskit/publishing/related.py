"""Pages to read next: those that share a page's tags, link to it, or that it links to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from docskit.pages import is_index
from docskit.publishing.tag_names import Tag, TaggedPage

_SHOWN = 3
# A tag on a good part of the site says nothing about two pages.
_COMMON_SHARE = 0.3
_FEW = 5
_A_LIST = 12
"""Links from which a page is a list, which recommends none of them."""
_SEEN = 0.5
"""A link in the page's own text has been offered to its reader already."""


class Relatives:
    """The pages of one language, their tags, and which of them link to which.

    `links` are the identities that each page links to, by its own.
    """

    def __init__(
        self,
        pages: Iterable[TaggedPage],
        tags: Iterable[Tag],
        links: Mapping[str, Collection[str]],
    ) -> None:
        self._pages = {page.identity: page for page in pages}
        self._tags = {tag.slug: tag for tag in tags}
        self._links = {
            page: {other for other in found if other != page and other in self._pages}
            for page, found in links.items()
        }
        self._linked_from: dict[str, set[str]] = defaultdict(set)
        for page, found in self._links.items():
            if len(found) <= _A_LIST:
                for other in found:
                    self._linked_from[other].add(page)

    def of(self, identity: str, shown_already: Collection[str] = ()) -> list[TaggedPage]:
        """The closest, those of the rarest tags first.

        A page has few relatives, or they would be no recommendation. A link alone is no reason
        to name one of `shown_already`: identities of pages that are offered beside the list.
        """
        page = self._pages.get(identity)
        if page is None:
            return []
        scores: dict[str, float] = defaultdict(float)
        for slug in page.tags:
            tag = self._tags[slug]
            if len(tag.pages) <= max(_FEW, len(self._pages) * _COMMON_SHARE):
                for other in tag.pages:
                    scores[other.identity] += 1 / len(tag.pages)
        own = self._links.get(identity, set())
        linked = {other: 1 / len(self._links[other]) for other in self._linked_from[identity]}
        for target in own if len(own) <= _A_LIST else ():
            linked[target] = linked.get(target, 0) + _SEEN / len(own)
        for other_identity, score in linked.items():
            if other_identity not in shown_already and not _is_above(other_identity, identity):
                scores[other_identity] += score
        scores.pop(identity, None)
        found = [self._pages[other] for other in scores]
        return sorted(found, key=lambda other: (-scores[other.identity], other.url))[:_SHOWN]


def _is_above(other: str, identity: str) -> bool:
    """Whether `other` is the index of a folder that the page is in: the way up, and no news."""
    folder = posixpath.dirname(other)
    return is_index(other) and (not folder or identity.startswith(f"{folder}/"))
