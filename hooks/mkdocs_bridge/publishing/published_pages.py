"""The pages of all languages of a build, as the world outside sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from docskit.pages import output
from docskit.publishing import PublishedPage, description
from docskit.translation import State
from mkdocs_bridge.cache import keep, kept
from mkdocs_bridge.site import (
    building_locale,
    dates_of_build,
    default_locale,
    identity,
    source_locale,
    translation,
    twins,
    written_in,
)

_PLAIN = re.compile(r"[^./?#:][^/?#:]*(?:/[^./?#:][^/?#:]*)*/?")


def site_url(config: MkDocsConfig) -> str:
    """The site's address with a slash at its end; '' for none."""
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def _absolute(url: str, config: MkDocsConfig) -> str:
    if not config.site_url:
        return ""
    # Nearly all are; `urljoin` takes ten times as long.
    return site_url(config) + url if _PLAIN.fullmatch(url) else urljoin(site_url(config), url)


def _versions(file: File, config: MkDocsConfig) -> dict[str, str]:
    written = {source_locale(file): file, **twins(file)}
    if source_locale(file) != building_locale(config):
        # A fallback page is no version: its original is, at its own address.
        written[source_locale(file)] = file.alternates[source_locale(file)]  # type: ignore[attr-defined]
    default = default_locale(config)
    ordered = sorted(written.items(), key=lambda item: item[0] != default)
    return {locale: _absolute(version.url, config) for locale, version in ordered}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _ancestors(page: Page, config: MkDocsConfig) -> list[tuple[str, str]]:
    """Titles and addresses of the sections above the page that have a page of their own."""
    way = []
    for section in reversed(list(page.ancestors)):
        children = section.children if isinstance(section, Section) else []
        index = next((child for child in children if child.is_page), None)
        if isinstance(index, Page) and index.is_index and index is not page:
            way.append((str(section.title), _absolute(index.url, config)))
    return way


def keep_summary(html: str, page: Page) -> None:
    """Note what the page is about; call it in `on_page_content`."""
    keep(page, "summary", description(html))


def published_page(page: Page, config: MkDocsConfig) -> PublishedPage:
    """The page in the language that is being built; call it from `on_page_context` on."""
    file, state, versions = page.file, translation(page), _versions(page.file, config)
    names = page.meta.get("author") or ()
    own = _absolute(file.url, config)
    is_home = output(identity(file)) == "index.html"
    above = [str(section.title) for section in page.ancestors]
    summary = config.site_description if is_home else kept(page, "summary")
    return PublishedPage(
        identity=identity(file),
        src_uri=file.src_uri,
        locale=building_locale(config),
        path=file.url,
        title=str(page.title or config.site_name),
        description=str(page.meta.get("description") or summary or ""),
        canonical=versions[source_locale(file)] if state.state is State.MISSING else own,
        state=state.state,
        versions={} if state.state is State.MISSING else versions,
        default_locale=default_locale(config),
        written=_day(page.meta.get("date")),
        changed=_day(page.meta.get("updated")) or dates_of_build(config).get(file.src_uri),
        authors=tuple(str(name) for name in ([names] if isinstance(names, str) else names)),
        section=above[-1] if above else "",
        ancestors=tuple(_ancestors(page, config)),
        stale_sections=tuple(change.title for change in state.changes),
        drafted_sections=tuple(draft.title for draft in state.drafts),
        original_locale=written_in(page, config),
        is_home=is_home,
        is_listed=is_home or not file.generated_by,
    )


def record(published: PublishedPage, page: Page, config: MkDocsConfig) -> None:
    """Remember the page until all languages are written."""
    recorded(config).append((published, page.file))


def recorded(config: MkDocsConfig) -> list[tuple[PublishedPage, File]]:
    """Every page of every language so far, in the order of writing."""
    # One configuration object lives exactly as long as one build of all languages.
    pages: list[tuple[PublishedPage, File]] = config.__dict__.setdefault("_published", [])
    return pages


def remember_outputs(files: Files, config: MkDocsConfig) -> None:
    """Note which files this language of the build writes; call it in `on_env`."""
    outputs: set[str] = config.__dict__.setdefault("_outputs", set())
    outputs.update(file.dest_uri for file in files)


def has_output(config: MkDocsConfig) -> Callable[[str], bool]:
    """Whether this build has a file at a path relative to the site's root.

    Not what lies in the output folder: that may be left of the build before.
    """
    outputs: set[str] = config.__dict__.get("_outputs", set())
    return outputs.__contains__


def write_output(config: MkDocsConfig, path: str, text: str) -> None:
    """Write a file of the site; `path` is relative to its root."""
    utils.write_file(text.encode(), str(Path(config.site_dir) / path))
