"""awesome-nav matches every pattern with every page and compiles the pattern each time.

That is a quarter of a build in which nothing changed. Its module is given a `glob` that
compiles once and looks at the literal beginning of the pattern first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import SimpleNamespace

from mkdocs_awesome_nav.nav import pattern as nav_pattern
from wcmatch import glob

_LITERAL = re.compile(r"[\w/ .-]*")
_CASE_MATTERS = os.path.normcase("A") == "A"


@lru_cache(maxsize=4096)
def _matcher(pattern: str, flags: int, exclude: tuple[str, ...]) -> tuple[str, Callable[..., bool]]:
    literal = _LITERAL.match(pattern)
    # The last literal character may belong to what follows it, as in `a?(b)`.
    start = literal.group()[:-1] if literal and _CASE_MATTERS else ""
    if not start.startswith("./") and "/./" not in start and "//" not in start:
        return start, glob.compile(pattern, flags=flags, exclude=list(exclude) or None).match
    return "", glob.compile(pattern, flags=flags, exclude=list(exclude) or None).match


def globmatch(path: str, pattern: str, *, flags: int, exclude: Sequence[str] | None) -> bool:
    """`wcmatch.glob.globmatch` for one pattern."""
    start, match = _matcher(pattern, flags, tuple(exclude or ()))
    return path.startswith(start) and match(path)


def install() -> None:
    """Give it to awesome-nav; again and again is once."""
    nav_pattern.glob = SimpleNamespace(
        globmatch=globmatch, GLOBSTAR=glob.GLOBSTAR, EXTGLOB=glob.EXTGLOB
    )
