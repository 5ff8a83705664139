"""Show author, date, reading time and last change under the title of each page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.page_info import leading_heading, page_info, split_title
from docskit.reading_time import reading_minutes
from mkdocs_bridge.git_history import dates_of_build
from mkdocs_bridge.languages import building_locale
from mkdocs_bridge.page_build import keep, kept


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Measure the page, and name it by the heading that it begins with if it has no `<h1>`."""
    keep(page, "minutes", reading_minutes(html))
    if "title" not in page.meta:
        title = leading_heading(html)
        if not title and page.title == "Home" and building_locale(config).startswith("zh"):
            title = "首页"
        if title:
            page.meta["title"] = title
    return html


def on_env(env: Environment, **_: Any) -> Environment:
    """Let the templates cut a page behind its title, where they want the line."""
    env.filters["split_title"] = split_title
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_info` into the template's context."""
    minutes = kept(page, "minutes")
    changed = dates_of_build(config).get(page.file.src_uri)
    context["page_info"] = page_info(
        page.meta,
        minutes if isinstance(minutes, int) else 1,
        changed,
        building_locale(config),
    )
