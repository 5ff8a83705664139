"""Publish pictures of other hosts with the site, where the maintainer has turned that on."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bridge.publishing import bring_home, publish_homes, wants_fetched
from mkdocs_bridge.site import report


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Name the site's own copies, before pictures are dressed; say what there is no copy of."""
    if not wants_fetched(config):
        return html
    html, problems = bring_home(html, page, config)
    report(problems, page)
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Publish the copies that the pages of this language name."""
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    publish_homes(pages, config)
    return env
