"""Keep every address that a page once had: a small page there leads to where it is now."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from mkdocs_bridge.publishing import write_redirects
from mkdocs_bridge.site import is_last_language


@event_priority(-210)
def on_post_build(config: MkDocsConfig) -> None:
    """Write them when every page is written: none may take a page's place."""
    if is_last_language(config):
        write_redirects(config)
