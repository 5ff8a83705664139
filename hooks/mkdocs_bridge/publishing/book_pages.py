"""Between the site and its books: `BOOK_PAGES` has the pages written for `tools/make_book.py`, and
`BOOKS` is the folder with the books that it made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from docskit.book import BookPage, BookSource, Entry
from docskit.html import without_tags
from docskit.publishing import PublishedPage, iso
from mkdocs_bridge.publishing.published_pages import recorded, site_url, write_output
from mkdocs_bridge.site import building_locale, source_locale

PAGES = "book-pages"
"""The folder of the site that has the pages for books: one JSON file for each language."""
_FOLDER = "book"
_FORMATS = ("epub", "pdf")


def _books(config: MkDocsConfig) -> list[Path]:
    """The books of the language that is being built: `…-zh.epub`."""
    folder = str(config.extra.get("books_folder") or "")
    if not folder:
        return []
    locale = building_locale(config)
    return [
        path for format_ in _FORMATS for path in sorted(Path(folder).glob(f"*-{locale}.{format_}"))
    ]


def books_of_language(config: MkDocsConfig) -> list[dict[str, str]]:
    """`url` relative to the site's root, `label`, and the name to save it under."""
    return [
        {
            "url": f"{_FOLDER}/{path.name}",
            "label": path.suffix[1:].upper(),
            "size": f"{path.stat().st_size / 1e6:.1f} MB",
            "name": f"{config.site_name}{path.suffix}",
        }
        for path in _books(config)
    ]


def attach(config: MkDocsConfig) -> None:
    """Copy the language's books to the site."""
    for path in _books(config):
        utils.copy_file(str(path), str(Path(config.site_dir) / _FOLDER / path.name))


def write_source(nav: Navigation, config: MkDocsConfig) -> None:
    """Write what a book of the language is made from, if `make book` has asked for it."""
    if not config.extra.get("book_pages"):
        return
    locale = building_locale(config)
    written = {
        file: published
        for published, file in recorded(config)
        if published.locale == locale and published.is_listed
    }
    pages = [_page(published, file) for file, published in written.items()]
    days = [iso(day)[:10] for page in written.values() if (day := page.changed or page.written)]
    source = BookSource(
        locale=locale,
        title=config.site_name,
        subtitle=config.site_description or "",
        author=config.site_author or "",
        rights=unescape(without_tags(config.copyright or "")).strip(),
        site_url=_public(site_url(config)),
        changed=max(days, default=""),
        entries=tuple(_entries(nav.items, 0, set(written))),
        pages=tuple(page for page in pages if page is not None),
    )
    write_output(config, f"{PAGES}/{locale}.json", source.to_json())


def _public(address: str) -> str:
    """'' for an address that only this machine knows."""
    local = re.match(r"https?://(?:127\.|localhost|\[::1\]|0\.0\.0\.0)", address)
    return "" if local else address


def _page(published: PublishedPage, file: File) -> BookPage | None:
    page = file.page
    if page is None or file.generated_by:
        return None
    return BookPage(
        path=file.url,
        title=published.title,
        html=page.content or "",
        lang=source_locale(file),
        authors="、".join(published.authors)
        if published.locale.startswith("zh")
        else ", ".join(published.authors),
        written=iso(published.written)[:10],
    )


def _entries(items: list[object], level: int, known: set[File]) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, Page) and item.file in known:
            yield Entry(str(item.title), level, item.file.url)
        elif isinstance(item, Section):
            below: list[object] = list(item.children)
            first = below[0] if below else None
            if isinstance(first, Page) and first.is_index and first.file in known:
                yield Entry(str(item.title), level, first.file.url)
                below = below[1:]
            else:
                yield Entry(str(item.title), level)
            yield from _entries(below, level + 1, known)
