"""Find the references in HTML, and change them without touching a byte beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docskit.references.reference_targets import Kind

_TAG = re.compile(r"<(?:!--|([a-zA-Z][a-zA-Z0-9:-]*))")
_NAME = re.compile(r"[\s/]*([^\s/>=\"'<][^\s/>=]*)\s*(=?)\s*")
_TAG_END = re.compile(r"[\s/]*>")
_UNQUOTED = re.compile(r"[^\s>]+")
# Their content is text for a program, or text that shows as it stands.
_OPAQUE = ("script", "style", "textarea", "title", "xmp", "template")
_KINDS = {
    ("img", "src"): Kind.MEDIA,
    ("img", "srcset"): Kind.MEDIA,
    ("source", "src"): Kind.MEDIA,
    ("source", "srcset"): Kind.MEDIA,
    ("video", "src"): Kind.MEDIA,
    ("video", "poster"): Kind.MEDIA,
    ("audio", "src"): Kind.MEDIA,
    ("track", "src"): Kind.MEDIA,
    ("embed", "src"): Kind.MEDIA,
    ("object", "data"): Kind.MEDIA,
    ("input", "src"): Kind.MEDIA,
    ("iframe", "src"): Kind.LINK,
    ("a", "href"): Kind.LINK,
    ("area", "href"): Kind.LINK,
}
# Highlighted code is nearly all tags, and none of them has one.
_HAS_ONE = re.compile(r"src|href|poster|data|style", re.IGNORECASE)
_ENDLESS = 5
"""Tags that are looked through to the end of the text in vain; the rest belongs to them."""
_SRCSET = re.compile(r"[\s,]*([^\s,]\S*)([^,]*)")
_CSS_URL = re.compile(
    r"""url\(\s*(?:&quot;|&\#3[49];|["'])?([^"'()<>]*?)(?:&quot;|&\#3[49];|["'])?\s*\)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class HtmlReference:
    """A URL in an attribute: `html[start:end]` is its spelling, `value` what that means.

    `described` is false for the `src` of an `img` without a word in its `alt`.
    """

    start: int
    end: int
    value: str
    kind: Kind
    quoted: bool = True
    described: bool = True


def kind_of(tag: str, attribute: str) -> Kind | None:
    """What the attribute refers to, None where it holds no URL that we resolve."""
    return _KINDS.get((tag.lower(), attribute.lower()))


def _inside(
    attribute: str, text: str, start: int, end: int, kind: Kind, quoted: bool
) -> Iterator[HtmlReference]:
    if attribute == "srcset":
        position = start
        while match := _SRCSET.match(text, position, end):
            first, last = match.span(1)
            # A comma at the end of the URL ends the candidate: it has no descriptor.
            trimmed = text[first:last].rstrip(",")
            position = match.end() if len(trimmed) == last - first else last
            last = first + len(trimmed)
            yield HtmlReference(first, last, html.unescape(trimmed), kind, quoted)
        return
    if attribute == "style":
        for match in _CSS_URL.finditer(text, start, end):
            first, last = match.span(1)
            yield HtmlReference(first, last, html.unescape(match[1]), kind, quoted)
        return
    yield HtmlReference(start, end, html.unescape(text[start:end]), kind, quoted)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = ""
        # What was looked for in vain once is not looked for again: time stays linear.
        self.absent: set[str] = set()
        self.endless = 0

    def find(self, needle: str, start: int) -> int:
        if needle in self.absent:
            return -1
        found = self.text.find(needle, start)
        if found < 0:
            self.absent.add(needle)
        return found

    def skip_element(self, name: str, start: int) -> int:
        """After the end tag of an element whose content is not HTML."""
        self.lower = self.lower or self.text.lower()
        closing = f"</{name}"
        if closing in self.absent:
            return start
        found = self.lower.find(closing, start)
        if found < 0:
            self.absent.add(closing)
            return start
        return found

    def tag(self, name: str, start: int) -> tuple[int, list[HtmlReference]]:
        """The end of the tag whose attributes begin at `start`, and its references."""
        text, position = self.text, start
        found: list[HtmlReference] = []
        described = name != "img"
        while match := _NAME.match(text, position):
            attribute = match[1].lower()
            position = match.end()
            if not match[2]:
                continue
            quote = text[position : position + 1]
            if quote in ("'", '"') and quote:
                first = position + 1
                last = self.find(quote, first)
                if last < 0:
                    return start, []
                position = last + 1
            elif value := _UNQUOTED.match(text, position):
                first, last = value.span()
                # `<img src=a.png/>`: browsers take the slash into the value, authors do not.
                if text[last - 1] == "/" and text[last : last + 1] == ">" and name != "a":
                    last -= 1
                position = value.end()
            else:
                continue
            if attribute == "alt" and text[first:last].strip():
                described = True
            if attribute == "role" and text[first:last].strip().lower() == "presentation":
                described = True
            kind = Kind.MEDIA if attribute == "style" else _KINDS.get((name, attribute))
            # An attribute given twice counts once in a browser; which one, later steps differ.
            if kind is None:
                continue
            found += _inside(attribute, text, first, last, kind, quote in ("'", '"'))
        end = _TAG_END.match(text, position)
        if end is None:
            if position >= len(text.rstrip(" \t\n/")):
                self.endless += 1
            return start, []
        return end.end(), found if described else [replace(item, described=False) for item in found]


def html_references(text: str) -> Iterator[HtmlReference]:
    """Every reference in the start tags of `text`, in order; comments and scripts are passed over.

    `text` may be a whole document or any piece of one. A tag that never ends is text.
    """
    reader = _Reader(text)
    position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        if match[1] is None:
            end = reader.find("-->", position)
            position = end + 3 if end >= 0 else position
            continue
        name = match[1].lower()
        if reader.endless > _ENDLESS:
            return
        position, found = reader.tag(name, position)
        yield from found
        if name in _OPAQUE:
            position = reader.skip_element(name, position)


def rewrite_html(text: str, change: Callable[[str, Kind], str | None]) -> str:
    """Replace each reference by what `change` returns for it; None leaves it as it stands."""
    if "<" not in text or not _HAS_ONE.search(text):
        return text
    parts: list[str] = []
    last = 0
    for reference in html_references(text):
        new = change(reference.value, reference.kind)
        if new is None or new == reference.value:
            continue
        new = html.escape(new)
        if not reference.quoted:
            new = f'"{new}"'
        parts += [text[last : reference.start], new]
        last = reference.end
    return "".join([*parts, text[last:]]) if parts else text
