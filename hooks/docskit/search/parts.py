"""A large site's index in parts: on which pages a term stands, and each page's text by itself.

A reader's browser loads the parts in which the query's terms are, takes the pages that hold most
of it, loads their texts and ranks them as it ranks a small site (parts.js). A term is a pair of
Han characters or a word: pairs need no dictionary, and words are not stemmed, so that forms and
beginnings of a word stand beside each other.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from unicodedata import normalize

# Characters of a part before compression, which leaves about half.
PART = 3_000
# No longer part of a word is looked for: parts.js.
LONGEST_TERM = 32
# Where a term stands counts: in the title, in a heading, often in the text, once.
TITLE, HEADING, OFTEN, ONCE = 3, 2, 1, 0
_OFTEN = 3

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"([{_HAN}]+)|(?:(?![{_HAN}])[^\W_])+(?:\+\+|#)?")
# No quote and no backslash: JSON spends two bytes on those.
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def folding(characters: Iterable[str], pairs: str) -> dict[int, str]:
    """For `str.translate`: what words.js folds each of `characters` to; `pairs` are `variants`."""
    simplified = dict(zip(pairs[::2], pairs[1::2], strict=True))
    table = {}
    for own in characters:
        folded = simplified.get(own) or normalize("NFKC", own).lower()
        if own <= "\uffff" and len(folded) == 1 and folded <= "\uffff" and folded != own:
            table[ord(own)] = folded
    return table


def terms(folded: str) -> Iterator[str]:
    """The terms of a folded text: pairs of Han characters, one that stands alone, words."""
    for token in _TOKEN.finditer(folded):
        run = token[0]
        if not token[1] or len(run) == 1:
            yield run[:LONGEST_TERM]
        else:
            yield from map("".join, pairwise(run))


def postings(pages: Iterable[tuple[str, str, str]]) -> dict[str, array[int]]:
    """Term → 4 · page + where it stands best; a page is its folded names, headings and text."""
    found: dict[str, array[int]] = {}
    for number, (named, headings, text) in enumerate(pages):
        best = {
            term: OFTEN if count >= _OFTEN else ONCE for term, count in Counter(terms(text)).items()
        }
        best |= dict.fromkeys(terms(headings), HEADING)
        best |= dict.fromkeys(terms(named), TITLE)
        for term, place in best.items():
            if term not in found:
                found[term] = array("I")
            found[term].append(4 * number + place)
    return found


def divided(found: dict[str, array[int]]) -> tuple[list[str], list[str]]:
    """The first term of each part, and the parts: a line for each term, in UTF-16's order."""
    starts, parts = [], []
    lines: list[str] = []
    room = 0
    for term in sorted(found, key=lambda term: term.encode("utf-16-be")):
        if room <= 0:
            if lines:
                parts.append("\n".join(lines))
            starts.append(term)
            lines, room = [], PART
        lines.append(f"{term} {_written(found[term])}")
        room -= len(lines[-1])
    if lines:
        parts.append("\n".join(lines))
    return starts, parts


def _written(numbers: Sequence[int]) -> str:
    """Each page as its distance from the one before and its place, in digits of five bits."""
    written = []
    before = 0
    for number in numbers:
        value = ((number >> 2) - before) * 4 + (number & 3)
        before = number >> 2
        while value > 31:
            written.append(_DIGITS[32 | value & 31])
            value >>= 5
        written.append(_DIGITS[value])
    return "".join(written)
