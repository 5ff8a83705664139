"""Changes to a text that can be made together: none touches what another changes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


class OverlapError(ValueError):
    """Two changes want the same place, and only one can have it."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`new` instead of `text[start:end]`; an insertion where `start` is `end`."""

    start: int
    end: int
    new: str

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span of a text: {self.start} to {self.end}")

    def overlaps(self, other: Edit) -> bool:
        """Whether the two cannot both be made, or not in a certain order."""
        if self.start == self.end == other.start == other.end:
            return True
        return self.start < other.end and other.start < self.end


class Edits:
    """Edits in order of place, none of which overlaps another."""

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        """Take all of `edits`; OverlapError where that cannot be."""
        self._edits: list[Edit] = []
        for edit in edits:
            if not self.add(edit):
                raise OverlapError(f"{edit} overlaps another change")

    def add(self, edit: Edit) -> bool:
        """Take one more; False, and nothing changes, where it overlaps another.

        The same edit twice is one.
        """
        place = bisect_left(self._edits, edit)
        if self._edits[place : place + 1] == [edit]:
            return True
        # An insertion and the span that begins after it are neighbours in this order.
        if any(edit.overlaps(other) for other in self._edits[max(place - 1, 0) : place + 1]):
            return False
        insort(self._edits, edit)
        return True

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._edits)

    def __len__(self) -> int:
        return len(self._edits)

    def apply(self, text: str) -> str:
        """The text after all of them."""
        parts: list[str] = []
        last = 0
        for edit in self._edits:
            parts += [text[last : edit.start], edit.new]
            last = edit.end
        return "".join([*parts, text[last:]])
