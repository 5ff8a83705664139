"""Give every picture of a page its size, so that nothing moves when it arrives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

import imagesize

from docskit.html import tags, without_tags
from docskit.messages import Problem, Severity
from docskit.outside import is_outside
from docskit.references import Kind, SourceReference, empty_addresses, source_references

Size = tuple[int, int]
Candidates = list[tuple[str, int]]
"""URLs as the page writes them, and the widths in pixels of what they lead to, rising."""

# The column of text in CSS pixels, and what a narrow window leaves beside it.
_COLUMN = 736
_MARGIN = 32

_FIRST_SCREEN = 1200
"""Letters that a screen and a bit hold, of a phone or a desktop."""

_VIEW_BOX = re.compile(
    rb"""<svg[^>]*\sviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""", re.DOTALL
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:px)?")
_SIZED_BY_STYLE = re.compile(r"(?:^|[;\s])(?:width|height|aspect-ratio|max-width)\s*:", re.I)
# Emoji and icons are set in a line of text.
_INLINE = {"twemoji", "emojione", "gemoji"}


# Pixels of a side that no picture has, in which a browser would lay nothing out.
_LARGEST = 10_000_000
# Drawings apart, which may do without a size of their own.
_PHOTOGRAPHS = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp"}


# What phones, scanners and drawing programs save, and hardly any browser shows.
_SHOWN_NOWHERE = re.compile(
    r"\.(?:heic|heif|tiff?|psd|ai|eps|raw|dng|cr2|nef|svgz|wmf|emf|vsdx?|drawio|xcf|pdf|docx?|pptx?)",
    re.IGNORECASE,
)


def is_unreadable(path: Path, size: Size | None) -> bool:
    """Whether a browser will show nothing: an empty file, or something else by that name."""
    if path.suffix.lower() == ".svg" and size is None:
        try:
            return b"<svg" not in path.read_bytes().replace(b"\0", b"")
        except OSError:
            return False
    return size is None and path.suffix.lower() in _PHOTOGRAPHS


def image_size(path: Path) -> Size | None:
    """Width and height in CSS pixels of the picture at `path`; None if it cannot be read."""
    try:
        # The cache has pictures of other hosts without an extension of their own.
        if path.suffix.lower() in (".svg", ".bin"):
            with path.open("rb") as file:
                head = file.read(4096)
            box = _VIEW_BOX.search(head)
            if box:
                return _rounded(float(box[1]), float(box[2]))
        return _rounded(*imagesize.get(path))
    except (OSError, ValueError, TypeError, OverflowError):
        return None


def _rounded(width: float, height: float) -> Size | None:
    """Whole pixels; None for what is no picture's size: nothing, or more than any screen."""
    size = round(width), round(height)
    return size if all(0 < side < _LARGEST for side in size) else None


@dataclass(frozen=True, slots=True)
class _Image:
    start: int
    end: int
    attributes: dict[str, str]

    def value(self, name: str) -> str:
        return self.attributes.get(name, "").strip()


def _pixels(value: str) -> float | None:
    pixels = float(value.removesuffix("px")) if _NUMBER.fullmatch(value) else None
    return pixels if pixels is not None and pixels < _LARGEST else None


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


def _declared(style: str, name: str) -> str:
    """The value of a property in a style attribute; empty if it is not there."""
    found = re.search(rf"(?:^|[;\s]){name}\s*:\s*([^;!]*)", style, re.IGNORECASE)
    return found[1].strip().lower() if found else ""


def _sizes(image: _Image, added: dict[str, str]) -> str:
    """How wide the picture will be shown, for `sizes`; empty where that cannot be told.

    With `srcset` a browser takes this for the picture's own width, so a picture that only
    that would decide about gets none.
    """
    style = image.value("style")
    styled = _declared(style, "width")
    if not styled and (_declared(style, "height") or _declared(style, "max-width")):
        return ""
    width = styled or added.get("width", "") or image.value("width")
    zoom = _declared(style, "zoom") or "100%"
    share = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", zoom)
    factor = float(share[1]) / (100 if share[2] else 1) if share else 1.0
    if factor > _LARGEST:
        return ""
    if width.endswith("%") and _NUMBER.fullmatch(width[:-1]):
        part = min(float(width[:-1]) / 100 * factor, 1.0)
        narrow = f"calc((100vw - {_MARGIN}px) * {part:g})" if part < 1 else ""
        wide = round(_COLUMN * part)
        edge = _COLUMN + _MARGIN
    else:
        pixels = _pixels(width)
        if not pixels or not factor:
            return ""
        wide = min(round(pixels * factor), _COLUMN) or 1
        narrow, edge = "", wide + _MARGIN
    return f"(max-width: {edge}px) {narrow or f'calc(100vw - {_MARGIN}px)'}, {wide}px"


def _choice(
    image: _Image, size: Size, added: dict[str, str], candidates: Candidates
) -> dict[str, str]:
    """`srcset` and `sizes`; the original is the widest to choose where none stands for it."""
    sizes = _sizes(image, added)
    if not sizes or not candidates or {"srcset", "sizes"} & image.attributes.keys():
        return {}
    widest = candidates[-1][1]
    if widest < min(size[0], 2 * _COLUMN):
        # Its address is the author's, in which a blank or a comma would end the candidate.
        src = image.value("src").replace(" ", "%20").replace(",", "%2C")
        candidates = [*candidates, (src, size[0])]
    srcset = ", ".join(f"{url} {width}w" for url, width in candidates)
    return {"srcset": escape(srcset), "sizes": sizes}


_SRC = re.compile(r"""(\ssrc\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)


def _outside(tag: str, image: _Image, secure: bool) -> tuple[str, dict[str, str]]:
    """The tag of a picture on another host, by https if that answers, and what it lacks.

    Hosts of pictures refuse by Referer; and what readers read is not theirs to know.
    """
    address = image.value("src")
    if secure and address[:5].lower() == "http:":
        new = escape(f"https:{address[5:]}")
        tag = _SRC.sub(lambda match: f'{match[1]}"{new}"', tag, count=1)
    policy = {"referrerpolicy": "no-referrer"}
    return tag, {} if policy.keys() & image.attributes.keys() else policy


def _rewritten(
    tag: str,
    image: _Image,
    size: Size | None,
    candidates: Candidates,
    eager: bool,
    added: dict[str, str],
) -> str:
    """The tag with what is missing added before its end; not a byte of the rest changes."""
    style = ""
    if size:
        sized, style = _size_attributes(image, size)
        added |= sized
        added |= _choice(image, size, added, candidates)
    if not eager and "loading" not in image.attributes:
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


def _name(address: str) -> str:
    """The file's name in an address, the same however it is spelled."""
    return unquote(unescape(address)).rsplit("/", 1)[-1].split("#")[0].split("?")[0]


class _Source:
    """Where the author's file names its pictures; read when something is to be said of one."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _pictures(self) -> dict[str, list[SourceReference]]:
        found: dict[str, list[SourceReference]] = {}
        for reference in source_references(self._text):
            if reference.kind is not Kind.LINK:
                found.setdefault(_name(reference.value).casefold(), []).append(reference)
        return found

    def places(self, src: str, undescribed: bool) -> list[SourceReference]:
        """The places of the picture that the page has as `src`; those without words apart."""
        named = self._pictures.get(_name(src).casefold(), [])
        return [place for place in named if not place.described] if undescribed else named


def _damaged(path: str, source: _Source, src: str) -> Problem:
    name, places = _name(src), source.places(src, undescribed=False)
    return Problem(
        path,
        places[0].line if places else 0,
        0,
        "damaged-image",
        Severity.WARNING,
        f"图片 '{name}' 打不开：文件是空的、不完整，或者不是图片。"
        "请重新截图或重新下载，再放回原处。",
        f"The picture '{name}' cannot be opened: the file is empty, cut short, or no picture. "
        "Take or download it again and put it in its place.",
    )


def _shown_nowhere(path: str, source: _Source, src: str) -> Problem:
    name, places = _name(src), source.places(src, undescribed=False)
    suffix = name[name.rfind(".") :]
    return Problem(
        path,
        places[0].line if places else 0,
        0,
        "image-format",
        Severity.WARNING,
        f"浏览器不显示 {suffix} 格式的图片：'{name}'。请另存为 PNG 或 JPEG，再改好这里的名字。",
        f"Browsers do not show pictures such as '{name}' ({suffix}). Save it as PNG or JPEG, and "
        "change the name here.",
    )


def _without_alt(path: str, source: _Source, shown: list[str]) -> list[Problem]:
    """One hint for each place in the source; `shown` has each `src` as often as the page."""
    problems = []
    for src, times in Counter(shown).items():
        places = [(place.line, place.column) for place in source.places(src, undescribed=True)]
        # Not in the source where an included file or an extension has put it.
        problems += [
            Problem(
                path,
                line,
                column,
                "image-without-alt",
                Severity.HINT,
                f"图片 '{_name(src)}' 没有说明文字，看不见图的读者不知道画的是什么。"
                '请写成 ![一句话说明](…) 或 alt="一句话说明"。',
                f"The picture '{_name(src)}' has no alternative text. "
                'Write ![what it shows](…) or alt="what it shows".',
            )
            for line, column in places[:times] or [(0, 0)]
        ]
    return problems


def _is_near_the_top(before: str) -> bool:
    """Whether a picture behind this much of an article is seen, or nearly, before any scrolling."""
    text = without_tags(before)
    # A Han letter is as wide as two others.
    return len(text) + sum(letter > "\u2e7f" for letter in text) <= _FIRST_SCREEN


def dress_images(
    html: str,
    size_of: Callable[[str], Size | None],
    candidates_of: Callable[[str], Candidates | None],
    source: str,
    path: str,
    is_secure: Callable[[str], bool] = lambda _: False,
) -> tuple[str, list[Problem]]:
    """Add sizes, smaller copies and loading hints to every `img` of a page, and captions.

    The functions are asked with the `src` as it stands in the page: `size_of` answers None for
    pictures whose size nobody knows, `candidates_of` None for those that are damaged,
    `is_secure` whether the host of a picture on another host is known to answer by https. A
    picture that stands alone in its paragraph and has a title becomes a figure with the title
    as its caption. `source` is the author's file at the source URI `path`.
    """
    problems: list[Problem] = []
    lines = _Source(source)
    undescribed: list[str] = []
    empty = False
    parts: list[str] = []
    done = 0
    first = True
    for found in tags(html, frozenset({"img"})):
        if found.closes:
            continue
        image = _Image(found.start, found.end, found.attributes())
        src = image.value("src")
        empty = empty or not src
        if not src or _INLINE & set(image.value("class").split()):
            continue
        size = size_of(src)
        candidates = candidates_of(src)
        if _SHOWN_NOWHERE.fullmatch(Path(_name(src)).suffix) and not is_outside(src):
            problems.append(_shown_nowhere(path, lines, src))
        elif candidates is None:
            problems.append(_damaged(path, lines, src))
        tag = html[image.start : image.end]
        outside = is_outside(src)
        tag, added = _outside(tag, image, is_secure(src)) if outside else (tag, {})
        eager = first and not outside and _is_near_the_top(html[: image.start])
        tag = _rewritten(tag, image, size, candidates or [], eager, added)
        first = False
        if not image.value("alt") and image.value("role") != "presentation":
            undescribed.append(src)
        start, end = image.start, image.end
        alone = html.endswith("<p>", 0, start) and html.startswith("</p>", end)
        if alone and image.value("title"):
            caption = escape(image.value("title"), quote=False)
            tag = f"<figure>{tag}<figcaption>{caption}</figcaption></figure>"
            start, end = start - len("<p>"), end + len("</p>")
        parts += [html[done:start], tag]
        done = end
    problems += _without_alt(path, lines, undescribed)
    # Where an empty one is shown, the source is searched for all of them.
    problems += empty_addresses(Kind.MEDIA, path, source) if empty else []
    return "".join(parts) + html[done:], problems
