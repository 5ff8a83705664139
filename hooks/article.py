"""Keep what an author writes within the article, and prove that all of it has arrived."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

from docskit.html_balance import balance
from docskit.html_problems import html_problems
from docskit.html_text import Html
from mkdocs_bridge.author_pages import author_page
from mkdocs_bridge.report import report
from mkdocs_bridge.text_titles import escape_titles, mend_headings


@event_priority(500)
def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Balance the tags, before anything else reads or changes the article."""
    balanced, repairs = balance(html)
    if repairs:
        front_matter = author_page(page).front_matter
        report(
            html_problems(
                html, repairs, page.file.src_uri, front_matter.body, front_matter.body_line
            ),
            page,
        )
        mend_headings(page, Html(balanced))
    return balanced


def on_env(env: Environment, **_: Any) -> Environment:
    """Let templates print titles as text."""
    escape_titles(env)
    return env
