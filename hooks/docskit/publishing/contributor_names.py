"""Who has written a page, and everybody who has written something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTRIBUTORS_PAGE = "contributors.md"
# Accounts of programs, as forges name them.
_PROGRAM = re.compile(r"\[bot\]$|^(?:dependabot|github-actions|renovate)\b", re.IGNORECASE)
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody, with the number of pages that they have written or changed."""

    name: str
    pages: int


def people_of(counts: Mapping[str, int]) -> list[str]:
    """Those who changed a page, the most active first; programs are left out."""
    names = [name for name in counts if not _PROGRAM.search(name)]
    return sorted(names, key=lambda name: (-counts[name], name))[:_SHOWN]


def all_contributors(pages: Iterable[Mapping[str, int]]) -> list[Contributor]:
    """All people of the pages, those of most pages first."""
    counts: dict[str, int] = {}
    for page in pages:
        for name in page:
            if not _PROGRAM.search(name):
                counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Contributor(name, count) for name, count in ordered]
