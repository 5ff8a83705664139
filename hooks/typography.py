"""Mark what is set apart: links elsewhere, emphasis in Han, whole code, wide columns, Han."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.messages import is_eastern
from docskit.typesetting import mark_han, mark_up_typography, size_columns
from mkdocs_bridge.site import source_locale


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Mark the finished content."""
    html = size_columns(mark_up_typography(html, urlsplit(config.site_url or "").netloc))
    # Japanese has its own forms of the same characters.
    return html if is_eastern(source_locale(page.file)) else mark_han(html, "zh-CN")
