"""Code is coloured by classes that the theme's style sheet knows, and nobody reads any others.

Pygments also works out a style sheet for each block of code, and names every space and every
name with a class that has the colour of plain code: a third of a listing's bytes, and most of
a page's elements. pymdown-extensions' formatters inherit both.
"""

from __future__ import annotations

import re
from typing import Any

from pygments.formatters.html import HtmlFormatter
from pygments.token import Token
from pymdownx.highlight import BlockHtmlFormatter, InlineHtmlFormatter

# Those that the theme gives a colour of its own; the test reads it in the style sheets.
COLOURED = frozenset(
    re.findall(
        r"\w+",
        """bp c c1 ch cm cp cpf cs gd ge gh gi go gp gr gs gt gu il k kd kn kp kr kt l m mb mf mh mi
        mo na nb nc nd ne nf ni nl nn no nt nv o ow p s s1 s2 sb sc sd se sh si sr ss sx vc vg
        vi""",
    )
)

_create = HtmlFormatter._create_stylesheet
_classes = HtmlFormatter._get_css_classes


def _create_stylesheet(formatter: Any) -> None:
    if formatter.noclasses:
        _create(formatter)
    else:
        formatter.ttype2class, formatter.class2style = {Token: ""}, {}


def _coloured_classes(formatter: Any, kind: Any) -> str:
    return " ".join(name for name in _classes(formatter, kind).split() if name in COLOURED)


def install() -> None:
    """Give it to pymdown-extensions' formatters; again and again is once."""
    for formatter in (BlockHtmlFormatter, InlineHtmlFormatter):
        formatter._create_stylesheet = _create_stylesheet
        formatter._get_css_classes = _coloured_classes
