"""Resolve every reference of a page, in Markdown and raw HTML, and say which are broken."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.references import ReferenceExtension, reference_problems
from mkdocs_bridge.site import (
    author_page,
    extension,
    keep_fragments,
    keep_page_links,
    keep_references,
    mend_fragments,
    page_links,
    remember_sources,
    report,
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the Markdown extension."""
    extension(config, ReferenceExtension)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Note which files there are, in all languages."""
    remember_sources(files, config)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the extension which page comes next."""
    extension(config, ReferenceExtension).links = page_links(page, config, files)
    return markdown


def _report_found(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Report what the extension found."""
    links = extension(config, ReferenceExtension).links
    if links is not None:
        keep_references(page, links.found)
        keep_page_links(page, links.found)
        report(reference_problems(links.found, author_page(page)), page)
    return html


@event_priority(-500)
def _note_fragments(html: str, page: Page, **_: Any) -> str:
    """Read the links of the finished content."""
    keep_fragments(html, page)
    return html


on_page_content = CombinedEvent(_report_found, _note_fragments)


@event_priority(50)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Lead fragments to the headings that they mean: all pages are converted now."""
    for page, problems in mend_fragments(files, config):
        report(problems, page)
    return env
