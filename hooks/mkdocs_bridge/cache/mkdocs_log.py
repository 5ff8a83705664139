"""The loggers whose warnings a strict build counts."""

from __future__ import annotations

import logging

import mkdocs


def mkdocs_log(name: str = "") -> logging.Logger:
    """MkDocs' logger, or one below it.

    It is called as the package is: ProperDocs, where it stands in for MkDocs, counts what is
    said to `properdocs`, so that a warning to `mkdocs` would fail no build.
    """
    return logging.getLogger(f"{mkdocs.__name__}.{name}" if name else mkdocs.__name__)
