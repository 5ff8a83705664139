"""The tags of all pages of the language that is being built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from docskit.glossary import GLOSSARY, Term, read_glossary
from docskit.tags import PAGE, Tag, TaggedPage, TagLink, all_tags, anchor, tag_names
from mkdocs_bridge.docs_folder import own_bytes
from mkdocs_bridge.languages import building_locale, default_locale, identity, page_url


@dataclass(frozen=True, slots=True)
class TagsOfLanguage:
    """Every tag, and every tagged page by its identity."""

    tags: list[Tag]
    pages: dict[str, TaggedPage]


def glossary_terms(config: MkDocsConfig) -> list[Term]:
    """The site's terms; what is wrong with the file is reported where search reads it."""
    # One configuration object lives exactly as long as one build of all languages.
    terms: list[Term] | None = config.__dict__.get("_tag_terms")
    if terms is None:
        terms = read_glossary(own_bytes(config.docs_dir, GLOSSARY))[0]
        config.__dict__["_tag_terms"] = terms
    return terms


def tags_of_language(files: Iterable[File], config: MkDocsConfig) -> TagsOfLanguage:
    """Call it when every page of the language is converted, from `on_page_context` on."""
    locale = building_locale(config)
    known: dict[str, TagsOfLanguage] = config.__dict__.setdefault("_tags", {})
    if locale not in known:
        terms = glossary_terms(config)
        # Written before the translations, which have their originals' tags unless they say so.
        originals = known.get(default_locale(config))
        pages = {}
        for file in files:
            if file.page is None:
                continue
            name = identity(file)
            own = file.page.meta.get("tags")
            if not own and originals is not None and name in originals.pages:
                own = list(originals.pages[name].tags)
            tags = tag_names(own, terms, locale)
            if tags:
                pages[name] = TaggedPage(name, str(file.page.title), file.url, tags)
        known[locale] = TagsOfLanguage(all_tags(pages.values()), pages)
    return known[locale]


def tag_links(names: Iterable[str], config: MkDocsConfig) -> list[TagLink]:
    """Where each tag stands on the page of all tags."""
    place = page_url(PAGE, config)
    return [TagLink(name, f"{place}#{anchor(name)}") for name in names]
