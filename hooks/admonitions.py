"""Name untitled admonitions in the language that the page is written in."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.typesetting import AdmonitionTitles
from mkdocs_bridge.site import extension, source_locale


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extension once, however many languages are built with this configuration."""
    extension(config, AdmonitionTitles)
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Tell the extension which language the page is in."""
    extension(config, AdmonitionTitles).locale = source_locale(page.file)
    return markdown
