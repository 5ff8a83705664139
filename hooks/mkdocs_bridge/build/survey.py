"""Convert all pages in all languages, without templates, to see what is wrong with them."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.messages import Problem, Severity
from docskit.pages import SiteTree
from docskit.references import Found, Shown, as_read
from mkdocs_bridge.build.incremental import convert_again
from mkdocs_bridge.cache import cache_folder, mkdocs_log, toc_values
from mkdocs_bridge.site import is_as_written, kept_references, locales, logged_problems, site_tree


@dataclass(slots=True)
class SurveyedPage:
    """An author's page and the references in it that are not exact, in one language.

    `show` converts it as if its file had other bytes; it works until `survey` has gone on.
    """

    docs_dir: Path
    path: Path
    src_uri: str
    found: list[Found]
    tree: SiteTree
    show: Callable[[bytes], Shown]


@dataclass(slots=True)
class Survey:
    """What a build would say about the pages, and what it found in them."""

    docs_dir: Path
    cache: Path
    locales: list[str]
    problems: list[Problem] = field(default_factory=list)
    pages: dict[str, SurveyedPage] = field(default_factory=dict)


class _EnoughError(Exception):
    """All pages of a language are converted."""


class _Others(logging.Handler):
    """Warnings that do not come from a problem: MkDocs' own and the plugins'."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: dict[str, Problem] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != mkdocs_log("pages").name:
            text = record.getMessage()
            self.problems[text] = Problem("", 0, 0, "mkdocs", Severity.WARNING, text, text)


def _show(page: Page, data: bytes) -> Shown:
    file = page.file
    # MkDocs' own setter would forget where the file is.
    file._content = data
    try:
        convert_again(page)
    finally:
        file._content = None
    toc = toc_values(page.toc)
    content = as_read(page.content or "")
    return Shown((content, page.title, repr(page.meta), toc), kept_references(page))


def survey(
    config_file: str,
    visit: Callable[[SurveyedPage], None] | None = None,
    *,
    as_written: bool = False,
) -> Survey:
    """Run the build's own steps up to the templates; the site folder is not touched.

    `visit` is called with each page when all of its language are converted. With `as_written`
    the pages are among them that show on purpose what would be repaired.
    """
    others = _Others()
    log = mkdocs_log()
    log.addHandler(others)
    log.propagate = False
    with tempfile.TemporaryDirectory() as site:
        config: Any = load_config(config_file, site_dir=site)
        result = Survey(Path(config.docs_dir), cache_folder(config), locales(config))

        @event_priority(-2000)
        def stop(_env: object, *, config: MkDocsConfig, files: Files) -> None:
            for file in files.documentation_pages():
                if file.page is None or file.abs_src_path is None:
                    continue
                if not as_written and is_as_written(file.src_uri, config):
                    continue
                # An original, shown in another language as well, was seen in its own first.
                if file.src_uri in result.pages:
                    continue
                page = result.pages[file.src_uri] = SurveyedPage(
                    result.docs_dir,
                    Path(file.abs_src_path),
                    file.src_uri,
                    kept_references(file.page),
                    site_tree(config),
                    partial(_show, file.page),
                )
                if visit is not None:
                    visit(page)
            raise _EnoughError

        config.plugins._register_event("env", stop)
        config.plugins.on_startup(command="build", dirty=False)
        for locale in locales(config):
            config.plugins["i18n"].current_language = locale
            with suppress(_EnoughError):
                build(config)
        result.problems = sorted({*logged_problems(config), *others.problems.values()})
    return result
