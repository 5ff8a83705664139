"""The redirects of a build: which old addresses it gets, and where they lead.

The site carries the list of its addresses, so that the next build, here or in a workflow, can
name those that would die.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from docskit.pages import (
    ADDRESSES,
    LIST,
    alias_destinations,
    dead_addresses,
    destination,
    lines,
    list_of_pages,
    moved_identities,
    redirect_page,
    successors,
)
from docskit.publishing import PublishedPage
from mkdocs_bridge.cache import mkdocs_log
from mkdocs_bridge.publishing.published_pages import has_output, recorded, write_output
from mkdocs_bridge.site import (
    history_of_build,
    language_folder,
    locales,
    log_problems,
    message_language,
    tag_of_page,
    tree_of,
)

log = mkdocs_log("pages")


Pages = dict[tuple[str, str], tuple[PublishedPage, File]]
"""By identity and locale."""


def _from_history(config: MkDocsConfig, pages: Pages) -> tuple[dict[str, str], dict[str, str]]:
    """Former identity → the page that it has become, and of deleted ones the page to propose."""
    history, tree, known = history_of_build(config), tree_of(config), set(locales(config))
    sources = {file.src_uri for _, file in pages.values()}
    existing = {identity for identity, _ in pages}
    moved = moved_identities(history.moves(sources), lambda uri: tree.identity_of(uri, known))
    former = {
        tree.identity_of(uri, known)
        for uri in {*history.dates, *history.became}
        if uri.endswith(".md") and uri not in sources
    }
    return moved, successors(sorted(former - existing - moved.keys()), existing, moved)


def _by_file(led: dict[str, str], config: MkDocsConfig, pages: Pages) -> dict[str, tuple[str, str]]:
    """Old file of the site → (identity, locale) of the page that its identity leads to."""
    return {
        destination(old, language_folder(locale, config), config.use_directory_urls): (new, locale)
        for old, new in sorted(led.items())
        for locale in locales(config)
        if (new, locale) in pages
    }


def _from_front_matter(config: MkDocsConfig, pages: Pages) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for (identity, locale), (_, file) in pages.items():
        aliases = file.page.meta.get("aliases") if file.page is not None else None
        if not aliases:
            continue
        files, problems = alias_destinations(aliases, file.src_uri, config.use_directory_urls)
        log_problems(problems, config)
        folder = language_folder(locale, config)
        for name in files:
            found.setdefault(name if name.startswith(folder) else folder + name, (identity, locale))
    return found


def write_redirects(config: MkDocsConfig) -> None:
    """Write a page at each address that git or the front matter knows, and no page has.

    Then write the list of all addresses, and name those that were in the site before.
    """
    pages = {(page.identity, page.locale): (page, file) for page, file in recorded(config)}
    exists = has_output(config)
    moved, instead = _from_history(config, pages)
    wanted = _by_file(moved, config, pages) | _from_front_matter(config, pages)
    # A tag's page goes with its last page, and nobody can lead it on.
    addresses = {file.url for _, file in pages.values() if not tag_of_page(file)}
    for old, target in sorted(wanted.items()):
        page, file = pages[target]
        # A system that does not tell `Git/` from `git/` has the page itself there.
        if exists(old) or (Path(config.site_dir) / old).exists():
            continue
        here = old.removesuffix("index.html") if config.use_directory_urls else old
        url = utils.get_relative_url(file.url, here)
        write_output(config, old, redirect_page(url, page.canonical, page.title, page.locale))
        addresses.add(here)
    led = _by_file(instead, config, pages) | wanted
    former = {old: pages[target][1].url for old, target in led.items()}
    titles = {file.url: page.title for page, file in pages.values() if page.is_listed}
    write_output(config, LIST, list_of_pages(titles, former))
    list_of_site = Path(config.site_dir) / ADDRESSES
    with suppress(OSError, UnicodeDecodeError):
        dead = dead_addresses(list_of_site.read_text(encoding="utf-8"), addresses)
        for line in lines(dead, message_language(config)):
            log.info(line)
    write_output(config, ADDRESSES, "".join(f"{address}\n" for address in sorted(addresses)))
