"""What source text cannot say: line ends between Han, breaks, indents of wide spaces."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

_HAN = (
    r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
)
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t]*\n[ \t]*(?=[{_HAN}])")
_WIDE = re.compile(
    r"(?:&emsp;|&ensp;|&#8195;|&#12288;|&#x3000;|&nbsp;|[\u2003\u2002\u3000\xa0])+[ ]*"
)
_LITERAL = {"code", "pre", "kbd", "script", "style", "textarea", "math"}


class DialectExtension(Extension):
    """Registers the two steps around inline parsing (priority 20)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Indents are read from the source text, line ends from the finished tree."""
        md.treeprocessors.register(_Indents(md), "dialect-indents", 25)
        # Before escapes (180), which leave a backslash at a line's end alone.
        line_break = SubstituteTagInlineProcessor(r"(?<!\\)\\\n", "br")
        md.inlinePatterns.register(line_break, "dialect-break", 181)
        md.treeprocessors.register(_LineEnds(md), "dialect-line-ends", 19)
        # A list that goes on after a picture or a piece of code begins with the author's number.
        ordered: Any = md.parser.blockprocessors["olist"]
        ordered.LAZY_OL = False
        if "table" in md.parser.blockprocessors:
            # A table of nothing but a head would get an empty row.
            table: Any = md.parser.blockprocessors["table"]
            table._build_empty_row = lambda parent, align: None  # noqa: ARG005


class _Indents(Treeprocessor):
    """A paragraph that begins with wide spaces is one whose first line is indented."""

    def run(self, root: Element) -> None:
        for paragraph in root.iter("p"):
            wide = _WIDE.match(paragraph.text or "")
            if wide and paragraph.text and wide.end() < len(paragraph.text):
                paragraph.text = paragraph.text[wide.end() :]
                classes = [*paragraph.get("class", "").split(), "han-indent"]
                paragraph.set("class", " ".join(classes))


class _LineEnds(Treeprocessor):
    """A line end between Han is none: browsers would show a space."""

    def run(self, root: Element) -> None:
        self._walk(root, literal=False)

    def _walk(self, element: Element, literal: bool) -> None:
        stack = [(element, literal)]
        while stack:
            parent, is_literal = stack.pop()
            is_literal = is_literal or parent.tag in _LITERAL
            if not is_literal and parent.text and "\n" in parent.text:
                parent.text = _join(parent.text, _first_text(parent))
            for index, child in enumerate(parent):
                if not is_literal and child.tail and "\n" in child.tail:
                    following = parent[index + 1] if index + 1 < len(parent) else None
                    tail = child.tail
                    if child.tag != "br" and tail.lstrip(" \t").startswith("\n"):
                        last = _last_character(child)
                        tail = _join(last + tail, _lead(following))[len(last) :]
                    else:
                        tail = _join(tail, _lead(following))
                    child.tail = tail
                stack.append((child, is_literal))


def _join(text: str, following: str) -> str:
    """`text` without line ends between Han, its own last one too if Han follows."""
    joined = _BETWEEN_HAN.sub("", text + following)
    return joined[: len(joined) - len(following)] if following else joined


def _first_text(parent: Element) -> str:
    return _lead(parent[0]) if len(parent) else ""


def _lead(element: Element | None) -> str:
    """The first character that an inline element shows; nothing for pictures and breaks."""
    if element is None or element.tag in {"br", "img"}:
        return ""
    return (element.text or "")[:1] if element.text else _first_text(element)


def _last_character(element: Element) -> str:
    if len(element):
        tail = element[-1].tail
        return tail[-1:] if tail else _last_character(element[-1])
    return (element.text or "")[-1:]
