"""The author's own text of a page, for hooks that come after it has been rewritten."""

from __future__ import annotations

from mkdocs.structure.pages import Page

from docskit.messages import Problem
from docskit.reading import AuthorPage, read_author_page

_ATTRIBUTE = "_author_page"


def read_page(page: Page) -> tuple[AuthorPage, list[Problem]]:
    """Read the page's file, and remember it for `author_page`."""
    result = read_author_page(page.file.content_bytes, page.file.src_uri)
    page.__dict__[_ATTRIBUTE] = result[0]
    return result


def author_page(page: Page) -> AuthorPage:
    """The author's text, front matter and line numbers; read again if the cache spared reading."""
    remembered = page.__dict__.get(_ATTRIBUTE)
    return remembered if isinstance(remembered, AuthorPage) else read_page(page)[0]
