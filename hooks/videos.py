"""Show videos of other sites as cards, which ask for nothing before a reader does."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.pictures import with_video_cards
from mkdocs_bridge.site import building_locale, depend_on_language


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Put cards in the place of players and of links that stand alone."""
    # Without an address the site is opened from a folder, by someone without a network.
    changed = with_video_cards(html, building_locale(config), in_place=bool(config.site_url))
    if changed != html:
        depend_on_language(page, config)
    return changed
