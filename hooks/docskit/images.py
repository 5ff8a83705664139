"""Give every picture of a page its size, so that nothing moves when it arrives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

import imagesize

from docskit.html_tags import tags
from docskit.problem import Problem, Severity

Size = tuple[int, int]

_VIEW_BOX = re.compile(
    rb"""<svg[^>]*\sviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""", re.DOTALL
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:px)?")
_SIZED_BY_STYLE = re.compile(r"(?:^|[;\s])(?:width|height|aspect-ratio|max-width)\s*:", re.I)
# Emoji and icons are set in a line of text.
_INLINE = {"twemoji", "emojione", "gemoji"}


def image_size(path: Path) -> Size | None:
    """Width and height in CSS pixels of the picture at `path`; None if it cannot be read."""
    try:
        if path.suffix.lower() == ".svg":
            with path.open("rb") as file:
                head = file.read(4096)
            box = _VIEW_BOX.search(head)
            if box:
                return round(float(box[1])), round(float(box[2]))
        width, height = imagesize.get(path)
    except (OSError, ValueError, TypeError):
        return None
    return (round(width), round(height)) if width > 0 and height > 0 else None


@dataclass(frozen=True, slots=True)
class _Image:
    start: int
    end: int
    attributes: dict[str, str]

    def value(self, name: str) -> str:
        return self.attributes.get(name, "").strip()


def _pixels(value: str) -> float | None:
    return float(value.removesuffix("px")) if _NUMBER.fullmatch(value) else None


def _size_attributes(image: _Image, size: Size) -> tuple[dict[str, str], str]:
    """The attributes and the style to add; the author's own width or height rules."""
    width, height = size
    given_width, given_height = image.value("width"), image.value("height")
    if _SIZED_BY_STYLE.search(image.value("style")):
        return {}, f"aspect-ratio: {width} / {height}"
    if not given_width and not given_height:
        return {"width": str(width), "height": str(height)}, ""
    if given_width and given_height:
        return {}, ""
    pixels = _pixels(given_width or given_height)
    if not pixels:
        return {}, f"aspect-ratio: {width} / {height}"
    if given_width:
        return {"height": str(round(pixels * height / width) or 1)}, ""
    return {"width": str(round(pixels * width / height) or 1)}, ""


def _rewritten(tag: str, image: _Image, size: Size | None, first: bool) -> str:
    """The tag with what is missing added before its end; not a byte of the rest changes."""
    added: dict[str, str] = {}
    style = ""
    if size:
        added, style = _size_attributes(image, size)
    if not first and "loading" not in image.attributes:
        added["loading"] = "lazy"
    if "decoding" not in image.attributes:
        added["decoding"] = "async"
    if style and not image.value("style"):
        added["style"] = style
    elif style and "aspect-ratio" not in image.value("style"):
        old = image.value("style").rstrip("; ")
        pattern = re.compile(r"""(\sstyle\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
        new = escape(f"{old}; {style}")
        tag = pattern.sub(lambda match: f'{match[1]}"{new}"', tag, count=1)
    end = re.search(r"\s*/?>$", tag)
    if end is None:
        return tag
    attributes = "".join(f' {name}="{value}"' for name, value in added.items())
    closing = " />" if end[0].endswith("/>") else ">"
    return tag[: end.start()] + attributes + closing


def _without_alt(path: str, source: str, src: str) -> Problem:
    name = unescape(src).rsplit("/", 1)[-1].split("#")[0]
    # The author may have written another case, or the name as an address has it.
    words = source.casefold()
    spellings = (spelling.casefold() for spelling in (name, unquote(name)))
    place = max(words.find(spelling) for spelling in spellings)
    line = source.count("\n", 0, place) + 1 if place >= 0 else 0
    return Problem(
        path,
        line,
        0,
        "image-without-alt",
        Severity.HINT,
        f"图片 '{name}' 没有说明文字，看不见图的读者不知道画的是什么。"
        '请写成 ![一句话说明](…) 或 alt="一句话说明"。',
        f"The picture '{name}' has no alternative text. "
        'Write ![what it shows](…) or alt="what it shows".',
    )


def dress_images(
    html: str, size_of: Callable[[str], Size | None], source: str, path: str
) -> tuple[str, list[Problem]]:
    """Add sizes and loading hints to every `img` of a page's content, and captions.

    `size_of` is asked with the `src` as it stands in the page and answers None for pictures
    that are not the site's own. A picture that stands alone in its paragraph and has a title
    becomes a figure with the title as its caption. `source` is the author's file at the source
    URI `path`.
    """
    problems: list[Problem] = []
    parts: list[str] = []
    done = 0
    first = True
    for found in tags(html, frozenset({"img"})):
        image = _Image(found.start, found.end, found.attributes())
        src = image.value("src")
        if not src or _INLINE & set(image.value("class").split()):
            continue
        tag = _rewritten(html[image.start : image.end], image, size_of(src), first)
        first = False
        if not image.value("alt") and image.value("role") != "presentation":
            problems.append(_without_alt(path, source, src))
        start, end = image.start, image.end
        alone = html[:start].endswith("<p>") and html.startswith("</p>", end)
        if alone and image.value("title"):
            caption = escape(image.value("title"), quote=False)
            tag = f"<figure>{tag}<figcaption>{caption}</figcaption></figure>"
            start, end = start - len("<p>"), end + len("</p>")
        parts += [html[done:start], tag]
        done = end
    return "".join(parts) + html[done:], problems
