"""A page as its author saved it, taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from docskit.messages import Problem
from docskit.reading.front_matter import FrontMatter, read_front_matter
from docskit.reading.source_text import Source, decode_source


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """The author's file: the text as saved, and front matter and body read from it.

    Line n of `front_matter.body` (1-based) is line `n + front_matter.body_line - 1` of
    `source.text`.
    """

    path: str
    source: Source
    front_matter: FrontMatter


def read_author_page(data: bytes, path: str) -> tuple[AuthorPage, list[Problem]]:
    """Decode a file and read its front matter; `path` is its source URI."""
    page, problems = _read(data, path)
    return page, list(problems)


# Several steps in a row ask for a page and for its translations.
@lru_cache(maxsize=8)
def _read(data: bytes, path: str) -> tuple[AuthorPage, tuple[Problem, ...]]:
    source, problems = decode_source(data, path)
    front_matter, more = read_front_matter(source.text, path)
    return AuthorPage(path, source, front_matter), (*problems, *more)
