"""Publish pictures of other hosts with the site, where `extra.outside_pictures` says `fetch`.

What tools/fetch_outside.py has put into the cache is published as it is, and pages name it in
place of its address; authors' files stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.messages import Problem
from docskit.outside import Trouble, is_outside, mark_of, not_fetched, picture_name
from docskit.references import Kind, rewrite_html
from mkdocs_bridge.cache import keep, kept
from mkdocs_bridge.publishing.published_media import HOMES
from mkdocs_bridge.site import author_page, kept_references
from mkdocs_bridge.stores import OutsideOf

_FOLDER = "assets/outside"
_NOT_ASKED: Trouble = ("还没有问过", "")


def wants_fetched(config: MkDocsConfig) -> bool:
    """Whether the maintainer has turned it on."""
    return config.extra.get("outside_pictures") == "fetch"


def bring_home(html: str, page: Page, config: MkDocsConfig) -> tuple[str, list[Problem]]:
    """The content with the site's own address for each picture in the cache, and what is not."""
    outside = OutsideOf(page, config)
    homes: list[tuple[str, str, str]] = []

    def own_address(raw: str, kind: Kind) -> str | None:
        if kind is not Kind.MEDIA or not is_outside(raw):
            return None
        path, known = outside.data_path(raw), outside.known(raw)
        if path is None or known is None:
            return None
        stem = picture_name(known.address, "", lambda _: False)
        uri = f"{_FOLDER}/{stem}.{mark_of(known.address)}{known.extension}"
        own = quote(utils.get_relative_url(uri, page.url))
        homes.append((own, uri, str(path)))
        return own

    def trouble_of(address: str) -> Trouble | None:
        if outside.data_path(address) is not None:
            return None
        known = outside.known(address)
        return (known.trouble, known.kind) if known and known.trouble else _NOT_ASKED

    html = rewrite_html(html, own_address)
    keep(page, HOMES, homes)
    return html, not_fetched(author_page(page), kept_references(page), trouble_of)


def publish_homes(pages: Iterable[Page], config: MkDocsConfig) -> None:
    """Copy what the pages of this language name to the site."""
    found: set[tuple[str, str]] = set()
    for page in pages:
        found.update((uri, path) for _, uri, path in kept(page, HOMES, ()))  # type: ignore[attr-defined]
    for uri, path in sorted(found):
        with suppress(FileNotFoundError):
            utils.copy_file(path, str(Path(config.site_dir, uri)))
