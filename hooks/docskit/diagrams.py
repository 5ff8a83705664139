"""Which pages show a Mermaid diagram."""

from __future__ import annotations

import re

_DIAGRAM = re.compile(r"""<\w+[^>]*\sclass=["']?(?:[^"'>]*\s)?mermaid[\s"'>]""", re.IGNORECASE)


def has_diagram(html: str) -> bool:
    """Whether the page's content has an element of the class that Mermaid draws."""
    # The pattern tries every tag of the page; most pages do not even have the word.
    return "mermaid" in html.lower() and _DIAGRAM.search(html) is not None
