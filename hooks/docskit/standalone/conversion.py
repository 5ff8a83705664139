"""A page converted as far as its problems can be seen: the parsers alone, no site around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from markdown import Markdown

from docskit.checking import html_problems
from docskit.dialect import DialectExtension
from docskit.headings import AnchorExtension, ids_of
from docskit.html import balance
from docskit.messages import Problem
from docskit.reading import AuthorPage
from docskit.references import Found, Kind, PageLinks, ReferenceExtension, Resolution

# What mkdocs.yml has, without what only draws or inserts.
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {},
    "pymdownx.arithmatex": {"generic": True, "inline_syntax": ["dollar"]},
    "pymdownx.betterem": {"punctuation": False},
    "pymdownx.details": {},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.inlinehilite": {},
    "pymdownx.mark": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {},
    "pymdownx.tilde": {"subscript": False},
}
_FRAGMENT = re.compile(r'\shref="([^"<>#]*#[^"<>]+)"')


@dataclass(frozen=True, slots=True)
class Converted:
    """What is seen of a page: its HTML, the references in it, and what its author is told.

    `ids` are those that a fragment can lead to, `headings` (title, id) of each heading, and
    `fragments` the links that have one, as they are written.
    """

    html: str
    found: list[Found]
    problems: list[Problem]
    ids: set[str]
    headings: list[tuple[str, str]]
    fragments: list[str]


class Converter:
    """One Markdown instance for all pages; `resolve` takes a reference, its kind and its page."""

    def __init__(self, resolve: Callable[[str, Kind, str], Resolution]) -> None:
        self._resolve = resolve
        self._dialect = DialectExtension()
        self._references = ReferenceExtension()
        own = [self._dialect, self._references, AnchorExtension()]
        self._markdown = Markdown(extensions=[*_EXTENSIONS, *own], extension_configs=_EXTENSIONS)

    def convert(self, page: AuthorPage) -> Converted:
        """Convert a page; one that Python-Markdown fails on is told by a problem."""
        body, first = page.front_matter.body, page.front_matter.body_line
        self._dialect.begin(page.path, first)
        links = self._references.links = PageLinks(
            resolve=lambda raw, kind: self._resolve(raw, kind, page.path),
            source_link=lambda resolution: resolution.target + resolution.tail,
            url=lambda resolution: resolution.target + resolution.tail,
        )
        raw = self._markdown.reset().convert(body)
        html, repairs = balance(raw)
        problems = [
            *self._dialect.problems,
            *(html_problems(raw, repairs, page.path, body, first) if repairs else ()),
        ]
        tokens: list[dict[str, Any]] = getattr(self._markdown, "toc_tokens", [])
        fragments = sorted({unescape(value) for value in _FRAGMENT.findall(html)})
        headings = list(_headings(tokens))
        return Converted(html, links.found, problems, ids_of(html), headings, fragments)


def _headings(tokens: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = []
    for token in tokens:
        found += [(str(token["name"]), str(token["id"])), *_headings(token["children"])]
    return found
