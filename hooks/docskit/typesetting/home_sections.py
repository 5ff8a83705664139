"""The parts of a home page, which its template lays out as cards."""

from __future__ import annotations

from docskit.html import tags

_BOXES = frozenset({"article", "aside", "blockquote", "details", "div", "li", "section", "td"})


def home_sections(html: str) -> tuple[str, list[str]]:
    """What stands before the first `<h2>`, and each section; joined, they are the page.

    An `<h2>` within another element begins no section.
    """
    depth = 0
    cuts: list[int] = []
    for tag in tags(html, _BOXES | {"h2"}):
        if tag.name in _BOXES:
            depth += -1 if tag.closes else not tag.is_empty
        elif not tag.closes and depth == 0:
            cuts.append(tag.start)
    ends = [*cuts, len(html)]
    return html[: ends[0]], [html[a:b] for a, b in zip(cuts, ends[1:], strict=True)]
