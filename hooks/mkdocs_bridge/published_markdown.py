"""Each page's Markdown, published beside the page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.fingerprint import digest
from docskit.machine_pages import (
    file_references,
    markdown_facts,
    markdown_file,
    markdown_path,
    moved_references,
    with_references,
)
from docskit.published import PublishedPage
from mkdocs_bridge.author_pages import author_page
from mkdocs_bridge.derived_outputs import write_derived
from mkdocs_bridge.page_build import keep, kept
from mkdocs_bridge.published_pages import has_output
from mkdocs_bridge.translations import read_file


def note_markdown(page: Page) -> None:
    """Note what the page says and where it refers to files; call it in `on_page_markdown`."""
    body = author_page(page).front_matter.body
    keep(page, "file_references", file_references(body))
    keep(page, "body", digest(body.encode("utf-8", "surrogatepass")))


def write_markdown(published: PublishedPage, page: Page, config: MkDocsConfig) -> None:
    """Write the author's text with links that are right where it lies."""
    found = kept(page, "file_references")
    references = found if isinstance(found, list) else []
    moved = moved_references(published, references, has_output(config))
    path = markdown_path(published)

    def make() -> dict[str, str]:
        body = read_file(page.file).front_matter.body
        return {path: markdown_file(published, with_references(body, moved))}

    write_derived(config, [path], [kept(page, "body"), moved, markdown_facts(published)], make)
