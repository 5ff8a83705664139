"""One language's pages as a book: valid XHTML, an EPUB, and the sheet that a PDF is made of."""
