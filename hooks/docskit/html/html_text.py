"""Text and HTML are two types, so that the type checker sees where one is taken for the other.

A title is text (`str`) from where it is read to where it is put into HTML, which is the only
place that escapes it. What Python-Markdown calls the name of a heading is `Html`.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import NewType

from docskit.html.formulas import with_formulas_as_text

Html = NewType("Html", str)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_PERMALINK = re.compile(r'<a\b[^>]*\bclass="headerlink".*?</a>', re.DOTALL)
_NOTE = re.compile(r'<sup\b[^>]*\bid="fnref.*?</sup>', re.DOTALL)
_HEADING = re.compile(
    r"<(?P<name>h[1-6])\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>(?P<inner>.*?)</(?P=name)>",
    re.DOTALL | re.IGNORECASE,
)
_ID = re.compile(r"\bid=\"([^\"]*)\"")


def text_of(html: Html) -> str:
    """What a reader sees of a piece of HTML, as text."""
    if "arithmatex" in html:
        html = Html(with_formulas_as_text(html))
    return " ".join(unescape(_TAG.sub("", _COMMENT.sub("", html))).split())


def html_of(text: str) -> Html:
    """Text as HTML that shows it, also within an attribute."""
    return Html(escape(text))


def headings_of(html: Html) -> list[tuple[str, str, str]]:
    """Element name, id and text of each heading of an article, without permalink and notes."""
    found = []
    for heading in _HEADING.finditer(html):
        inner = _NOTE.sub("", _PERMALINK.sub("", heading["inner"]))
        anchor = _ID.search(html, heading.start(), heading.start("inner"))
        found.append(
            (heading["name"].lower(), unescape(anchor[1]) if anchor else "", text_of(Html(inner)))
        )
    return found
