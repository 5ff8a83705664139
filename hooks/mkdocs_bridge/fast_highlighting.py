"""Pygments works out a style sheet for each block of code, and nobody reads it.

pymdown-extensions writes classes, which the theme's own style sheet knows. Only a formatter
that writes colours into the page needs what is left out here.
"""

from __future__ import annotations

from typing import Any

from pygments.formatters.html import HtmlFormatter
from pygments.token import Token
from pymdownx.highlight import BlockHtmlFormatter

_original = HtmlFormatter._create_stylesheet


def _create_stylesheet(formatter: Any) -> None:
    if formatter.noclasses:
        _original(formatter)
    else:
        formatter.ttype2class, formatter.class2style = {Token: ""}, {}


def install() -> None:
    """Give it to pymdown-extensions' formatter; again and again is once."""
    BlockHtmlFormatter._create_stylesheet = _create_stylesheet
