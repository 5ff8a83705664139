"""What is shown to readers of a language, and in which languages we have words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

_Words = TypeVar("_Words")
# https://www.unicode.org/Public/UCD/latest/ucd/ScriptExtensions.txt: those that mix Han in.
_EASTERN = {"zh", "yue", "ja", "ko"}


def language(locale: str) -> str:
    """`zh` for `zh`, `zh-CN` and `zh_Hant`."""
    return re.split(r"[-_]", locale)[0].lower()


def is_eastern(locale: str) -> bool:
    """Whether the language is written in Han, kana or hangul."""
    return language(locale) in _EASTERN


def in_language(words: Mapping[str, _Words], locale: str) -> _Words:
    """The entry of a reader's language; English for one that has none yet.

    Every table of words that readers see is asked by this, so that a search for it finds what a
    further language needs: `{"zh": "作者", "en": "By"}` gets `"ja": "著者"`.

    >>> in_language({"zh": "作者", "en": "By"}, "zh-TW")
    '作者'
    >>> in_language({"zh": "作者", "en": "By"}, "ja")
    'By'
    """
    return words.get(language(locale), words["en"])
