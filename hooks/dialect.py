"""Read the author's Markdown as GitHub and Typora do, and say what was wrong with it."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.dialect import DialectExtension
from docskit.messages import in_language
from mkdocs_bridge.site import author_page, extension, report, source_locale

_BACKLINKS = {"zh": "回到正文，脚注 {}", "en": "Back to footnote {} in the text"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extension, after those of mkdocs.yml."""
    extension(config, DialectExtension)
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Tell the extension which page comes next."""
    dialect = extension(config, DialectExtension)
    dialect.begin(page.file.src_uri, author_page(page).front_matter.body_line)
    dialect.backlink_title = in_language(_BACKLINKS, source_locale(page.file))
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Report what was found."""
    report(extension(config, DialectExtension).problems, page)
    return html
