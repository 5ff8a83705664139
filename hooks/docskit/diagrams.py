"""Which pages show a Mermaid diagram."""

from __future__ import annotations

import re

_DIAGRAM = re.compile(r"""<\w+[^>]*\sclass=["']?(?:[^"'>]*\s)?mermaid[\s"'>]""", re.IGNORECASE)


def has_diagram(html: str) -> bool:
    """Whether the page's content has an element of the class that Mermaid draws."""
    return _DIAGRAM.search(html) is not None
