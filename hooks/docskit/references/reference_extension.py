"""Resolves every reference of a page while Python-Markdown converts it.

It runs once per page, between `inline` (20) and `toc` (5): there Markdown's links and
images are elements, raw HTML is stashed whole, and code is escaped already, so that
nothing in code can be taken for a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from docskit.references.html_references import kind_of, rewrite_html
from docskit.references.reference_targets import Kind, Resolution, Status

_ESCAPED = re.compile("\x02(\\d+)\x03")


@dataclass(frozen=True, slots=True)
class Found:
    """A reference as the converted page has it, and what it means."""

    raw: str
    kind: Kind
    resolution: Resolution


@dataclass(slots=True)
class PageLinks:
    """How to resolve and spell the references of one page, and what was found.

    `resolve` takes an author's spelling; `source_link` and `url` take the result and return
    what Markdown's elements get (a path that the generator turns into a URL) and what raw
    HTML gets (the URL itself).
    """

    resolve: Callable[[str, Kind], Resolution]
    source_link: Callable[[Resolution], str]
    url: Callable[[Resolution], str]
    found: list[Found] = field(default_factory=list)

    def look_up(self, raw: str, kind: Kind) -> Resolution:
        """Resolve a reference and remember it."""
        resolution = self.resolve(_ESCAPED.sub(lambda match: chr(int(match[1])), raw), kind)
        if resolution.status is Status.MISSING and _ESCAPED.search(raw):
            # A backslash before punctuation is Markdown's escape, or a Windows separator.
            windows = _ESCAPED.sub(lambda match: "\\" + chr(int(match[1])), raw)
            other = self.resolve(windows, kind)
            resolution = other if other.status is Status.REPAIRED else resolution
        plain = _ESCAPED.sub(lambda match: chr(int(match[1])), raw)
        self.found.append(Found(plain, kind, resolution))
        return resolution


class ReferenceExtension(Extension):
    """One for all pages; `links` is set before each page is converted."""

    def __init__(self) -> None:
        super().__init__()
        self.links: PageLinks | None = None

    def __repr__(self) -> str:
        return "ReferenceExtension()"

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_References(md, self), "references", 15)


class _References(Treeprocessor):
    def __init__(self, md: Markdown, extension: ReferenceExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        links = self.extension.links
        if links is None:
            return
        self._elements(root, links)

        def change(raw: str, kind: Kind) -> str | None:
            resolution = links.look_up(raw, kind)
            return links.url(resolution) if resolution.target else None

        blocks = self.md.htmlStash.rawHtmlBlocks
        for index, block in enumerate(blocks):
            if isinstance(block, str):
                blocks[index] = rewrite_html(block, change)
            elif isinstance(block, Element):
                self._elements(block, links)

    def _elements(self, root: Element, links: PageLinks) -> None:
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            for name, value in element.items():
                kind = kind_of(element.tag, name)
                if kind is None or name == "srcset":
                    continue
                # A link that leads nowhere is looked up as well: its author is told.
                if not value and element.tag != "a":
                    continue
                # Markdown leaves entities as they are written, as HTML does.
                resolution = links.look_up(unescape(value), kind)
                if not resolution.target:
                    continue
                # MkDocs turns these two, and only these, into URLs itself.
                own = (element.tag, name) in (("a", "href"), ("img", "src"))
                element.set(name, (links.source_link if own else links.url)(resolution))
