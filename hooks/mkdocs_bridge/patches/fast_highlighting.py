"""Code is coloured by classes that the theme's style sheet knows, and nobody reads any others.

Pygments also works out a style sheet for each block of code, and names every space and every
name with a class that has the colour of plain code: a third of a listing's bytes, and most of
a page's elements. pymdown-extensions' formatters inherit both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pygments.formatters.html import HtmlFormatter
from pygments.lexers.shell import BashLexer
from pygments.token import Token
from pymdownx.highlight import BlockHtmlFormatter, InlineHtmlFormatter

from docskit.typesetting import shell_tokens

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
_shell = BashLexer.get_tokens_unprocessed


def _create_stylesheet(formatter: Any) -> None:
    if formatter.noclasses:
        _create(formatter)
    else:
        formatter.ttype2class, formatter.class2style = {Token: ""}, {}


def _coloured_classes(formatter: Any, kind: Any) -> str:
    return " ".join(name for name in _classes(formatter, kind).split() if name in COLOURED)


def _shell_tokens(lexer: BashLexer, text: str, *rest: Any) -> Iterator[Any]:
    return shell_tokens(_shell(lexer, text, *rest))


def install() -> None:
    """Give it to Pygments' shell lexer, which those of sessions and Dockerfiles use as well, and
    to pymdown-extensions' formatters; again and again is once.
    """
    BashLexer.get_tokens_unprocessed = _shell_tokens
    for formatter in (BlockHtmlFormatter, InlineHtmlFormatter):
        formatter._create_stylesheet = _create_stylesheet
        formatter._get_css_classes = _coloured_classes
