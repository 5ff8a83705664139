"""Tell search engines and the language switcher what a page is and where its twins are."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.publishing import head_title, markdown_url, open_graph, structured_data
from docskit.translation import language_tag
from mkdocs_bridge.publishing import keep_summary, published_page, record, site_url
from mkdocs_bridge.site import building_locale, language_folder, source_locale, switch_languages


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Note what the page is about, while it is read anyway."""
    keep_summary(html, page)
    return html


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put the values of partials/head_languages.html and structured_data.html in place."""
    published = published_page(page, config)
    record(published, page, config)
    locale = building_locale(config)
    home = site_url(config) + language_folder(locale, config)
    page.canonical_url = published.canonical or page.canonical_url
    context["page_description"] = published.description
    context["page_alternates"] = published.alternates
    # For readers of other programs, who come by the site's address.
    if home.startswith("http"):
        context["page_feed"] = language_folder(locale, config) + "feed.xml"
        context["page_markdown"] = markdown_url(published) if published.is_listed else ""
    context["head_title"] = head_title(published, config.site_name)
    context["open_graph"] = open_graph(published, config.site_name)
    context["structured_data"] = structured_data(
        published, config.site_name, home, language_tag(source_locale(page.file))
    )
    switch_languages(page.file, config)
