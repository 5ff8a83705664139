"""The authors' texts behind the pages of all languages."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from docskit.author_page import AuthorPage, read_author_page
from docskit.problem import Problem
from docskit.translation import State, Translation, compare
from mkdocs_bridge.languages import (
    building_locale,
    default_locale,
    is_fallback,
    source_locale,
    twins,
)
from mkdocs_bridge.page_build import kept


def read_file(file: File) -> AuthorPage:
    """An author's page; what is wrong with it is reported where it is converted."""
    return read_author_page(file.content_bytes, file.src_uri)[0]


def translation_of(file: File, config: MkDocsConfig) -> tuple[Translation, list[Problem]]:
    """The state of a page in the language that is being built."""
    default = default_locale(config)
    if is_fallback(file, config):
        return Translation(State.MISSING), []
    if source_locale(file) == default or file.generated_by:
        return Translation(State.ORIGINAL), []
    original = twins(file).get(default)
    if original is None:
        return Translation(State.ORPHAN), []
    return compare(read_file(original), read_file(file))


def translation(page: Page) -> Translation:
    """What `hooks/translations.py` has kept of the page when it was converted."""
    found = kept(page, "translation")
    return found if isinstance(found, Translation) else Translation(State.ORIGINAL)


def original_url(file: File, config: MkDocsConfig) -> str:
    """The URL of the page in the default language, relative to the site's root."""
    default = default_locale(config)
    if building_locale(config) == default:
        return str(file.url)
    alternates: dict[str, File] = getattr(file, "alternates", {})
    return str(alternates[default].url) if default in alternates else str(file.url)
