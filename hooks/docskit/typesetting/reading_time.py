"""How long a page takes to read."""

from __future__ import annotations

import re
from math import ceil

from docskit.html import without_tags

# Silent reading: about 300 Han characters or 200 Latin words a minute for technical text,
# and a picture holds the eye for some ten seconds.
HAN_A_MINUTE = 300
WORDS_A_MINUTE = 200
PICTURES_A_MINUTE = 6

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[A-Za-z0-9][\w'’-]*")


def reading_minutes(html: str) -> int:
    """Whole minutes, at least 1, for the text and pictures of a rendered page."""
    text = without_tags(html, " ")
    han = sum(map(len, _HAN.findall(text)))
    words = len(_WORD.findall(_HAN.sub(" ", text)))
    pictures = html.count("<img")
    return max(1, ceil(han / HAN_A_MINUTE + words / WORDS_A_MINUTE + pictures / PICTURES_A_MINUTE))
