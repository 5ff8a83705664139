"""Asterisks that CommonMark takes for themselves and Python-Markdown for emphasis.

The rule is CommonMark's for delimiter runs, with the amendment for Han of
github.com/tats-u/markdown-cjk-friendly: Chinese punctuation counts as a letter, and a Chinese
character on one side as a space.
"""

from __future__ import annotations

import re
import unicodedata

# `*[HTML]: …` explains an abbreviation.
_SINGLE = re.compile(r"(?<![*\\])\*(?!\*)(?!\[[^\]\n]+\]:)")
_DESTINATION = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*")


def is_cjk(character: str) -> bool:
    """Whether it is a Chinese, Japanese or Korean letter or mark."""
    return character >= "\u1100" and (
        unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"
    )


def flanks(before: str, after: str, single: bool = False) -> tuple[bool, bool]:
    """Whether a run of asterisks between the two characters can open, and can close.

    A `single` one before a dot, as in `变成了*.gz`, follows CommonMark to the letter.
    """
    stop_before, stop_after = _stops(before), _stops(after)
    opens = not after.isspace() and (
        not stop_after
        or before.isspace()
        or stop_before
        or (is_cjk(before) and not (single and after == "."))
    )
    closes = not before.isspace() and (
        not stop_before or after.isspace() or stop_after or is_cjk(after)
    )
    return opens, closes


def _stops(character: str) -> bool:
    return not is_cjk(character) and unicodedata.category(character)[0] in "PS"


def escape_lone_stars(text: str, kept: re.Pattern[str]) -> str:
    """`text` with a backslash before each single asterisk without a partner, as in `*.gz`.

    What `kept` finds is passed over, and so are `**` and asterisks between spaces.
    """
    if not _SINGLE.search(text) or "***" in text:
        return text
    # What stands for code or a tag is punctuation to its neighbours, as its own signs are.
    shown = _DESTINATION.sub(_hidden, kept.sub(_hidden, text))
    lone: list[int] = []
    waiting: list[int] = []
    for star in _SINGLE.finditer(shown):
        before = shown[star.start() - 1] if star.start() else " "
        after = shown[star.end()] if star.end() < len(shown) else " "
        opens, closes = flanks(before, after, single=True)
        if closes and waiting:
            waiting.pop()
        elif opens:
            waiting.append(star.start())
        elif closes:
            lone.append(star.start())
    for position in sorted([*lone, *waiting], reverse=True):
        text = f"{text[:position]}\\{text[position:]}"
    return text


def _hidden(match: re.Match[str]) -> str:
    return "." + "x" * (len(match[0]) - 2) + "." if len(match[0]) > 1 else match[0]
