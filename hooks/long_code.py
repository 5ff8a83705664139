"""Fold long blocks of code."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.typesetting import fold_long_code
from mkdocs_bridge.site import building_locale, depend_on_language


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Fold them in the finished content, in the words of the language that is being built."""
    changed = fold_long_code(html, building_locale(config))
    if changed != html:
        depend_on_language(page, config)
    return changed
