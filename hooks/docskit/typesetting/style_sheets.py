"""Several style sheets as one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

_UNQUOTED = " =:/,;'()"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# With as much weight as the class, whichever of the two holds.
_ENTRY = ":where(.md-nav__list > li)"
_ENTRIES = (
    (re.compile(r"\.md-nav__item(?![\w-])"), f":is(.md-nav__item, {_ENTRY})"),
    (re.compile(r"\.md-nav__link(?![\w-])"), f":is(.md-nav__link, {_ENTRY} > a)"),
)
_BLANK = re.compile(r"\s*\n\s*")


def joined(sheets: Iterable[str]) -> str:
    """The sheets in order, without comments and indentation; for sheets of one folder.

    `url()` stays as it is, so it is right only beside the sheets that were joined.
    """
    return "\n".join(_BLANK.sub("\n", _COMMENT.sub("", sheet)).strip() for sheet in sheets) + "\n"


def with_plain_entries(sheet: str) -> str:
    """The sheet with Material's rules for an entry of the navigation holding without its classes.

    `<li><a href="…">` in `.md-nav__list` is then what `<li class="md-nav__item"><a href="…"
    class="md-nav__link">` is. No rule gains or loses weight against any other.
    """
    for pattern, selector in _ENTRIES:
        sheet = pattern.sub(selector, sheet)
    return sheet


def icon_rule(name: str, svg: str) -> str:
    """A rule that gives elements of the class `i-NAME` the picture as `--icon`."""
    return f'.i-{name}{{--icon:url("data:image/svg+xml,{quote(svg.strip(), safe=_UNQUOTED)}")}}'


def hashed_name(sheet: str) -> str:
    """A file name that changes with the content, as browsers keep what has the same name."""
    return f"site.{hashlib.sha256(sheet.encode()).hexdigest()[:8]}.css"
