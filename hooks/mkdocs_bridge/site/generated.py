"""Pages that no author wrote, in every language.

static-i18n drops pages whose source is not below the docs folder from the files it
arranges, so they are added after it (`on_files`, priority below -100) with the
attributes that it would have given them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docskit.pages import output
from mkdocs_bridge.site.languages import building_locale, default_locale, identity, locales
from mkdocs_bridge.site.page_links import remember_generated


def _file(src_uri: str, content: str, locale: str, config: MkDocsConfig) -> Any:
    file: Any = File.generated(config, src_uri, content=content)
    if locale != default_locale(config):
        file.dest_uri = f"{locale}/{file.dest_uri}"
        file.url = file._get_url(config.use_directory_urls)
    file.locale = file.locale_alternate_of = locale
    file.localization = None
    file.norm_src_uri = src_uri
    return file


def pages_by_output(files: Files) -> dict[str, File]:
    """The pages of a language by where their HTML lies in its folder."""
    return {output(identity(file)): file for file in files.documentation_pages()}


def is_free(files: Files, src_uri: str) -> bool:
    """Whether no author's page has the address of a page that is to be generated."""
    return output(src_uri) not in pages_by_output(files)


def add_page(
    files: Files,
    config: MkDocsConfig,
    src_uri: str,
    content: str,
    in_locales: Sequence[str] | None = None,
) -> File:
    """Add a page to the language that is being built, and tell it of its twins.

    `src_uri` is the page's identity in every language; `content` is Markdown with front matter.
    `in_locales` are those that have it, where not all do.
    """
    locale = building_locale(config)
    file = _file(src_uri, content, locale, config)
    file.alternates = {
        other: file if other == locale else _file(src_uri, content, other, config)
        for other in in_locales or locales(config)
    }
    files.append(file)
    remember_generated(src_uri, config)
    return file  # type: ignore[no-any-return]
