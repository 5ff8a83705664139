"""Python-Markdown drops the rest of a page after two unclosed `<div markdown>`.

At the end of the text it closes the outermost open element by name, which closes the innermost
one of that name and leaves the others, with all that is in them, behind.
"""

from __future__ import annotations

from typing import Any

from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.htmlparser import HTMLExtractor

released: Any = HTMLExtractorExtra.close
"""The method as it came."""


def _close(extractor: Any) -> None:
    HTMLExtractor.close(extractor)
    while extractor.mdstack:
        extractor.handle_endtag(extractor.mdstack[0])


def install() -> None:
    """Give it to `md_in_html`; again and again is once."""
    HTMLExtractorExtra.close = _close  # type: ignore[assignment, method-assign]
