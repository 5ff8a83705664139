"""The authors' texts behind the pages of all languages."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from docskit.author_page import AuthorPage, read_author_page
from docskit.page_tree import PageTree, Place
from docskit.problem import Problem
from docskit.translation import State, Translation, compare
from mkdocs_bridge.languages import (
    building_locale,
    default_locale,
    identity,
    is_fallback,
    locales,
    source_locale,
    twins,
)
from mkdocs_bridge.page_build import kept


def read_file(file: File) -> AuthorPage:
    """An author's page; what is wrong with it is reported where it is converted."""
    return read_author_page(file.content_bytes, file.src_uri)[0]


def remember_orphans(tree: PageTree, config: MkDocsConfig) -> None:
    """Keep, for the status page of every language, which translations have no original."""
    # One configuration object lives exactly as long as one build of all languages.
    config.__dict__["_orphans"] = [tree.places[uri] for uri in tree.orphans()]


def all_translations(
    pages: Iterable[Page], config: MkDocsConfig
) -> dict[str, dict[str, Translation]]:
    """Identity → locale → state, of every author's page of the site."""
    states: dict[str, dict[str, Translation]] = {}
    places: list[Place] = config.__dict__.get("_orphans", [])
    for place in places:
        states[place.identity] = {place.locale: Translation(State.ORPHAN)}
    for page in pages:
        if not page.file.generated_by and identity(page.file) not in states:
            found = kept(page, "translations")
            states[identity(page.file)] = found if isinstance(found, dict) else {}
    return states


def translations_of(file: File, config: MkDocsConfig) -> dict[str, Translation]:
    """The state of a page in each language but the default one."""
    default = default_locale(config)
    versions = {source_locale(file): file, **twins(file)}
    original = versions.get(default)
    states: dict[str, Translation] = {}
    if original is None or file.generated_by:
        return states
    for locale in locales(config):
        if locale in versions and locale != default:
            states[locale] = compare(read_file(original), read_file(versions[locale]))[0]
        elif locale != default:
            states[locale] = Translation(State.MISSING)
    return states


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
