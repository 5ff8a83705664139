"""Slips of the pen that show nothing and say nothing: pictures that are none.

What the author meant is certain where the address is that of a picture; it is read so, and
told. The rest stays as it was written, and is told where it can be nothing else.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_PICTURES = "png jpg jpeg jfif gif svg webp avif bmp ico tif tiff"
_VIDEOS = "mp4 webm ogv mov m4v"
_SOUNDS = "mp3 wav ogg oga m4a flac aac opus"
_DOCUMENTS = "pdf doc docx ppt pptx xls xlsx zip 7z rar gz tar csv txt"
_KINDS = {
    suffix: kind
    for kind, suffixes in (
        ("image", _PICTURES),
        ("video", _VIDEOS),
        ("audio", _SOUNDS),
        ("document", _DOCUMENTS),
    )
    for suffix in suffixes.split()
}
_ENDING = "|".join(_KINDS)
PICTURE = re.compile(
    r"(?P<sign>!|(?<!\S)\uff01)\[(?P<alt>[^\[\]\n]*)\](?P<space>[ \t]*)(?P<open>[(\uff08])[ \t]*"
    rf"(?P<address>[^()\uff08\uff09\n\"<>]+?\.(?:{_ENDING}))[ \t]*(?P<close>[)\uff09])",
    re.IGNORECASE,
)
"""`![图]（a.png）`, `！[图](a.png)` and `![图] (a.png)`, and `![图](a.png)` as well.

A wide exclamation mark behind a word ends a sentence: `看！[图](a.png)` is a link.
"""
UNDEFINED = re.compile(r"!\[[^\[\]\n]*\]\[[^\[\]\n^]+\]")
"""`![a][undefined]`, where CommonMark finds no picture."""
TAG = re.compile(
    r"<(?:img|video|audio|source|iframe|a|font|span)\b"
    r"(?=[^<>\n]*=(?:\"[^\"<>\n]*\"|'[^'<>\n]*')[a-zA-Z])[^<>\n]*>"
)
"""`<img src="a.png"width="50%">`, which is a tag to browsers and text to CommonMark."""
_GLUED = re.compile(r"(=(?:\"[^\"<>\n]*\"|'[^'<>\n]*'))(?=[a-zA-Z])")


@dataclass(frozen=True, slots=True)
class Slip:
    """What the author wrote, and how it was read; empty for not at all."""

    written: str
    read: str


def media_kind(address: str) -> str:
    """What is shown for `![](address)`: image, video, audio or document; image if unknown."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return "image"
    suffix = posixpath.splitext(unquote(path))[1]
    return _KINDS.get(suffix[1:].lower(), "image")


def is_slip(found: re.Match[str]) -> bool:
    """Whether a match of `PICTURE` is not simply a picture."""
    return (found["sign"], found["space"], found["open"], found["close"]) != ("!", "", "(", ")")


def spaced_tag(tag: str) -> str:
    """A match of `TAG` with a space before each attribute."""
    return _GLUED.sub(r"\1 ", tag)
