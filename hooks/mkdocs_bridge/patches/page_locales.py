"""A page's language and address are what `docskit.pages.page_tree` says; static-i18n asks here.

Of other files, only configured languages are locale suffixes. static-i18n takes every two
lower-case letters before the extension for a locale: it drops `node.js.md` from all languages.
It also cuts the first `.en` it finds out of a path, be it in `my.env.en.md` or in a folder's name.
"""

from __future__ import annotations

import os
import posixpath
import re
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n import suffix

from docskit.pages import Place, is_index, output
from mkdocs_bridge.site import PageFiles, place_of

_create = suffix.create_i18n_file
_NO_LOCALE = re.compile(r"(?!)")


def _create_i18n_file(
    file: File, current: str, default: str, languages: list[str], config: MkDocsConfig
) -> Any:
    place = place_of(file, config)
    if place is not None:
        return _placed(file, place, current, default, config)
    # Not by `file.name`: of a file that was made here before, the locale is gone from it.
    folder, _, name = file.src_uri.rpartition("/")
    stem, _, _ = name.rpartition(".")
    localization = stem.rpartition(".")[2] if "." in stem else None
    if localization is None or (localization in languages and "." not in folder):
        return _made(file, current, default, localization, config)
    made = _create(file, current, default, languages, config)
    if made.localization:
        stem, dot, extension = made.src_uri.rpartition(".")
        made.norm_src_uri = stem.removesuffix(f".{made.localization}") + dot + extension
    return made


def _placed(file: File, place: Place, current: str, default: str, config: MkDocsConfig) -> Any:
    """The page as it is shown in the language `current`, its own or as the one there is."""
    made = _new(file, config)
    made.name = (
        "index"
        if is_index(place.identity)
        else posixpath.splitext(posixpath.basename(place.identity))[0]
    )
    _address(made, output(place.identity, config.use_directory_urls), current, default)
    made.locale = place.locale
    made.localization = place.locale if place.named else None
    made.norm_src_uri = place.identity
    return made


def _new(file: File, config: MkDocsConfig) -> Any:
    made: Any = File.__new__(File)
    made.src_uri = file.src_uri
    made.src_dir = config.docs_dir
    made.dest_dir = config.site_dir
    made.use_directory_urls = config.use_directory_urls
    made.inclusion = file.inclusion
    return made


def _address(made: Any, uri: str, current: str, default: str) -> None:
    made.dest_uri = uri if current == default else f"{current}/{uri}"
    made.abs_dest_path = os.path.normpath(os.path.join(made.dest_dir, made.dest_uri))  # noqa: PTH118
    made.url = made._get_url(made.use_directory_urls)
    made.alternates = {current: made}
    made.locale_alternate_of = current


def _made(
    file: File, current: str, default: str, localization: str | None, config: MkDocsConfig
) -> Any:
    """What static-i18n makes of a file, without its twenty paths.

    It asks for each file of the site in each language, several times over.
    """
    made = _new(file, config)
    name = file.name.removesuffix(f".{localization}") if localization else file.name
    made.name = "index" if name == "README" else name
    uri = _without(localization, file.dest_uri) if localization else file.dest_uri
    # Not of an author's own README.html, which static-i18n would put over the folder's page.
    if uri.endswith("README.html") and made.is_documentation_page():
        uri = f"{uri.rpartition('/')[0]}/index.html".lstrip("/")
    _address(made, uri, current, default)
    made.locale = localization or default
    made.localization = localization
    made.norm_src_uri = _without(localization, file.src_uri) if localization else file.src_uri
    return made


def _without(localization: str, uri: str) -> str:
    """`git.md` for `git.en.md`, `git/index.html` for `git.en/index.html`."""
    if uri.endswith(f".{localization}/index.html"):
        folder = uri.removesuffix(f".{localization}/index.html")
        parent, _, last = folder.rpartition("/")
        return f"{parent if last in {'index', 'README'} else folder}/index.html".lstrip("/")
    stem, dot, extension = uri.rpartition(".")
    return stem.removesuffix(f".{localization}") + dot + extension


def install() -> None:
    """Replace what static-i18n does; again and again is once."""
    suffix.RE_LOCALE = _NO_LOCALE
    suffix.create_i18n_file = _create_i18n_file
    suffix.I18nFiles = PageFiles
