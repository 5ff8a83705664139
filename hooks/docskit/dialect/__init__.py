"""Authors' Markdown (CommonMark, GFM, Typora) made safe for Python-Markdown.

`normalise` rewrites the source where Python-Markdown would see other blocks than the author's
editor does; `DialectExtension` does inside the conversion what source text cannot say.
"""

from docskit.dialect.extension import DialectExtension
from docskit.dialect.normalise import normalise

__all__ = ["DialectExtension", "normalise"]
