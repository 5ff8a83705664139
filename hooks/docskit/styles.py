"""Several style sheets as one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")


def joined(sheets: Iterable[str]) -> str:
    """The sheets in order, without comments and indentation; for sheets of one folder.

    `url()` stays as it is, so it is right only beside the sheets that were joined.
    """
    return "\n".join(_BLANK.sub("\n", _COMMENT.sub("", sheet)).strip() for sheet in sheets) + "\n"


def hashed_name(sheet: str) -> str:
    """A file name that changes with the content, as browsers keep what has the same name."""
    return f"site.{hashlib.sha256(sheet.encode()).hexdigest()[:8]}.css"
