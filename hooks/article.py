"""Keep what an author writes within the article, and prove that all of it has arrived."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.checking import html_problems, lost, proof_problems, read, with_lost
from docskit.html import Html, balance, without_latex
from mkdocs_bridge.site import author_page, escape_titles, mend_headings, problems_of, report


@event_priority(500)
def _balance(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
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
    if repairs or "arithmatex" in balanced:
        mend_headings(page, Html(balanced))
    return balanced


@event_priority(-1000)
def _prove(html: str, page: Page, **_: Any) -> str:
    """Compare the finished article with what its author wrote, and give back what is lost."""
    if any(problem.code == "not-converted" for problem in problems_of(page)):
        # It is shown as written, all of it.
        return without_latex(html)
    front_matter = author_page(page).front_matter
    missing = lost(read(front_matter.body), Html(html))
    report(proof_problems(missing, page.file.src_uri, front_matter.body_line), page)
    return without_latex(with_lost(Html(html), missing))


on_page_content = CombinedEvent(_balance, _prove)


def on_env(env: Environment, **_: Any) -> Environment:
    """Let templates print titles as text."""
    escape_titles(env)
    return env
