"""What a book is made from: one language's pages as the site has them, in the navigation's order.

The build of the site writes it (`hooks/books.py`), and `tools/make_book.py` reads it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page: `path` is its URL relative to the site's root, `html` its article.

    `lang` is the locale that it is written in, which on a page without a translation is not the
    book's. `authors` and `written` (ISO 8601) are empty where nobody has said them.
    """

    path: str
    title: str
    html: str
    lang: str
    authors: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, `level` 0 for the outermost; `path` is empty for a mere heading."""

    title: str
    level: int
    path: str = ""


@dataclass(frozen=True, slots=True)
class BookSource:
    """A book. `site_url` ends in a slash, or is empty; `changed` is an ISO 8601 day or empty."""

    locale: str
    title: str
    subtitle: str
    author: str
    rights: str
    site_url: str
    changed: str
    entries: tuple[Entry, ...]
    pages: tuple[BookPage, ...]

    def to_json(self) -> str:
        """For the file between the build and the program."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> BookSource:
        """What `to_json` wrote."""
        values = json.loads(text)
        values["entries"] = tuple(Entry(**entry) for entry in values["entries"])
        values["pages"] = tuple(BookPage(**page) for page in values["pages"])
        return cls(**values)
