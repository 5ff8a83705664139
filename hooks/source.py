"""Read each page's file, whatever its encoding, and mend its front matter."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.checking import snippet_problems
from mkdocs_bridge.site import (
    author_page,
    docs_folder,
    drop_unknown,
    drop_unreadable,
    log_problems,
    read_navigation,
    read_page,
    report,
)


def on_startup(**_: object) -> None:
    """Look at nothing outside the docs folder."""
    docs_folder.install()


@event_priority(300)
def _leave_out(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what nobody can read, before any hook tries; name links that lead elsewhere."""
    log_problems(docs_folder.left_out(config), config)
    log_problems(drop_unreadable(files, config), config)
    return files


@event_priority(-150)
def _order(files: Files, config: MkDocsConfig) -> Files:
    """Read the order of the navigation as it was meant."""
    log_problems(read_navigation(files), config)
    return files


on_files = CombinedEvent(_leave_out, _order)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Hand MkDocs a page whose front matter it can read."""
    author_page, problems = read_page(page)
    report(problems, page)
    return author_page.front_matter.render()


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Drop what would make the theme's templates fail; name files that are not there to insert."""
    report(drop_unknown(page, config), page)
    if "8<-" in markdown:
        exists = docs_folder.has_file(config.docs_dir)
        report(snippet_problems(author_page(page), exists), page)
    return markdown
