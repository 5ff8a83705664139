"""The place of each page of a build: its language and address, as `docskit.pages.page_tree` says.

It is kept with static-i18n's plugin, which all that needs it has at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docskit.messages import Problem
from docskit.pages import (
    PageTree,
    Place,
    check_tree,
    copies,
    generated_instead,
    is_mostly_han,
    misnamed_pages,
    page_tree,
    unusable_names,
)
from docskit.reading import AuthorPage, read_author_page
from docskit.translation import likely_original
from mkdocs_bridge.site.languages import default_locale, locales

_NAME = "_page_tree"
_STAND_INS = "_page_stand_ins"


def arrange(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Give each page its place, and take out of `files` those that have none.

    Call it in `on_files` before any other hook looks at the pages, in every language; the
    problems are the same each time.
    """
    published = [
        file
        for file in files
        if not file.inclusion.is_excluded() and file.src_dir is not None  # type: ignore[no-untyped-call]
    ]
    pages = {file.src_uri: file for file in published if file.is_documentation_page()}
    others = [file for file in published if not file.is_documentation_page()]
    others_of_authors = [file.src_uri for file in others if file.src_dir == config.docs_dir]
    read = reader(lambda uri: pages[uri].content_bytes)
    tree = page_tree(
        pages,
        default_locale(config),
        locales(config),
        directory_urls=config.use_directory_urls,
        # Those of the theme are written first.
        other_files=others_of_authors,
        is_han=lambda uri: is_mostly_han(read(uri).front_matter.body),
    )
    problems = check_tree(
        tree,
        lambda orphan, candidates: likely_original(read(orphan), map(read, candidates)),
    )
    config.plugins["i18n"].__dict__.update({_NAME: tree, _STAND_INS: tree.stand_ins()})
    # Else the language that is built last would put them over the generator's own.
    generated = generated_instead(others_of_authors, locales(config)[1:])
    for uri in {*tree.refused, *tree.shadowed, *(problem.path for problem in generated)}:
        files.remove(files.src_uris[uri])
    problems += misnamed_pages(file.src_uri for file in others)
    problems += copies(pages)
    problems += unusable_names([*pages, *others_of_authors])
    return [*problems, *generated]


def reader(content: Callable[[str], bytes]) -> Callable[[str], AuthorPage]:
    """Pages by source URI, read when they are asked for, and once."""

    @cache
    def read(uri: str) -> AuthorPage:
        return read_author_page(content(uri), uri)[0]

    return read


def known_tree(i18n: object) -> PageTree:
    """The pages of the build, of static-i18n's plugin; empty where hooks/pages.py is off."""
    tree = i18n.__dict__.get(_NAME)
    return tree if isinstance(tree, PageTree) else PageTree("")


def stand_ins(i18n: object) -> dict[str, str]:
    """`PageTree.stand_ins` of the build, of static-i18n's plugin."""
    found: dict[str, str] = i18n.__dict__.get(_STAND_INS, {})
    return found


def tree_of(config: MkDocsConfig) -> PageTree:
    """The pages of the build; empty where hooks/pages.py is off."""
    return known_tree(config.plugins.get("i18n"))


def place_of(file: File, config: MkDocsConfig) -> Place | None:
    """The place of an author's page; None for other files."""
    return tree_of(config).places.get(file.src_uri)
