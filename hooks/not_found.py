"""Tell a reader who has lost the way so, in the reader's language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from docskit.pages import NOT_FOUND, compose, not_found_words
from mkdocs_bridge.publishing import site_url, write_output
from mkdocs_bridge.site import building_locale, default_locale, home_url, language_folder

_pages: dict[str, str] = {}


def on_template_context(
    context: dict[str, Any], template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the template its words, and the way home."""
    if template_name == NOT_FOUND:
        locale = building_locale(config)
        context["not_found"] = not_found_words(locale)
        context["home_url"] = home_url(locale, config)
        context["head_title"] = f"{context['not_found'].title} - {config.site_name}"
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Put the pages of all languages so far into one; the last language leaves it whole."""
    if template_name != NOT_FOUND:
        return output_content
    locale, default = building_locale(config), default_locale(config)
    if locale == default:
        _pages.clear()
    _pages[locale] = output_content
    if locale != default:
        # For hosts that look for a page of this name nearby.
        write_output(config, language_folder(locale, config) + NOT_FOUND, output_content)
    return compose(_pages, default, urlsplit(site_url(config)).path or "/")
