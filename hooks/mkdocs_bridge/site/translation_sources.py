"""The authors' texts behind the pages of all languages."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from docskit.messages import Problem
from docskit.pages import PageTree, Place
from docskit.reading import AuthorPage, read_author_page
from docskit.translation import State, Translation, compare, original_locale
from mkdocs_bridge.cache import kept
from mkdocs_bridge.site.languages import (
    building_locale,
    default_locale,
    identity,
    is_fallback,
    locales,
    source_locale,
    twins,
)


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


def original_locale_of(file: File, config: MkDocsConfig) -> str:
    """The locale in which the page was written first; the default one where no file is in it."""
    default = default_locale(config)
    versions = {source_locale(file): file, **twins(file)}
    if file.generated_by or default not in versions or len(versions) < 2:
        return default
    pages = {locale: read_file(version) for locale, version in versions.items()}
    return original_locale(pages, default)


def written_in(page: Page, config: MkDocsConfig) -> str:
    """`original_locale_of`, as `hooks/translations.py` has kept it."""
    return str(kept(page, "original_locale") or default_locale(config))


def translations_of(file: File, config: MkDocsConfig) -> dict[str, Translation]:
    """The state of a page in each language but the original's."""
    written = original_locale_of(file, config)
    versions = {source_locale(file): file, **twins(file)}
    original = versions.get(written)
    states: dict[str, Translation] = {}
    if original is None or file.generated_by:
        return states
    for locale in locales(config):
        if locale in versions and locale != written:
            states[locale] = compare(read_file(original), read_file(versions[locale]))[0]
        elif locale != written:
            states[locale] = Translation(State.MISSING)
    return states


def translation_of(file: File, config: MkDocsConfig) -> tuple[Translation, list[Problem]]:
    """The state of a page in the language that is being built."""
    if is_fallback(file, config):
        return Translation(State.MISSING), []
    written = original_locale_of(file, config)
    if source_locale(file) == written or file.generated_by:
        return Translation(State.ORIGINAL), []
    original = twins(file).get(written)
    if original is None:
        return Translation(State.ORPHAN), []
    return compare(read_file(original), read_file(file))


def translation(page: Page) -> Translation:
    """What `hooks/translations.py` has kept of the page when it was converted."""
    found = kept(page, "translation")
    return found if isinstance(found, Translation) else Translation(State.ORIGINAL)


def original_url(page: Page, config: MkDocsConfig) -> str:
    """The URL of the page in the language of its original, relative to the site's root."""
    file, written = page.file, written_in(page, config)
    if building_locale(config) == written:
        return str(file.url)
    alternates: dict[str, File] = getattr(file, "alternates", {})
    return str(alternates[written].url) if written in alternates else str(file.url)
