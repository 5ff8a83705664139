"""Show author, date, reading time and last change under the title of each page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.pages import Page

from docskit.html import Html
from docskit.publishing import page_info, split_title, title_of
from docskit.typesetting import reading_minutes
from mkdocs_bridge.cache import keep, kept
from mkdocs_bridge.site import building_locale, dates_of_build, is_named_by_author, name_page


@event_priority(400)
def _name(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Call the page by its heading, as soon as its tags are balanced."""
    name_page(page, Html(html), config)
    return html


def _measure(html: str, page: Page, **_: Any) -> str:
    """Note how long it takes to read the page."""
    keep(page, "minutes", reading_minutes(html))
    return html


on_page_content = CombinedEvent(_name, _measure)


def on_env(env: Environment, **_: Any) -> Environment:
    """Let the templates cut a page behind its title, where they want the line."""
    env.filters["split_title"] = split_title
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_info` into the template's context, and whether the text shows the title."""
    minutes = kept(page, "minutes")
    changed = dates_of_build(config).get(page.file.src_uri)
    context["page_info"] = page_info(
        page.meta,
        minutes if isinstance(minutes, int) else 1,
        changed,
        building_locale(config),
        config.extra.get("shown_keys"),
    )
    # A heading further down: to print it as a title as well would be to say it twice.
    context["title_is_below"] = not is_named_by_author(page) and bool(title_of(page.content or ""))
