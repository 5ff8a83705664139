"""The part of a long folder that a page's navigation shows: what stands around the page.

A folder of 1,800 articles would be 125 KB of navigation around 4 KB of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

LONG = 60
"""More entries than this are not read, but searched; all our own folders are shorter."""
AROUND = 15
"""Shown before and after the page: with the page, what two screens of a phone hold."""


@dataclass(frozen=True, slots=True)
class NearEntries(Generic[T]):
    """`shown` begins at `before`, which is also how many are left out there; `after` are more."""

    shown: Sequence[T]
    before: int = 0
    after: int = 0


def near_entries(entries: Sequence[T], current: int) -> NearEntries[T]:
    """The entries around number `current`, counted from 0; all of them where there are few.

    At either end of the list as many are shown as in its middle.
    """
    if len(entries) <= LONG:
        return NearEntries(entries)
    count = 2 * AROUND + 1
    first = min(max(current - AROUND, 0), len(entries) - count)
    return NearEntries(entries[first : first + count], first, len(entries) - first - count)
