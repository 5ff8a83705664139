"""MkDocs' files, pages and languages, as the core sees them."""

from mkdocs_bridge.site.anchor_links import keep_fragments, mend_fragments
from mkdocs_bridge.site.author_pages import author_page, read_page
from mkdocs_bridge.site.docs_folder import files_of, own_bytes
from mkdocs_bridge.site.drafts import draft_mark, find_drafts, is_draft, leave_out_drafts
from mkdocs_bridge.site.generated import add_page, is_free
from mkdocs_bridge.site.git_history import dates_of_build, former_anchors_of_build, history_of_build
from mkdocs_bridge.site.languages import (
    building_locale,
    default_locale,
    depend_on_language,
    home_url,
    identity,
    is_fallback,
    is_last_language,
    language_folder,
    locales,
    page_url,
    source_locale,
    switch_languages,
    twins,
)
from mkdocs_bridge.site.markdown_extensions import extension
from mkdocs_bridge.site.navigation import nearby
from mkdocs_bridge.site.package_files import package_file, publish
from mkdocs_bridge.site.page_files import PageFiles
from mkdocs_bridge.site.page_links import (
    addresses_of,
    keep_page_links,
    keep_references,
    kept_references,
    page_links,
    remember_sources,
    site_tree,
)
from mkdocs_bridge.site.page_places import arrange, place_of, tree_of
from mkdocs_bridge.site.page_tags import glossary_terms, tag_of_page
from mkdocs_bridge.site.readable_files import drop_unreadable, read_navigation
from mkdocs_bridge.site.report import (
    banner_lines,
    is_as_written,
    log_problems,
    log_reported,
    logged_problems,
    message_language,
    problems_of,
    report,
)
from mkdocs_bridge.site.site_settings import SiteSettings, site_settings
from mkdocs_bridge.site.text_titles import (
    HOME,
    escape_titles,
    is_named_by_author,
    mend_headings,
    name_page,
    take_title,
)
from mkdocs_bridge.site.theme_files import drop_unknown
from mkdocs_bridge.site.translation_sources import (
    all_translations,
    original_locale_of,
    original_url,
    read_file,
    remember_orphans,
    translation,
    translation_of,
    translations_of,
    written_in,
)

__all__ = [
    "HOME",
    "PageFiles",
    "SiteSettings",
    "add_page",
    "addresses_of",
    "all_translations",
    "arrange",
    "author_page",
    "banner_lines",
    "building_locale",
    "dates_of_build",
    "default_locale",
    "depend_on_language",
    "draft_mark",
    "drop_unknown",
    "drop_unreadable",
    "escape_titles",
    "extension",
    "files_of",
    "find_drafts",
    "former_anchors_of_build",
    "glossary_terms",
    "history_of_build",
    "home_url",
    "identity",
    "is_as_written",
    "is_draft",
    "is_fallback",
    "is_free",
    "is_last_language",
    "is_named_by_author",
    "keep_fragments",
    "keep_page_links",
    "keep_references",
    "kept_references",
    "language_folder",
    "leave_out_drafts",
    "locales",
    "log_problems",
    "log_reported",
    "logged_problems",
    "mend_fragments",
    "mend_headings",
    "message_language",
    "name_page",
    "nearby",
    "original_locale_of",
    "original_url",
    "own_bytes",
    "package_file",
    "page_links",
    "page_url",
    "place_of",
    "problems_of",
    "publish",
    "read_file",
    "read_navigation",
    "read_page",
    "remember_orphans",
    "remember_sources",
    "report",
    "site_settings",
    "site_tree",
    "source_locale",
    "switch_languages",
    "tag_of_page",
    "take_title",
    "translation",
    "translation_of",
    "translations_of",
    "tree_of",
    "twins",
    "written_in",
]
