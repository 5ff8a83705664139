"""The pages of the language that is being built, as search sees them."""

from __future__ import annotations

from collections.abc import Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docskit.pages import PageTree
from docskit.search import IndexedPage, Section, drafted_sections, keywords, link_boosts
from mkdocs_bridge.cache import kept
from mkdocs_bridge.site import (
    identity,
    is_fallback,
    locales,
    source_locale,
    translation,
    tree_of,
)


def indexed_pages(
    files: Files, config: MkDocsConfig
) -> tuple[list[IndexedPage], list[tuple[object, ...]]]:
    """Each page that is to be found, and plain values that change when what it says does.

    Its sections are what was kept with it as `search`, and known as `search_digest`.
    """
    pages, facts = [], []
    found = list(files.documentation_pages())
    names = tree_of(config), locales(config)
    linked = link_boosts(_linked(file, *names) for file in found)
    for file in found:
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
            boost=float(options.get("boost", 1)) * linked.get(identity(file), 1),
            readings=kept(page, "readings"),  # type: ignore[arg-type]
            path=[str(above.title) for above in list(page.ancestors)[::-1]],
            drafted=drafted_sections(parts, translation(page)),
        )
        pages.append(indexed)
        facts.append(indexed.facts(kept(page, "search_digest")))
    return pages, facts


def _linked(file: File, tree: PageTree, all_locales: list[str]) -> set[str]:
    """The identities of the other pages that an author's page leads to."""
    targets: Sequence[str] = kept(file.page, "page_links", ()) if file.page else ()  # type: ignore[assignment]
    return {tree.identity_of(uri, all_locales) for uri in targets} - {identity(file)}
