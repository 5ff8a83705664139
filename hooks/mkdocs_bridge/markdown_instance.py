"""`Page.render` with one Markdown instance for many pages.

MkDocs makes an instance, with all its extensions, for every page. `Markdown.reset` is what
Python-Markdown offers for using one again; extensions follow it.
"""

from __future__ import annotations

import logging

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

_pages_log = logging.getLogger("mkdocs.structure.pages")


class Converter:
    """Converts the pages of one language of one build."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._markdown: markdown.Markdown | None = None

    def render(self, page: Page) -> None:
        """Do what `Page.render` does."""
        md, self._markdown = self._markdown, None
        if md is None:
            md = markdown.Markdown(
                extensions=self._config["markdown_extensions"],
                extension_configs=self._config["mdx_configs"] or {},
            )
        else:
            md.reset()
            # Not every extension empties what `toc` leaves when a page has no heading.
            if hasattr(md, "toc_tokens"):
                md.toc_tokens = []
        raw_html = _RawHTMLPreprocessor()
        anchors = _ExtractAnchorsTreeprocessor(page.file, self._files, self._config)
        links = _RelativePathTreeprocessor(page.file, self._files, self._config)
        title = _ExtractTitleTreeprocessor()
        for processor in (raw_html, anchors, links, title):
            processor._register(md)
        page.content = md.convert(page.markdown or "")
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw_html.present_anchor_ids
        if _pages_log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
        # An instance that raised is not used again.
        self._markdown = md
