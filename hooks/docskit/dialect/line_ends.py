"""Line ends between Han are none: browsers would show a space."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

_HAN = (
    r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
)
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t]*\n[ \t]*(?=[{_HAN}])")
_LITERAL = {"code", "pre", "kbd", "script", "style", "textarea", "math"}


class LineEnds(Treeprocessor):
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
