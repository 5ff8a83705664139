"""Serve Mermaid from the site itself, to the pages that show a diagram."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.diagrams import has_diagram
from mkdocs_bridge.package_files import package_file, publish
from mkdocs_bridge.page_build import keep, kept

_pages_with_diagrams: set[str] = set()


def on_pre_build(**_: Any) -> None:
    """Forget the last build."""
    _pages_with_diagrams.clear()


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Note whether the page shows a diagram."""
    keep(page, "diagram", has_diagram(html))
    return html


def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> None:
    """Tell the template whether the page needs the drawing script."""
    context["page_has_diagram"] = bool(kept(page, "diagram"))
    if context["page_has_diagram"]:
        _pages_with_diagrams.add(page.url)


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the script if any page has a diagram."""
    if _pages_with_diagrams:
        script = package_file("mermaidx", "assets/mermaid.js")
        publish(script, Path(config.site_dir) / "assets/javascripts/mermaid.min.js")
