"""Draw a recorded terminal session: text with colour codes in, SVG out."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

CELL, LINE, EDGE, SIZE = 9.6, 22, 16, 16
BACKGROUND, PLAIN = "#14213d", "#e8eefc"
# The eight colours of a terminal, 30 to 37, light enough to be read on BACKGROUND.
COLOURS = ("#8b98b8", "#ff8f87", "#7fd99a", "#f2cc60", "#7db8ff", "#d9a6ff", "#6fd6d6", PLAIN)
CODE = re.compile(r"\x1b\[([\d;]*)m")


def columns(text: str) -> int:
    """How many cells of a terminal `text` takes; a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def runs(line: str) -> list[tuple[str, str, bool]]:
    """The `(text, colour, bold)` of each stretch of a line."""
    found, colour, bold, pieces = [], PLAIN, False, CODE.split(line)
    for text, codes in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        for code in (int(code or 0) for code in codes.split(";") if codes or text):
            bold = code == 1 or (bold and code != 0)
            if code in (0, 39):
                colour = PLAIN
            elif 30 <= code % 60 <= 37:
                colour = COLOURS[code % 60 - 30]
        if text:
            found.append((text, colour, bold))
    return found


def drawn(session: str) -> str:
    """The session as an SVG; a line that begins with `$ ` is what was typed."""
    lines = session.rstrip("\n").split("\n")
    width = round(2 * EDGE + CELL * max(columns(CODE.sub("", line)) for line in lines))
    height = 2 * EDGE + LINE * len(lines)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<style>text{{font:{SIZE}px "DejaVu Sans Mono","Noto Sans Mono CJK SC","Noto Sans CJK SC",'
        f"monospace;white-space:pre}}.wide{{font-size:{2 * CELL - 1:.0f}px}}</style>"
        f'<rect width="100%" height="100%" rx="12" fill="{BACKGROUND}"/>'
    ]
    for number, line in enumerate(lines):
        x, y = float(EDGE), EDGE + LINE * number + 16
        for text, colour, bold in runs(line):
            look = ' style="font-weight:700"' if bold or line.startswith("$ ") else ""
            for piece in re.findall(r"[^\u2e80-\uffef]+|[\u2e80-\uffef]+", text):
                length = CELL * columns(piece)
                wide = ' class="wide"' if columns(piece) > len(piece) else ""
                out.append(
                    f'<text x="{x:.1f}" y="{y}" fill="{colour}"{look}{wide} '
                    f'textLength="{length:.1f}">{escape(piece)}</text>'
                )
                x += length
    return "\n".join([*out, "</svg>"])
