"""Give headings readable anchors that work on the page's twins as well."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.anchor_extension import AnchorExtension
from docskit.sections import page_anchors
from mkdocs_bridge.languages import twins
from mkdocs_bridge.page_build import keep


def _extension(config: MkDocsConfig) -> AnchorExtension:
    extensions: list[Any] = config.markdown_extensions
    for extension in extensions:
        if isinstance(extension, AnchorExtension):
            return extension
    extensions.append(AnchorExtension())
    return _extension(config)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extension, which has to come after `toc`."""
    _extension(config)
    return config


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Tell the extension what the anchors of the page's twins are."""
    _extension(config).twins = [
        page_anchors(twin.content_string) for twin in twins(page.file).values()
    ]
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Keep the anchors with the page: level and id, in the order of its headings."""
    keep(page, "anchors", _extension(config).found)
    return html
