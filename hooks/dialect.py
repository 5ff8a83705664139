"""Make the author's Markdown safe for Python-Markdown, so that readers see what authors saw."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.dialect import DialectExtension, normalise
from mkdocs_bridge.author_pages import author_page
from mkdocs_bridge.markdown_extensions import extension
from mkdocs_bridge.report import report


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the steps that are taken while a page is converted."""
    extension(config, DialectExtension)
    return config


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Rewrite what would be misread."""
    first_line = author_page(page).front_matter.body_line
    text, problems = normalise(markdown, page.file.src_uri, first_line)
    report(problems, page)
    return text
