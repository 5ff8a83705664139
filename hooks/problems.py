"""Log what was found wrong with the authors' pages."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from mkdocs_bridge.report import log_reported


@event_priority(-150)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Log problems when all pages of a language are converted."""
    log_reported(files, config)
    return env
