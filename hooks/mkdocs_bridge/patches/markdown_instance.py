"""`Page.render` with one Markdown instance for many pages.

MkDocs makes an instance, with all its extensions, for every page. `Markdown.reset` is what
Python-Markdown offers for using one again; extensions follow it.
"""

from __future__ import annotations

import html
import logging

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from docskit.headings import ids_of
from docskit.messages import Problem, Severity
from mkdocs_bridge.cache import mkdocs_log
from mkdocs_bridge.patches import unclosed_html
from mkdocs_bridge.site import report, take_title

_pages_log = mkdocs_log("structure.pages")


def _not_converted(page: Page, error: Exception) -> Problem:
    deep = isinstance(error, RecursionError)
    return Problem(
        page.file.src_uri,
        0,
        0,
        "not-converted",
        Severity.WARNING,
        "嵌套得太深，无法排版，先按原文显示；请减少列表或引用的层数"
        if deep
        else f"无法排版（{type(error).__name__}: {error}），先按原文显示；请把这一页发给维护者",
        "nested too deeply to be converted, shown as written; use fewer levels"
        if deep
        else f"cannot be converted ({type(error).__name__}: {error}), shown as written",
    )


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
            unclosed_html.install()
            md = markdown.Markdown(
                extensions=self._config["markdown_extensions"],
                extension_configs=self._config["mdx_configs"] or {},
            )
        else:
            md.reset()
            # Not every extension empties what `toc` leaves when a page has no heading.
            if hasattr(md, "toc_tokens"):
                md.toc_tokens = []
        anchors = _ExtractAnchorsTreeprocessor(page.file, self._files, self._config)
        links = _RelativePathTreeprocessor(page.file, self._files, self._config)
        title = _ExtractTitleTreeprocessor()
        for processor in (anchors, links, title):
            processor._register(md)
        try:
            page.content = md.convert(page.markdown or "")
        except Exception as error:  # an author's page must not end a build or a preview
            page.content = f"<pre>{html.escape(page.markdown or '')}</pre>"
            report([_not_converted(page, error)], page)
            return
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        take_title(page, title.title)
        # MkDocs reads the source for them, with a parser that takes minutes for 100 KB of `<a `.
        page.present_anchor_ids = anchors.present_anchor_ids | ids_of(page.content)
        if _pages_log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
        # An instance that raised is not used again.
        self._markdown = md
