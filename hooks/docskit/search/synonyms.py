"""Words that may stand for one another: of those that the project knows, what a site can use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_LATIN = re.compile(r"[a-z0-9]+")


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split(", ")) for line in lines if not line.startswith("#"))


def synonyms(names: Iterable[str], own: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """The groups of which a word stands in `names`, the titles of a site in all its languages.

    Without the words that the site explains itself, `own`: where an image is a container's, it is
    no picture. Otherwise whole: a reader may type any word, most of all one that the site does
    not say. Headings would bring two to four times as many, for 0.7 % more first hits
    (tools/FIGURES.md).
    """
    text = "\n".join(names).casefold()
    words = set(_LATIN.findall(text))
    explained = {term.casefold() for term in own}
    groups = (tuple(name for name in group if name not in explained) for group in _groups())
    return [
        group
        for group in groups
        if len(group) > 1
        and any(
            words.issuperset(parts) if (parts := _LATIN.findall(name)) else name in text
            for name in group
        )
    ]
