"""Draw Mermaid diagrams into the pages."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

from docskit.typesetting import draw_diagrams
from mkdocs_bridge.site import author_page, is_last_language, report, source_locale
from mkdocs_bridge.stores import DiagramStore


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Put drawings where the page has the code of diagrams."""
    source = author_page(page).source.text if "mermaid" in html.lower() else ""
    html, problems = draw_diagrams(
        html,
        DiagramStore(config).draw,
        source,
        page.file.src_uri,
        source_locale(page.file),
    )
    report(problems, page)
    return html


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Keep the cache bounded."""
    if is_last_language(config):
        DiagramStore(config).forget_old()
