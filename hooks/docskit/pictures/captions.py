"""Captions that their authors wrote as a paragraph below the picture."""

from __future__ import annotations

import re

# `图 3-1：名字`, `Figure 2. Name`: a number, and what sets the name off or nothing more.
_CAPTION = re.compile(
    r"(<p[^<>]*>\s*<img\b[^<>]*>\s*</p>\s*<p)"
    r"(?=>(?:图|Figure|Fig\.)\s*[A-Z]?[-.]?\d+(?:[-–.]\d+)*(?:\s*[：:.、]|\s|</p>))"
)


def mark_captions(html: str) -> str:
    """Give class `caption` to a paragraph that numbers the picture in the paragraph before it."""
    return _CAPTION.sub(r'\1 class="caption"', html)
