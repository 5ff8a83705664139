"""Raw HTML around Markdown: `<details>`, a blank line, Markdown, a blank line, `</details>`.

GitHub reads such Markdown; Python-Markdown does so only where the tag says `markdown`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docskit.dialect.writer import Block

_TAG = re.compile(
    r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^<>]*?)?)(?P<self>/?)>",
    re.DOTALL,
)
# Python-Markdown's block-level elements that hold blocks.
_HOLDERS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "section",
    "td",
    "th",
    "ul",
    "p",
    "tr",
    "tbody",
    "thead",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
}


def open_for_markdown(blocks: list[Block]) -> list[Block]:
    """Mark the tags that are closed in a later block, with Markdown between."""
    waiting: list[tuple[str, int, int]] = []  # name, block, offset behind the tag's name
    marks: dict[int, set[int]] = {}
    for index, block in enumerate(blocks):
        if block.kind != "html_block":
            continue
        for tag in _TAG.finditer("\n".join(block.lines)):
            name = (tag["name"] or "").lower()
            if name not in _HOLDERS or tag["self"]:
                continue
            if not tag["close"]:
                waiting.append((name, index, tag.end("name")))
                if "markdown" in tag["rest"]:
                    waiting[-1] = (name, index, -1)
                continue
            while waiting and name in {open_name for open_name, _, _ in waiting}:
                open_name, start, offset = waiting.pop()
                if open_name == name:
                    if start != index and offset >= 0:
                        marks.setdefault(start, set()).add(offset)
                    break
    for index, offsets in marks.items():
        text = "\n".join(blocks[index].lines)
        for offset in sorted(offsets, reverse=True):
            text = f'{text[:offset]} markdown="1"{text[offset:]}'
        blocks[index].lines = text.split("\n")
    return blocks
