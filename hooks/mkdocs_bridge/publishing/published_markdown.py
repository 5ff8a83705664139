"""Each page's Markdown, published beside the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.messages import digest, fit
from docskit.publishing import (
    PublishedPage,
    file_references,
    markdown_facts,
    markdown_file,
    markdown_path,
    moved_references,
    with_references,
)
from mkdocs_bridge.build import write_derived
from mkdocs_bridge.cache import keep, kept
from mkdocs_bridge.publishing.published_pages import has_output
from mkdocs_bridge.site import author_page, read_file


def note_markdown(page: Page) -> None:
    """Note what the page says and where it refers to files; call it in `on_page_markdown`."""
    body = author_page(page).front_matter.body
    keep(page, "file_references", file_references(body))
    keep(page, "body", digest(body.encode("utf-8", "surrogatepass")))


def _moved(
    published: PublishedPage, page: Page, config: MkDocsConfig
) -> list[tuple[int, int, str]]:
    found = kept(page, "file_references")
    references = found if isinstance(found, list) else []
    return moved_references(published, references, has_output(config))


def _text(published: PublishedPage, page: Page, moved: list[tuple[int, int, str]]) -> str:
    text = with_references(read_file(page.file).front_matter.body, moved)
    return markdown_file(published, fit(text))


def write_markdown(
    pages: Sequence[tuple[PublishedPage, Page]], path_of_all: str, config: MkDocsConfig
) -> None:
    """Write each author's text with links that are right where it lies, and all in one file.

    `path_of_all` is that file's path, relative to the site's root.
    """
    facts = []
    texts = []
    for published, page in pages:
        moved = _moved(published, page, config)
        text = partial(_text, published, page, moved)
        made_of = [kept(page, "body"), moved, markdown_facts(published)]
        path = markdown_path(published)
        write_derived(config, path, made_of, partial(_one, path, text))
        facts.append(made_of)
        texts.append(text)
    write_derived(
        config,
        path_of_all,
        facts,
        lambda: {path_of_all: "\n".join(text() for text in texts)},
    )


def _one(path: str, text: Callable[[], str]) -> dict[str, str]:
    return {path: text()}
