"""Show author, date, reading time and last change under the title of each page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.page_info import page_info, split_title
from mkdocs_bridge.git_dates import last_changes
from mkdocs_bridge.languages import building_locale

_changes: dict[str, datetime] = {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Ask git once for each build."""
    _changes.clear()
    _changes.update(last_changes(Path(config.docs_dir)))
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Put `page_info`, `page_heading` and `page_body` into the template's context."""
    html = page.content or ""
    context["page_heading"], context["page_body"] = split_title(html)
    context["page_info"] = page_info(
        page.meta, html, _changes.get(page.file.src_uri), building_locale(config)
    )
