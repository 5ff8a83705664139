"""Characters that cannot stand in a published file: XML has no way to write them."""

from __future__ import annotations

import re

from docskit.messages.problem import Problem, Severity

# All but https://www.w3.org/TR/xml/#charsets; lone surrogates cannot even be written as UTF-8.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# They separate words as a space does.
_SPACES = {"\x0b": " ", "\x0c": " "}


def fit(text: str) -> str:
    """`text` without the characters that no feed, sitemap or page can hold."""
    return _UNFIT.sub(lambda found: _SPACES.get(found[0], ""), text)


def unfit_characters(text: str, path: str) -> list[Problem]:
    """One message for all such characters of an author's file, at the first of them."""
    first = _UNFIT.search(text)
    if first is None:
        return []
    count = sum(1 for _ in _UNFIT.finditer(text))
    start = text.rfind("\n", 0, first.start()) + 1
    name = f"U+{ord(first[0]):04X}"
    return [
        Problem(
            path,
            text.count("\n", 0, first.start()) + 1,
            first.start() - start + 1,
            "control-character",
            Severity.INFO,
            f"这里有看不见的控制字符 {name}（全文共 {count} 个），网页里已去掉；"
            "多半是从终端或 PDF 复制来的，请删掉",
            f"there is an invisible control character {name} here ({count} on the page), which "
            "was left out; it probably came with text from a terminal or a PDF, delete it",
        )
    ]
