"""Let readers take a page along as Markdown, and say that something in it is wrong."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.publishing import markdown_path, page_tools
from mkdocs_bridge.publishing import published_page
from mkdocs_bridge.site import building_locale


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_tools` into the context of pages that an author has written."""
    # A site without an address is read from a disk, where there is no Markdown to fetch.
    if page.file.generated_by or page.is_homepage or not config.site_url:
        return
    published = published_page(page, config)
    context["page_tools"] = page_tools(
        published.title,
        published.canonical or published.path,
        page.file.src_uri,
        config.repo_url or "",
        config.extra.get("chats"),
        building_locale(config),
    )
    context["page_markdown"] = markdown_path(published)
