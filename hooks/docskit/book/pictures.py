"""Which pictures a book can show, told by what is in them: an extension may say anything."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError, fromstring

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.IGNORECASE)


def kind_of(content: bytes) -> str:
    """The extension that fits the content; '' for what EPUB does not know."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return ".svg" if b"<svg" in content[:4000] and drawing(content) else ""


def drawing(content: bytes) -> bytes:
    """An SVG file without its document type; empty if it is no well-formed XML."""
    plain = _DOCTYPE.sub(b"", content)
    try:
        root = fromstring(plain)  # noqa: S314 - entities went with the document type
    except (ParseError, ValueError, LookupError):
        return b""
    return plain if root.tag == "{http://www.w3.org/2000/svg}svg" else b""
