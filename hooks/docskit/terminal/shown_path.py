"""How a path is shown to who has to find it."""

from __future__ import annotations

import os
from types import ModuleType


def shown_path(
    path: str | os.PathLike[str], start: str | None = None, flavour: ModuleType = os.path
) -> str:
    """A path relative to the current folder (`start`), with `/`; absolute from another drive.

    `flavour` is `ntpath` or `posixpath`: there is no way from `C:` to `D:`, and Windows' `relpath`
    raises ValueError.
    """
    text = os.fspath(path)
    try:
        shown: str = flavour.relpath(text, start)
    except ValueError:
        shown = text
    return shown.replace(flavour.sep, "/")
