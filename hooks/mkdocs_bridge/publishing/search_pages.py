"""The pages of the language that is being built, as search sees them."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from docskit.search import IndexedPage, Section, drafted_sections, keywords
from mkdocs_bridge.cache import kept
from mkdocs_bridge.site import is_fallback, source_locale, translation


def indexed_pages(
    files: Files, config: MkDocsConfig
) -> tuple[list[IndexedPage], list[tuple[object, ...]]]:
    """Each page that is to be found, and plain values that change when what it says does.

    Its sections are what was kept with it as `search`, and known as `search_digest`.
    """
    pages, facts = [], []
    for file in files.documentation_pages():
        page, options = file.page, (file.page.meta.get("search") or {}) if file.page else {}
        if page is None or options.get("exclude"):
            continue
        parts: Sequence[Section] = kept(page, "search", ())  # type: ignore[assignment]
        indexed = IndexedPage(
            url=page.url,
            title=str(page.title),
            sections=parts,
            locale=source_locale(file) if is_fallback(file, config) else "",
            keywords=keywords(page.meta),
            boost=float(options.get("boost", 1)),
            readings=kept(page, "readings"),  # type: ignore[arg-type]
            path=[str(above.title) for above in list(page.ancestors)[::-1]],
            drafted=drafted_sections(parts, translation(page)),
        )
        pages.append(indexed)
        facts.append(indexed.facts(kept(page, "search_digest")))
    return pages, facts
