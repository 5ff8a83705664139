"""The tags of all pages, and the page of each tag, in the language that is being built."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from docskit.messages import Problem
from docskit.pages import output
from docskit.publishing import (
    FOLDER,
    TAGS_PAGE,
    OwnTags,
    Relatives,
    Tag,
    TaggedPage,
    TagLink,
    TagName,
    all_tags,
    own_page_instead,
    own_tags,
    same_address,
    tags_by_page,
)
from docskit.translation import GLOSSARY, Term, read_glossary
from mkdocs_bridge.cache import kept
from mkdocs_bridge.site.docs_folder import own_bytes
from mkdocs_bridge.site.generated import add_page, pages_by_output
from mkdocs_bridge.site.languages import (
    building_locale,
    default_locale,
    falls_back,
    identity,
    locales,
)
from mkdocs_bridge.site.page_places import tree_of

Names = dict[str, tuple[TagName, ...]]


@dataclass(frozen=True, slots=True)
class TagsOfLanguage:
    """Every tag with its pages, by slug in the order of the page of all, and who is related."""

    tags: dict[str, Tag]
    relatives: Relatives


def glossary_terms(config: MkDocsConfig) -> list[Term]:
    """The site's terms; what is wrong with the file is reported where search reads it."""
    # One configuration object lives exactly as long as one build of all languages.
    terms: list[Term] | None = config.__dict__.get("_tag_terms")
    if terms is None:
        terms = read_glossary(own_bytes(config.docs_dir, GLOSSARY))[0]
        config.__dict__["_tag_terms"] = terms
    return terms


def read_tags(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Note the tags of the pages of all languages; what is wrong is the same for each language.

    Call it in `on_files` before static-i18n drops the files of other languages.
    """
    if "_tag_names" in config.__dict__:
        return []
    own: dict[str, OwnTags] = {}
    for file in files.documentation_pages():
        if file.abs_src_path is None:
            continue
        try:
            said = own_tags(file.content_bytes, file.src_uri)
        except OSError:
            # Whoever converts the page says so.
            continue
        if said is not None:
            own[file.src_uri] = said
    terms = glossary_terms(config)
    tree = tree_of(config)
    config.__dict__["_tag_names"] = {
        locale: tags_by_page(own, tree, terms, locale) for locale in locales(config)
    }
    return same_address(own, terms)


def names_of_language(config: MkDocsConfig) -> Names:
    """Identity → tags, of the pages of the language that is being built."""
    return _names(config).get(building_locale(config), {})


def _names(config: MkDocsConfig) -> dict[str, Names]:
    found: dict[str, Names] = config.__dict__.get("_tag_names", {})
    return found


def _locales_of_tags(config: MkDocsConfig) -> dict[str, list[str]]:
    """Slug → the languages in which a page has the tag."""
    pages = tree_of(config).pages
    found: dict[str, list[str]] = {}
    for locale, names in _names(config).items():
        for name, tags in names.items():
            if locale in pages[name] or (
                default_locale(config) in pages[name] and falls_back(config)
            ):
                for tag in tags:
                    listed = found.setdefault(tag.slug, [])
                    if locale not in listed:
                        listed.append(locale)
    return found


def add_tag_pages(files: Files, config: MkDocsConfig, title: str) -> list[Problem]:
    """Add a page for each tag of the language; `title` has `{tag}` in it.

    Where an author's page has the address, the tag leads there instead, which is said.
    """
    taken = pages_by_output(files)
    known = _locales_of_tags(config)
    present = {identity(file) for file in files.documentation_pages()}
    urls: dict[str, str] = config.__dict__.setdefault("_tag_urls", {})
    problems = []
    urls.clear()
    for name, tags in names_of_language(config).items():
        for tag in tags if name in present else ():
            if tag.slug in urls:
                continue
            page = f"{FOLDER}{tag.slug}.md"
            holder = taken.get(output(page))
            if holder is not None:
                urls[tag.slug] = holder.url
                problems.append(own_page_instead(holder.src_uri, tag.name))
                continue
            # JSON is YAML, whatever is in the name.
            heading = json.dumps(title.format(tag=tag.name), ensure_ascii=False)
            text = (
                f"---\ntitle: {heading}\ntemplate: tag.html\nhide: [toc]\n"
                "search: {exclude: true}\n---\n"
            )
            file = add_page(files, config, page, text, known.get(tag.slug))
            file.inclusion = InclusionLevel.NOT_IN_NAV
            urls[tag.slug] = file.url
    return problems


def tags_of_language(files: Iterable[File], config: MkDocsConfig) -> TagsOfLanguage:
    """Call it when every page of the language is converted, from `on_page_context` on."""
    locale = building_locale(config)
    known: dict[str, TagsOfLanguage] = config.__dict__.setdefault("_tags", {})
    if locale not in known:
        names = names_of_language(config)
        pages = []
        links: dict[str, list[str]] = {}
        tree, all_locales = tree_of(config), locales(config)
        for file in files:
            if file.page is None or file.generated_by:
                continue
            name = identity(file)
            slugs = tuple(tag.slug for tag in names.get(name, ()))
            about = str(file.page.meta.get("description") or kept(file.page, "summary") or "")
            pages.append(TaggedPage(name, str(file.page.title), file.url, slugs, about))
            linked = kept(file.page, "page_links", [])
            links[name] = [
                tree.identity_of(uri, all_locales)
                for uri in (linked if isinstance(linked, list) else [])
            ]
        tags = all_tags(pages, names)
        known[locale] = TagsOfLanguage(
            {tag.slug: tag for tag in tags}, Relatives(pages, tags, links)
        )
    return known[locale]


def tag_links(names: Iterable[TagName | Tag], config: MkDocsConfig) -> list[TagLink]:
    """Where the page of each tag is."""
    urls: dict[str, str] = config.__dict__.get("_tag_urls", {})
    return [TagLink(tag.name, urls[tag.slug]) for tag in names if tag.slug in urls]


def tag_of_page(file: File) -> str:
    """The slug of the tag whose page this is; '' for any other page."""
    name = identity(file)
    if not file.generated_by or name == TAGS_PAGE or not name.startswith(FOLDER):
        return ""
    return name.removeprefix(FOLDER).removesuffix(".md")
