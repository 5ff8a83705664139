"""Say what was found wrong with the authors' pages: in the log, and on the page in a preview."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bridge.patches import translate
from mkdocs_bridge.site import banner_lines, log_reported

_serving: list[bool] = [False]


def on_startup(command: str, **_: Any) -> None:
    """Note whether pages are for a preview: readers never see the banner."""
    _serving[:] = [command == "serve"]


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Say what others say to authors in the same way."""
    translate(config)
    return config


@event_priority(-150)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Log problems when all pages of a language are converted."""
    log_reported(files, config)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_problems` into the template's context: lines of text, worst first."""
    if _serving[0]:
        context["page_problems"] = banner_lines(page, config)
