"""The picture of an EPUB's cover, in the manner of the social cards."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from docskit.book.book_source import BookSource
from docskit.publishing import BLUE, GREEN, INK, PAPER, SOFT, YELLOW, Fonts, font_of, mark, wrap
from docskit.publishing import shown as shown_in

WIDTH, HEIGHT = 1200, 1800
_LEFT = 120
_ROOM = WIDTH - 2 * _LEFT


def draw_cover(source: BookSource, fonts: Fonts) -> bytes:
    """The cover as PNG, 1200 × 1800."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for sign, place in (
        (mark(900, faint=True), (WIDTH - 640, HEIGHT - 880)),
        (mark(180, faint=False), (_LEFT - 12, 330)),
    ):
        image.paste(sign, place, sign)
    draw = ImageDraw.Draw(image)
    y = 640.0
    title = shown_in(source.title, fonts.bold)[:120]
    for size in (136, 112, 92, 76):
        font = font_of(fonts.bold, size)
        lines = wrap(title, _ROOM, font.getlength)
        if len(lines) <= 3:
            break
    for line in lines[:5]:
        draw.text((_LEFT, y), line, INK, font)
        y += font.size * 1.32
    small = font_of(fonts.regular, 46)
    y += 40
    for line in wrap(shown_in(source.subtitle, fonts.regular)[:120], _ROOM, small.getlength)[:4]:
        draw.text((_LEFT, y), line, SOFT, small)
        y += 70
    if source.author not in source.title:
        draw.text((_LEFT, HEIGHT - 190), shown_in(source.author, fonts.regular)[:40], SOFT, small)
    for left, right, colour in ((0, 800, BLUE), (800, 1080, GREEN), (1080, WIDTH, YELLOW)):
        draw.rectangle((left, HEIGHT - 32, right, HEIGHT), colour)
    out = io.BytesIO()
    image.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()
