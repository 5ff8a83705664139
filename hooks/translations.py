"""Tell readers of a translation whether it says what the original says."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.page_tree import check_tree, misnamed_pages, page_tree
from docskit.translation_notice import language_tag, mark_sections, notice
from docskit.translation_origin import likely_original
from mkdocs_bridge.languages import (
    building_locale,
    default_locale,
    locales,
    page_url,
    source_locale,
)
from mkdocs_bridge.page_build import keep
from mkdocs_bridge.report import log_problems, report
from mkdocs_bridge.translations import (
    original_url,
    read_file,
    remember_orphans,
    translation,
    translation_of,
    translations_of,
)


@event_priority(-90)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Find translations that belong to no page or to one that has another, before static-i18n."""
    authors = {file.src_uri: file for file in files.documentation_pages()}
    tree = page_tree(authors, default_locale(config), locales(config))
    problems = check_tree(
        tree,
        locales(config),
        lambda orphan, candidates: likely_original(
            read_file(authors[orphan]), [read_file(authors[uri]) for uri in candidates]
        ),
    )
    published = [
        file.src_uri
        for file in files
        if not file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
    ]
    log_problems([*problems, *misnamed_pages(published)], config)
    remember_orphans(tree, config)
    for uri in tree.refused:
        files.remove(authors[uri])
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Compare the page with its original, and mark the sections that differ."""
    state, problems = translation_of(page.file, config)
    report(problems, page)
    keep(page, "translation", state)
    keep(page, "translations", translations_of(page.file, config))
    return mark_sections(html, state.changes, building_locale(config))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `translation_notice` and, for a page in another language, `content_lang` in place."""
    locale, written_in = building_locale(config), source_locale(page.file)
    context["content_lang"] = language_tag(written_in) if written_in != locale else ""
    context["translation_notice"] = notice(
        translation(page),
        locale,
        default_locale(config),
        page_url=page.url,
        original_url=original_url(page.file, config),
        help_url=page_url("translations.md", config) + "#help",
    )
