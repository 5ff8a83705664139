"""Mark what the style sheets set apart: links elsewhere, emphasis in Han, whole code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from docskit.typography import mark_up_typography


def on_page_content(html: str, config: MkDocsConfig, **_: Any) -> str:
    """Mark the finished content."""
    return mark_up_typography(html, urlsplit(config.site_url or "").netloc)
