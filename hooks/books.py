"""Hand a language's pages to `make book`, and offer readers the books that it made."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.nav import Navigation

from mkdocs_bridge.publishing import attach, books_of_language, write_source

# One configuration object lives exactly as long as one build of all languages.
_NAVIGATION = "_book_navigation"


@event_priority(-300)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the books of the language for its pages' foot, where there are any."""
    config.extra["books"] = books_of_language(config)
    return config


@event_priority(-1000)
def on_nav(nav: Navigation, config: MkDocsConfig, **_: Any) -> Navigation:
    """Keep the order of the pages."""
    config.__dict__[_NAVIGATION] = nav
    return nav


@event_priority(-90)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages for the book, or copy the books, before static-i18n goes on."""
    write_source(config.__dict__.pop(_NAVIGATION), config)
    attach(config)
