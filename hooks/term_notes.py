"""Give the first mention of a term in each section its other language and its note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.translation import GLOSSARY
from docskit.typesetting import notes_of, terms_of
from mkdocs_bridge.cache import depend_on_file
from mkdocs_bridge.site import glossary_terms, source_locale


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Mark the finished content, unless the page's front matter says `hide: [terms]`."""
    depend_on_file(page, Path(config.docs_dir, GLOSSARY))
    if "terms" in (page.meta.get("hide") or []) or page.meta.get("template"):
        return html
    terms = terms_of(page.file.src_uri, glossary_terms(config))
    return notes_of(tuple(terms), source_locale(page.file)).within(html)
