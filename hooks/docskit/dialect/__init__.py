"""Authors' Markdown (CommonMark, GFM, Typora, Obsidian, VuePress) in Python-Markdown.

`DialectExtension` makes Python-Markdown build its tree from markdown-it's tokens; `reading_of`
has those of the page that was converted last.
"""

from docskit.dialect.extension import DialectExtension, reading_of
from docskit.dialect.reading import Reading

__all__ = ["DialectExtension", "Reading", "reading_of"]
