"""Write one search index for each language, and show the theme's dialog where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from docskit.messages import fingerprint
from docskit.search import (
    further_files,
    index_files,
    messages,
    sections,
    syllables,
    with_other_names,
)
from docskit.translation import GLOSSARY, read_glossary
from mkdocs_bridge.build import write_derived
from mkdocs_bridge.cache import keep
from mkdocs_bridge.patches import stop_theme_search, worker_url
from mkdocs_bridge.publishing import indexed_pages
from mkdocs_bridge.site import building_locale, log_problems, own_bytes, read_file, twins

# The theme fetches this file on every page: the highlighter's settings, and no documents.
SETTINGS = {
    "config": {"lang": ["en"], "separator": r"[\s]+", "pipeline": [], "fields": {}},
    "docs": [],
}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave the reading and writing to this hook."""
    stop_theme_search(config)
    return config


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Read the page as it will be shown."""
    others = [read_file(twin) for twin in twins(page.file).values()]
    found = with_other_names(sections(html), html, others)
    keep(page, "search", found)
    keep(page, "search_digest", fingerprint([tuple(section) for section in found]))
    keep(page, "readings", syllables(section.heading for section in found))
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Write the index of the language that is being built, and tell the templates of it."""
    locale = building_locale(config)
    pages, facts = indexed_pages(files, config)
    terms, problems = read_glossary(own_bytes(config.docs_dir, GLOSSARY))
    log_problems(problems, config)
    names = [term.names for term in terms]
    write_derived(
        config,
        f"search/{locale}.js",
        [locale, names, facts],
        lambda: {
            f"search/{name}": text for name, text in index_files(locale, pages, names).items()
        },
        lambda first: [f"search/{name}" for name in further_files(locale, first)],
    )
    ours = f"assets/javascripts/search/worker.js?{locale}"
    words = messages(locale)
    env.globals["search_dialog"] = {"theirs": worker_url(config), "ours": ours, "words": words}
    return env


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the settings over what static-i18n has made the theme's plugin write."""
    settings = json.dumps(SETTINGS)
    for name, text in (("json", settings), ("js", f"var __index = {settings}")):
        write_file(text.encode(), str(Path(config.site_dir, "search", f"search_index.{name}")))
