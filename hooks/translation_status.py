"""A page in every language that says how far the translations have come."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from docskit.messages import in_language
from docskit.translation import WORDS, status, status_page
from mkdocs_bridge.site import add_page, all_translations, building_locale, identity, is_free

PAGE = "translations.md"


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page, unless an author has written one of that name."""
    if is_free(files, PAGE):
        file = add_page(files, config, PAGE, status_page(building_locale(config)))
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give the page its table: every other page is converted now."""
    if not page.file.generated_by or identity(page.file) != PAGE:
        return
    pages = [file.page for file in context["pages"] if file.page is not None]
    urls = {
        (identity(other.file), locale): twin.url
        for other in pages
        for locale, twin in getattr(other.file, "alternates", {}).items()
    }
    locale = building_locale(config)
    context["translation_status"] = status(all_translations(pages, config), locale, urls)
    context["status_words"] = in_language(WORDS, locale)
