"""Which pages of the site a page leads to: what many lead to is more often what is looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log1p

# What a link from one more page is worth, of the score: tools/FIGURES.md.
_LINKED = 0.15


def link_boosts(links_of_pages: Iterable[Iterable[str]]) -> dict[str, float]:
    """Name of a page → by what to multiply its score, for those that other pages lead to."""
    counts = Counter(name for links in links_of_pages for name in links)
    return {name: round(1 + _LINKED * log1p(count), 2) for name, count in counts.items()}
