"""What the glyphs of a PDF say: Han characters, not the radicals that look like them.

Noto draws 文 (U+6587) and the Kangxi radical ⽂ (U+2F42) with one glyph, and Chromium notes the
radical as its meaning: who searches the PDF for 文档, or copies it, then gets something else.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# Those that Unicode has no compatibility mapping for (its EquivalentUnifiedIdeograph.txt).
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺒⺝⺠⺩⺬⺮⺶⻁⻄⻅⻆⻈⻉⻊⻋⻐⻑⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱",
        "厂乙巳月民王示竹羊虎西见角讠贝足车钅長长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀",
        strict=True,
    )
)
_SECTION = re.compile(rb"\d+ beginbf(char|range)\s(.*?)endbf\1", re.DOTALL)
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>")
# Readers of PDF take no more in one section.
_MOST = 100


def han(character: str) -> str:
    """The Han character that a radical looks like; any other character as it is."""
    if not "\u2e80" <= character <= "\u2fdf":
        return character
    return _SUPPLEMENT.get(character) or normalize("NFKC", character)


def with_han(cmap: bytes) -> bytes:
    """A font's `ToUnicode` stream (ISO 32000, 9.10.3) with Han characters for radicals."""

    def section(found: re.Match[bytes]) -> bytes:
        if found[1] == b"char":
            return _CHAR.sub(char, found[0])
        pairs: list[tuple[bytes, int]] = []
        kept: list[bytes] = []
        for first, last, meaning in _RANGE.findall(found[2]):
            codes = range(int(first, 16), int(last, 16) + 1)
            meanings = range(int(meaning, 16), int(meaning, 16) + len(codes))
            if meanings.stop <= 0x2E80 or meanings.start > 0x2FDF:
                kept.append(b"<%b> <%b> <%b>" % (first, last, meaning))
            else:
                width = len(first)
                pairs += [
                    (b"%0*X" % (width, code), ord(han(chr(value))))
                    for code, value in zip(codes, meanings, strict=True)
                ]
        if not pairs:
            return found[0]
        lines = [b"<%b> <%04X>" % pair for pair in pairs]
        return b"\n".join(_sections(b"range", kept) + _sections(b"char", lines))

    def char(found: re.Match[bytes]) -> bytes:
        if len(found[2]) != 4:
            return found[0]
        meaning = ord(han(chr(int(found[2], 16))))
        return b"<%b> <%04X>" % (found[1], meaning)

    return _SECTION.sub(section, cmap)


def _sections(kind: bytes, lines: list[bytes]) -> list[bytes]:
    parts = [lines[start : start + _MOST] for start in range(0, len(lines), _MOST)]
    return [
        b"%d beginbf%b\n%b\nendbf%b" % (len(part), kind, b"\n".join(part), kind) for part in parts
    ]
