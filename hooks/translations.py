"""Tell readers of a translation whether it says what the original says."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from docskit.translation import language_tag, mark_sections, notice
from mkdocs_bridge.cache import keep
from mkdocs_bridge.site import (
    building_locale,
    original_locale_of,
    original_url,
    page_url,
    report,
    source_locale,
    translation,
    translation_of,
    translations_of,
    written_in,
)


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Compare the page with its original, and mark the sections that differ."""
    state, problems = translation_of(page.file, config)
    report(problems, page)
    keep(page, "translation", state)
    keep(page, "original_locale", original_locale_of(page.file, config))
    keep(page, "translations", translations_of(page.file, config))
    return mark_sections(
        html,
        state,
        building_locale(config),
        original_url=get_relative_url(original_url(page, config), page.url),
        help_url=get_relative_url(page_url("translations.md", config) + "#help", page.url),
    )


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `translation_notice` and, for a page in another language, `content_lang` in place."""
    locale, own = building_locale(config), source_locale(page.file)
    context["content_lang"] = language_tag(own) if own != locale else ""
    context["translation_notice"] = notice(
        translation(page),
        locale,
        written_in(page, config),
        page_url=page.url,
        original_url=original_url(page, config),
        help_url=page_url("translations.md", config) + "#help",
    )
