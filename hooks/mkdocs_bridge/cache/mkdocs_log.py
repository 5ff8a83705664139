"""MkDocs' own loggers, by whatever name the package goes."""

from __future__ import annotations

import logging

import mkdocs


def mkdocs_log(name: str = "") -> logging.Logger:
    """MkDocs' logger, or one below it.

    They are called as the package is: where ProperDocs stands in for MkDocs, what awesome-nav and
    it say goes to `properdocs`, and a filter or a handler on `mkdocs` would not see it.
    """
    return logging.getLogger(f"{mkdocs.__name__}.{name}" if name else mkdocs.__name__)
