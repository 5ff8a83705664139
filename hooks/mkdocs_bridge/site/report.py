"""Tell authors what is wrong with their pages: once per file, not once per language.

A hook that finds problems while a page is converted calls `report`. They are kept with the
page (also when its conversion is taken from the cache) and logged by `log_reported` when
all pages of a language are converted. What belongs to no conversion is logged at once with
`log_problems`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.messages import KEPT_ALIKE, KEPT_SAME, Problem, Severity, told_once
from mkdocs_bridge.cache import keep, kept, mkdocs_log

log = mkdocs_log("pages")

_NAME = "problems"
_LEVELS = {
    Severity.WARNING: logging.WARNING,
    Severity.INFO: logging.INFO,
    Severity.HINT: logging.DEBUG,
}


def report(problems: Iterable[Problem], page: Page) -> None:
    """Keep the problems of a page that is being converted, to be logged later."""
    found = told_once(sorted(problems), KEPT_SAME, KEPT_ALIKE)
    if found:
        keep(page, _NAME, [*problems_of(page), *found])


def problems_of(page: Page) -> list[Problem]:
    """What was reported about the page, by line."""
    found = kept(page, _NAME, [])
    return sorted(found) if isinstance(found, list) else []


def message_language(config: MkDocsConfig) -> str:
    """The language of messages to authors: `extra.messages` in mkdocs.yml, else Chinese."""
    return str(config.extra.get("messages") or "zh")


def logged_problems(config: MkDocsConfig) -> set[Problem]:
    """What this build has logged so far: one configuration object lives as long as it."""
    seen: set[Problem] = config.__dict__.setdefault("_problems_logged", set())
    return seen


def is_as_written(src_uri: str, config: MkDocsConfig) -> bool:
    """Whether the page shows on purpose what would be repaired: `extra.as_written`.

    Named there relative to mkdocs.yml: a page of that name in another docs folder is not meant.
    """
    folder = Path(config.config_file_path or "mkdocs.yml").parent
    pages = config.extra.get("as_written") or ()
    return Path(config.docs_dir, src_uri) in {folder / page for page in pages}


def docs_root(config: MkDocsConfig) -> str:
    """The docs folder as a message names it: relative to where the command runs, if below."""
    folder = Path(config.docs_dir)
    try:
        return folder.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.name


def log_problems(problems: Iterable[Problem], config: MkDocsConfig) -> None:
    """Log each problem, unless this build has logged it before, in whatever language."""
    seen, root, language = logged_problems(config), docs_root(config), message_language(config)
    unsaid = []
    for problem in problems:
        meant = problem.severity is not Severity.WARNING and is_as_written(problem.path, config)
        if problem not in seen and not meant:
            seen.add(problem)
            unsaid.append(problem)
    for problem in told_once(unsaid):
        log.log(_LEVELS[problem.severity], problem.format(root, language))


def log_reported(files: Files, config: MkDocsConfig) -> None:
    """Log what was reported about the pages of the language that is being built."""
    for file in files.documentation_pages():
        if file.page is not None:
            log_problems(problems_of(file.page), config)


def banner_lines(page: Page, config: MkDocsConfig) -> list[str]:
    """What the preview shows above a page: its warnings, with file, line and what to do."""
    root, language = docs_root(config), message_language(config)
    return [
        problem.format(root, language)
        for problem in told_once(
            problem for problem in problems_of(page) if problem.severity is Severity.WARNING
        )
    ]
