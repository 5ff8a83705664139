"""Read each page's file, whatever its encoding, and mend its front matter."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from mkdocs_bridge.author_pages import read_page
from mkdocs_bridge.report import report


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Hand MkDocs a page whose front matter it can read."""
    author_page, problems = read_page(page)
    report(problems, page)
    return author_page.front_matter.render()
