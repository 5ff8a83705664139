"""Lay out the home page, and list the newest pages on it."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docskit.messages import in_language
from docskit.publishing import DatedPage, newest, split_title
from docskit.typesetting import home_sections
from mkdocs_bridge.site import building_locale, dates_of_build

_NEWEST = {"zh": "最近写的", "en": "Newest pages"}


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Put `home_parts` and `newest_pages` into the home template's context."""
    if page.meta.get("template") != "home.html":
        return
    context["home_parts"] = home_sections(split_title(page.content or "")[1])
    locale, changes = building_locale(config), dates_of_build(config)
    context["newest_title"] = in_language(_NEWEST, locale)
    context["newest_pages"] = newest(
        (
            DatedPage(
                str(other.title),
                other.url,
                other.meta.get("date"),
                changes.get(other.file.src_uri),
            )
            for other in nav.pages
            if other is not page and not other.is_homepage
        ),
        locale,
    )
