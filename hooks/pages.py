"""Give every page a place of its own, or say why it has none."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_bridge.site import (
    arrange,
    building_locale,
    draft_mark,
    find_drafts,
    is_draft,
    leave_out_drafts,
    log_problems,
    navigation,
    remember_orphans,
    source_files,
    tree_of,
)

_serving: list[bool] = [False]


def on_startup(command: str, **_: object) -> None:
    """Note whether pages are for a preview, which shows drafts."""
    _serving[:] = [command == "serve"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """See every file, and leave no page out of the navigation."""
    source_files.install()
    navigation.install()
    return config


@event_priority(200)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Decide before any other hook looks at the pages."""
    find_drafts(files, config)
    if not _serving[0]:
        log_problems(leave_out_drafts(files, config), config)
    log_problems(arrange(files, config), config)
    remember_orphans(tree_of(config), config)
    return files


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    """Give the navigation its word for drafts, which are there in a preview only."""
    env.globals["draft_word"] = draft_mark(building_locale(config))[0]
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `draft_mark` into the template's context: a word and a sentence, for a draft."""
    if is_draft(page.file, config):
        context["draft_mark"] = draft_mark(building_locale(config))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Say what a `.nav.yml` has not got, and what it has that is not there."""
    log_problems(navigation.navigation_problems(files, config), config)
    return nav
