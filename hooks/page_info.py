"""Show author, date, reading time and last change under the title of each page."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.page_info import page_info, split_title
from mkdocs_bridge.git_dates import dates_of_build
from mkdocs_bridge.languages import building_locale


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_info`, `page_heading` and `page_body` into the template's context."""
    html = page.content or ""
    changed = dates_of_build(config).get(page.file.src_uri)
    context["page_heading"], context["page_body"] = split_title(html)
    context["page_info"] = page_info(page.meta, html, changed, building_locale(config))
