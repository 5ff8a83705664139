"""Turn formulas into MathML."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.pages import Page

from docskit.html import formulas_to_mathml
from mkdocs_bridge.site import author_page, report


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Convert what arithmatex has marked."""
    if 'class="arithmatex"' not in html:
        return html
    html, problems = formulas_to_mathml(html, author_page(page).source.text, page.file.src_uri)
    report(problems, page)
    return html
