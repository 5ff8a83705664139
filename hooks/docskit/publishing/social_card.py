"""The picture that chat programs show beside a shared link, drawn from the page's title."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from docskit.messages import digest
from docskit.publishing.byline import PageInfo
from docskit.publishing.published import PublishedPage

RECIPE = 1
"""To be raised when the same page is to be drawn in another way."""

# What Open Graph's readers agree on.
WIDTH, HEIGHT = 1200, 630

_LEFT, _RIGHT = 88, WIDTH - 88
# Size of the title in pixels, and in how many lines it may stand then.
_TITLE_SIZES = ((84, 2), (72, 2), (62, 3), (54, 3))
# More than any title that fits.
_LONGEST = 240
_LEADING = 1.32
_SMALL = 32
_SIMPLIFIED = 2
"""The face of the collection whose characters have the forms of the mainland."""

PAPER, INK, SOFT, _BRAND = "#ffffff", "#1d2b4a", "#4d5b78", "#1b5fb8"
GREEN, BLUE, YELLOW, _MIST = "#22a699", "#1f68c9", "#f6c465", "#eef3fa"

# A word with what may not be torn from it, or one character of those that lines break between.
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\u3000-\u30ff\uf900-\ufaff\uff00-\uffef]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：？！）》」』】〕…～%”’,.;:?!)]}"
_NOT_LAST = "（《「『【〔“‘([{"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says; `above` stands over the title and `below` at the foot, or is empty."""

    title: str
    site: str
    above: str = ""
    below: str = ""


def page_card(page: PublishedPage, info: PageInfo, site_name: str, site_description: str) -> Card:
    """The card of a page: its title, the part of the site it is in, who wrote it, and when."""
    if page.is_home:
        return Card(site_name, site_name, below=site_description)
    day = info.written or info.updated
    below = " | ".join(filter(None, [info.authors, day.text if day else ""]))
    return Card(page.title, site_name, page.section, below)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The font files, collections with Simplified Chinese as their third face."""

    bold: Path
    regular: Path

    @property
    def digest(self) -> bytes:
        """What differs where the fonts do; their sizes and names, as they are large."""
        paths = (self.bold, self.regular)
        return digest(repr([(path.name, path.stat().st_size) for path in paths]).encode())


def find_fonts(folders: Sequence[Path] = (Path("/usr/share/fonts"),)) -> Fonts | None:
    """Noto Sans CJK as Linux distributions package it; None if it is not installed."""
    for folder in folders:
        for bold in sorted(folder.rglob("NotoSansCJK-Bold.ttc")):
            regular = bold.with_name("NotoSansCJK-Regular.ttc")
            if regular.is_file():
                return Fonts(bold, regular)
    return None


@cache
def font_of(path: Path, size: int) -> ImageFont.FreeTypeFont:
    # The other engine is there on some machines only, and places letters otherwise.
    return ImageFont.truetype(path, size, _SIMPLIFIED, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(path: Path, character: str) -> bool:
    font = font_of(path, _SMALL)
    missing = font.getmask("\U0010fffe")
    mask = font.getmask(character)
    return mask.size != missing.size or bytes(mask) != bytes(missing)


def shown(text: str, path: Path) -> str:
    """`text` without what the font cannot draw, such as emoji."""
    words = " ".join(text.split())
    drawn = "".join(character for character in words if character == " " or _has(path, character))
    return " ".join(drawn.split())


def _pieces(text: str) -> Iterator[str]:
    """`text` cut where a line may end; a space belongs to what is before it."""
    piece = ""
    for found in _PIECE.findall(text):
        glued = found.isspace() or found[0] in _NOT_FIRST or (piece and piece[-1] in _NOT_LAST)
        if piece and not glued:
            yield piece
            piece = ""
        piece += found
    if piece:
        yield piece


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width`, by Chinese and Latin rules, as even as may be.

    A single word that is wider is cut; the last of too many words is not marked here.
    """

    def fill(limit: float) -> list[str]:
        lines = [""]
        for piece in _pieces(text):
            if lines[-1] and measure((lines[-1] + piece).rstrip()) > limit:
                lines.append("")
            lines[-1] += piece
            while measure(lines[-1].rstrip()) > limit and len(lines[-1]) > 1:
                word = lines[-1]
                counts = range(1, len(word))
                fits = max(1, bisect_right(counts, limit, key=lambda n: measure(word[:n])))
                lines[-1:] = [word[:fits], word[fits:]]
        return [line.strip() for line in lines if line.strip()]

    lines = fill(width)
    # As narrow as the same number of lines allows: no last line of one character.
    low, high = width / max(1, len(lines)), width
    while high - low > 8:
        middle = (low + high) / 2
        if len(fill(middle)) > len(lines):
            low = middle
        else:
            high = middle
    return fill(high)


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float, always: bool = False) -> str:
    """`text` in one line, with dots where some of it is missing."""
    if not always and font.getlength(text) <= width:
        return text
    dots = "..." if text.isascii() else "…"
    while text and font.getlength(text + dots) > width:
        text = text[:-1]
    return text.rstrip(" ,.;:，。；：、") + dots


def _title(text: str, path: Path) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    for size, most in _TITLE_SIZES:
        font = font_of(path, size)
        lines = wrap(text, _RIGHT - _LEFT, font.getlength)
        if len(lines) <= most:
            return font, lines
    return font, [*lines[: most - 1], _cut(lines[most - 1], font, _RIGHT - _LEFT, always=True)]


def mark(size: int, faint: bool) -> Image.Image:
    """The site's mark, as overrides/assets/images/mark.svg has it on its grid of 32."""
    scale = 4 * size / 32
    image = Image.new("RGBA", (4 * size, 4 * size))
    draw = ImageDraw.Draw(image)

    def line(points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        placed = [(x * scale, y * scale) for x, y in points]
        draw.line(placed, colour, round(width * scale), joint="curve")
        radius = width * scale / 2
        for x, y in placed:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), colour)

    def box(x: float, y: float, width: float, height: float, colour: str) -> None:
        corners = (x * scale, y * scale, (x + width) * scale, (y + height) * scale)
        draw.rounded_rectangle(corners, 4.5 * scale, colour)

    box(10, 2, 19, 23, "#e3f2f0" if faint else GREEN)
    box(3, 6, 20, 24, _MIST if faint else BLUE)
    line([(8, 13), (12.5, 17), (8, 21)], PAPER, 2.6)
    line([(14.5, 23.5), (18.5, 23.5)], "#fdf3dd" if faint else YELLOW, 2.6)
    return image.resize((size, size), Image.Resampling.LANCZOS)


@cache
def _sheet() -> Image.Image:
    """What all cards have in common."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for sign, place in (
        (mark(480, faint=True), (WIDTH - 370, HEIGHT - 360)),
        (mark(72, faint=False), (_LEFT - 6, 64)),
    ):
        image.paste(sign, place, sign)
    draw = ImageDraw.Draw(image)
    for left, right, colour in ((0, 800, BLUE), (800, 1080, GREEN), (1080, WIDTH, YELLOW)):
        draw.rectangle((left, HEIGHT - 14, right, HEIGHT), colour)
    return image


def is_drawable(card: Card, fonts: Fonts) -> bool:
    """Whether the font has any character of the title."""
    return bool(shown(card.title, fonts.bold))


def draw_card(card: Card, fonts: Fonts) -> bytes:
    """The card as PNG, 1200 × 630; what the font has not is left out, and never a box."""
    title = shown(card.title, fonts.bold)[:_LONGEST]
    image = _sheet().copy()
    draw = ImageDraw.Draw(image)
    name = font_of(fonts.bold, 36)
    site = _cut(shown(card.site, fonts.bold), name, _RIGHT - _LEFT - 90)
    draw.text((_LEFT + 84, 100), site, INK, name, anchor="lm")

    font, lines = _title(title, fonts.bold)
    leading = font.size * _LEADING
    small = font_of(fonts.regular, _SMALL)
    above = _cut(shown(card.above, fonts.regular), small, _RIGHT - _LEFT)
    # The title and what is over it stand in the middle of what head and foot leave.
    block = leading * len(lines) + (66 if above else 0)
    y = 170 + (HEIGHT - 170 - 130 - block) / 2
    if above:
        draw.text((_LEFT, y + 20), above, _BRAND, small, anchor="lm")
        y += 66
    for line in lines:
        draw.text((_LEFT, y + leading / 2), line, INK, font, anchor="lm")
        y += leading
    below = _cut(shown(card.below, fonts.regular), small, _RIGHT - _LEFT)
    draw.text((_LEFT, HEIGHT - 84), below, SOFT, small, anchor="lm")

    out = io.BytesIO()
    # Few colours, and soft edges of letters between two of them.
    image.quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()
