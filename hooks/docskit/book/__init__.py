"""One language's pages as a book: valid XHTML, an EPUB, and the sheet that a PDF is made of."""

from docskit.book.book_source import BookPage, BookSource, Entry
from docskit.book.chapters import Book, book_of
from docskit.book.cover import draw_cover
from docskit.book.epub import epub
from docskit.book.paper import paper
from docskit.book.pdf_text import with_han
from docskit.book.pictures import kind_of

__all__ = [
    "Book",
    "BookPage",
    "BookSource",
    "Entry",
    "book_of",
    "draw_cover",
    "epub",
    "kind_of",
    "paper",
    "with_han",
]
