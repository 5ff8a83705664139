"""What is written when all languages are built."""

from mkdocs_bridge.publishing.book_pages import PAGES, attach, books_of_language, write_source
from mkdocs_bridge.publishing.outside_homes import bring_home, publish_homes, wants_fetched
from mkdocs_bridge.publishing.published_markdown import note_markdown, write_markdown
from mkdocs_bridge.publishing.published_media import media_path
from mkdocs_bridge.publishing.published_pages import (
    keep_summary,
    published_page,
    record,
    recorded,
    remember_outputs,
    site_url,
    write_output,
)
from mkdocs_bridge.publishing.published_redirects import write_redirects
from mkdocs_bridge.publishing.search_pages import indexed_pages

__all__ = [
    "PAGES",
    "attach",
    "books_of_language",
    "bring_home",
    "indexed_pages",
    "keep_summary",
    "media_path",
    "note_markdown",
    "publish_homes",
    "published_page",
    "record",
    "recorded",
    "remember_outputs",
    "site_url",
    "wants_fetched",
    "write_markdown",
    "write_output",
    "write_redirects",
    "write_source",
]
