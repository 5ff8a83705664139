"""Make a finished article balanced, so that nothing in it reaches beyond it.

A browser closes what an author left open wherever the *document* lets it, and takes a stray
`</div>` for the theme's own. Afterwards every start tag has its end tag within the element that
it stands in, and no end tag is left over; then a browser has nothing to repair. Only the tags
concerned are touched: every other byte is as it was. Libraries parse and write the whole
anew, and say nowhere which tag was wrong; lexbor and html5lib are the judges in the tests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from docskit.html.html_tokens import (
    BARRIERS,
    BREAKOUT,
    CDATA,
    COMMENT,
    DOCUMENT,
    EMPTY_ALONE,
    END_IMPLIED,
    FORMATTING,
    HEADINGS,
    HIDING,
    INTEGRATION,
    KNOWN,
    OPTIONAL_END,
    RAW,
    SENTENCES,
    SPECIAL,
    STARTS_ANEW,
    TABLE_CONTEXTS,
    TABLE_PARTS,
    TAG,
    VOID,
    is_self_closed,
)
from docskit.html.html_tokens import (
    WHITE_SPACE as _WS,
)

# No group is repeated possessively: Python 3.11.2, which is Debian 12's, reads that wrong.
_ATTRIBUTES = r"(?: [a-z-]+=\"[^\"<>]*\")*>"
# Text, and phrases that hold nothing but text; and then a plain tag, if one follows.
_NEXT = re.compile(
    r"[^<]*+(?:<(?P<phrase>span|code|em|strong|a|mi|mo|mn|mtext)"
    rf"{_ATTRIBUTES}[^<]*+</(?P=phrase)>[^<]*+)*"
    r"(?P<tag><(?P<ends>/?)(?P<name>p|div|span|code|pre|a|em|strong|ul|ol|li|td|th|tr|table|thead"
    rf"|tbody|blockquote|details|summary){_ATTRIBUTES})?"
)
# Where a start tag has to stand to be plain.
_PARENTS = {
    "li": {"ul", "ol"},
    "td": {"tr"},
    "th": {"tr"},
    "tr": {"thead", "tbody", "table"},
    "thead": {"table"},
    "tbody": {"table"},
    "table": {"div", "p", "blockquote", "details"},
}
_SOURCES = re.compile(
    r"""(?:\s*<(?:source|track|param)\b(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*>)*""", re.IGNORECASE
)
_BREAKING_END = re.compile(r"</(p|h[1-6]|li|td|th|dd|dt|div|blockquote|table)\s*>", re.IGNORECASE)
_SCRIPT_IN_COMMENT = re.compile(r"<!--(?:(?!-->).)*<script[\s/>]", re.DOTALL | re.IGNORECASE)


class Kind(Enum):
    """What was wrong with a tag, and so what was done about it."""

    STRAY = auto()  # an end tag of nothing: left out
    UNCLOSED = auto()  # ended with the element that it stands in
    TEXT = auto()  # shown as it is written
    DOCUMENT = auto()  # a tag of the whole document: left out
    OTHER_HEADING = auto()  # `<h2>…</h3>`: ends as it begins
    SELF_CLOSED = auto()  # `<a name="x"/>`: ended at once


@dataclass(frozen=True, slots=True)
class Repair:
    """A tag that was wrong; `start` is where it stands in the HTML as it was."""

    start: int
    kind: Kind
    name: str
    tag: str


class _Open(NamedTuple):
    name: str
    start: int
    end: int
    space: str = ""  # "svg" or "math", empty for HTML
    is_point: bool = False  # HTML again inside of it


class _Balancer:
    def __init__(self, html: str) -> None:
        self.html = html
        self.stack: list[_Open] = []
        self.depths: dict[str, int] = {}  # how many of a name are open
        self.repairs: list[Repair] = []
        self.splices: list[tuple[int, int, str]] = []
        self.holding: set[int] = set()  # starts of drawings that have elements
        self.places: dict[str, list[int]] = {}
        # The first `>` from where it was last asked for.
        self.next_end = -1

    # -- what is written

    def note(self, start: int, kind: Kind, name: str, end: int) -> None:
        self.repairs.append(Repair(start, kind, name, self.html[start:end]))

    def show(self, start: int, name: str, end: int) -> None:
        """Show the tag as text; what its attributes hold would be tags then."""
        self.splices.append((start, end, self.html[start:end].replace("<", "&lt;")))
        self.note(start, Kind.TEXT, name, end)

    def leave_out(self, start: int, kind: Kind, name: str, end: int) -> None:
        self.splices.append((start, end, ""))
        self.note(start, kind, name, end)

    # -- the stack

    def push(self, entry: _Open) -> None:
        if self.is_foreign():
            self.holding.add(self.stack[-1].start)
        self.stack.append(entry)
        self.depths[entry.name] = self.depths.get(entry.name, 0) + 1

    def pop(self) -> _Open:
        entry = self.stack.pop()
        self.depths[entry.name] -= 1
        return entry

    def close_open(self, entry: _Open, position: int) -> None:
        """Deal with an element that what holds it, ending at `position`, leaves open."""
        foreign_root = entry.space == entry.name
        if (
            (not entry.space and entry.name == "select")
            or (not entry.space and entry.name not in KNOWN)
            or (foreign_root and entry.start not in self.holding)
            or (not entry.space and self.is_mentioned(entry))
        ):
            self.show(entry.start, entry.name, entry.end)
            return
        if entry.name in HIDING and not entry.space:
            sources = _SOURCES.match(self.html, entry.end)
            position = min(sources.end() if sources else entry.end, position)
        self.splices.append((position, position, f"</{entry.name}>"))
        if entry.space or entry.name not in OPTIONAL_END:
            self.note(entry.start, Kind.UNCLOSED, entry.name, entry.end)

    def is_mentioned(self, entry: _Open) -> bool:
        """Whether an unclosed tag is what a sentence is about, as in `<div> 是容器`."""
        if "=" in self.html[entry.start : entry.end] or entry.name in FORMATTING:
            return False
        inside = self.stack[-1].name if self.stack else ""
        return entry.name in EMPTY_ALONE or inside in SENTENCES

    def close_down_to(self, index: int, position: int) -> None:
        """Close what is open within the element below `index`, which ends at `position`."""
        # `<ul><li>one<li>two</ul>` is complete.
        complete = index
        while 0 < complete < len(self.stack) and self.stack[complete - 1].name in END_IMPLIED.get(
            self.stack[complete].name, ()
        ):
            complete += 1
        while len(self.stack) > complete:
            self.close_open(self.pop(), position)
        while len(self.stack) > index:
            self.pop()

    def is_foreign(self) -> bool:
        return bool(self.stack) and bool(self.stack[-1].space) and not self.stack[-1].is_point

    def comes_later(self, name: str, position: int) -> bool:
        """Whether an end tag of `name` comes, before another start tag of it."""
        if name not in self.places:
            tag = re.compile(rf"<(/?){name}[\s/>]", re.IGNORECASE)
            found = list(tag.finditer(self.html))
            self.places[name] = [match.start() for match in found]
            self.places[f"/{name}"] = [match.start() for match in found if match[1]]
        every, ends = self.places[name], self.places[f"/{name}"]
        at, end = bisect_right(every, position), bisect_right(ends, position)
        return end < len(ends) and every[at] == ends[end]

    # -- tags

    def leave_foreign(self, position: int) -> None:
        """What a browser does where HTML stands in a drawing or a formula."""
        index = len(self.stack)
        while index and self.stack[index - 1].space and not self.stack[index - 1].is_point:
            index -= 1
        self.close_down_to(index, position)

    def end_tag(self, name: str, start: int, end: int) -> None:
        index = self.opened(name, start)
        if index is None and name in HEADINGS:
            other = next((h for h in HEADINGS if self.opened(h, start) == len(self.stack) - 1), "")
            if other:
                self.splices.append((start, end, f"</{other}>"))
                self.note(start, Kind.OTHER_HEADING, other, end)
                self.pop()
                return
        if index is not None:
            self.close_down_to(index + 1, start)
            self.pop()
        elif (
            name in RAW
            or name == "template"
            or (name not in KNOWN and name not in DOCUMENT and name != "br")
        ):
            self.show(start, name, end)
        elif name == "br":
            # As browsers read it.
            self.leave_foreign(start)
            self.splices.append((start, end, "<br>"))
            self.note(start, Kind.STRAY, name, end)
        else:
            self.leave_out(start, Kind.DOCUMENT if name in DOCUMENT else Kind.STRAY, name, end)

    def opened(self, name: str, position: int) -> int | None:
        """Where on the stack is what an end tag closes."""
        if not self.depths.get(name):
            return None
        special = name in SPECIAL
        for index in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[index]
            if entry.name == name:
                return index
            if entry.is_point and entry.space != name:
                if self.comes_later(entry.name, position):
                    return None
            elif not entry.space and (
                (not special and name not in OPTIONAL_END and entry.name in SPECIAL)
                or (
                    entry.name in BARRIERS
                    and not (name in TABLE_PARTS or name == "table")
                    and self.comes_later(
                        "table" if entry.name in {"td", "th", "caption"} else entry.name, position
                    )
                )
                or (name in TABLE_PARTS and entry.name == "table")
                or (name == "li" and entry.name in {"ul", "ol"})
            ):
                return None
        return None

    def start_tag(self, name: str, start: int, end: int, attributes: str) -> int:
        """Take in a start tag; the position from where to go on."""
        if self.depths.get("select") and name not in {"option", "optgroup", "hr"}:
            self.end_select(start)
        self_closed = is_self_closed(attributes)
        if self.is_foreign():
            if name not in BREAKOUT:
                space = self.stack[-1].space
                self.holding.add(self.stack[-1].start)
                if not self_closed:
                    point = name in INTEGRATION[space] or (
                        name == "annotation-xml"
                        and space == "math"
                        and "html" in attributes.lower()
                    )
                    self.push(_Open(name, start, end, space, point))
                return end
            self.leave_foreign(start)
        if name in DOCUMENT:
            self.leave_out(start, Kind.DOCUMENT, name, end)
        elif name in {"base", "template"}:
            # One would lead every link of the page elsewhere, and nobody sees what is in the other.
            self.show(start, name, end)
        elif name in VOID:
            if not attributes.strip("/ ") and name in EMPTY_ALONE:
                self.show(start, name, end)
        elif name in RAW:
            return self.raw(name, start, end, self_closed)
        elif name in {"svg", "math"}:
            if not self_closed:
                self.push(_Open(name, start, end, name))
        elif name not in KNOWN and self_closed:
            self.show(start, name, end)
        elif self.make_room(name, start, end):
            self.push(_Open(name, start, end))
            if self_closed and not re.compile(rf"\s*</{re.escape(name)}\s*>", re.IGNORECASE).match(
                self.html, end
            ):
                self.splices.append((end, end, f"</{name}>"))
                self.note(start, Kind.SELF_CLOSED, name, end)
                self.pop()
        return end

    def make_room(self, name: str, start: int, end: int) -> bool:
        """End what the start of `name` ends; False where browsers pass over the tag."""
        if name in TABLE_CONTEXTS and not self.end_cells(name, start):
            return False
        if name in STARTS_ANEW:
            self.end_kin(STARTS_ANEW[name], start)
        elif name in HEADINGS and self.stack and self.stack[-1].name in HEADINGS:
            self.close_down_to(len(self.stack) - 1, start)
        elif name == "button" and (index := self.opened(name, start)) is not None:
            self.close_down_to(index, start)
        elif name == "form" and self.depths.get(name):
            # Browsers know one form at a time.
            self.leave_out(start, Kind.STRAY, name, end)
            return False
        return True

    def end_kin(self, kin: frozenset[str], position: int) -> None:
        """End the item that an item begins in, as browsers do, through divisions as well."""
        for index in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[index]
            if entry.space:
                return
            if entry.name in kin:
                self.close_down_to(index + 1, position)
                self.pop()
                return
            if entry.name in SPECIAL and entry.name not in {"address", "div", "p"}:
                return

    def end_cells(self, name: str, position: int) -> bool:
        """End what a cell, a row or a table cannot begin in, up to the table; False if none is."""
        context = TABLE_CONTEXTS[name]
        for index in range(len(self.stack) - 1, -1, -1):
            entry = self.stack[index]
            if name == "table" and entry.name in {"td", "th", "caption"}:
                break
            if entry.name in context:
                self.close_down_to(index + 1, position)
                if name == "table":
                    self.close_down_to(index, position)
                return True
        return name == "table"

    def end_select(self, position: int) -> None:
        """Only options are in one; old and new browsers disagree about all else."""
        while self.stack and self.depths["select"]:
            entry = self.pop()
            if entry.name == "select" and not entry.space:
                self.splices.append((position, position, "</select>"))
                self.note(entry.start, Kind.UNCLOSED, entry.name, entry.end)

    def raw(self, name: str, start: int, end: int, self_closed: bool) -> int:
        """An element whose content is text to a browser: without an end, all that follows."""
        closing, after = self.end_of_raw(name, end)
        content = self.html[end:closing] if closing >= 0 else ""
        if self_closed and (closing < 0 or content.strip()):
            if name in {"script", "iframe"}:
                self.splices.append((end, end, f"</{name}>"))
                self.note(start, Kind.SELF_CLOSED, name, end)
            else:
                self.show(start, name, end)
            return end
        if (
            closing < 0
            or name in {"title", "plaintext"}
            or self.swallows(name, content)
            or (name == "script" and _SCRIPT_IN_COMMENT.search(content))
        ):
            self.show(start, name, end)
            return end
        if name == "noscript":
            # Without scripts it is read as HTML.
            inner, repairs = balance(content)
            if inner != content:
                self.splices.append((end, closing, inner))
                self.repairs += [
                    Repair(end + repair.start, repair.kind, repair.name, repair.tag)
                    for repair in repairs
                ]
        return after

    def end_of_raw(self, name: str, position: int) -> tuple[int, int]:
        """Start and end of the end tag that a browser finds; -1 for none, or none that is whole."""
        key = f"</{name}"
        if key not in self.places:
            end_tag = re.compile(rf"{key}(?:([{_WS}/]*)>|(?=[{_WS}/]))", re.IGNORECASE)
            found = list(end_tag.finditer(self.html))
            self.places[key] = [match.start() for match in found]
            self.places[f"{key}>"] = [-1 if match[1] is None else match.end() for match in found]
        starts = self.places[key]
        at = bisect_right(starts, position - 1)
        end = self.places[f"{key}>"][at] if at < len(starts) else -1
        return (starts[at], end) if end >= 0 else (-1, -1)

    def swallows(self, name: str, content: str) -> bool:
        """Whether it would take in the end of what it stands in: the tag was but mentioned."""
        if "<" not in content:
            return False
        # As markup, where a browser does not know the element (13.2.6.4.16).
        if any(entry.name in {"select", "svg", "math"} for entry in self.stack):
            return True
        if name == "noscript" and "<!--" in content:
            return True
        inside = {entry.name for entry in self.stack[-8:]}
        return any(match[1].lower() in inside for match in _BREAKING_END.finditer(content))

    # -- the whole

    def run(self) -> None:
        """Go through the tags; nearly all of a page's are phrases and pairs of plain boxes."""
        html, stack, depths = self.html, self.stack, self.depths
        position, plain = 0, True
        while True:
            match = _NEXT.match(html, position) if plain else None
            if match:
                ends, name, position = match["ends"], match["name"], match.end()
                if name and not ends:
                    if name not in _PARENTS or (stack and stack[-1].name in _PARENTS[name]):
                        stack.append(_Open(name, match.start("tag"), position))
                        depths[name] = depths.get(name, 0) + 1
                        continue
                elif name and stack and stack[-1].name == name:
                    stack.pop()
                    depths[name] -= 1
                    plain = not (stack and stack[-1].space)
                    continue
                start = match.start("tag") if name else position
            else:
                start = html.find("<", position)
            if start < 0 or start >= len(html):
                break
            position = self.token(start)
            plain = not (stack and stack[-1].space) and not depths.get("select")
        self.close_down_to(0, len(html))

    def token(self, start: int) -> int:
        html = self.html
        if tag := TAG.match(html, start):
            name = tag[2].lower()
            if tag[1]:
                self.end_tag(name, start, tag.end())
                return tag.end()
            return self.start_tag(name, start, tag.end(), tag[3])
        following = html[start + 1 : start + 2]
        if following == "!" or following == "?":
            found = COMMENT.match(html, start) if self.has("-->", "--!>", start) else None
            if not found and not html.startswith("<!--", start):
                if self.is_foreign() and html.startswith("<![CDATA[", start):
                    found = CDATA.match(html, start) if self.has("]]>", "]]>", start) else None
                elif end := self.odd_comment(start):
                    return end
            if found:
                return found.end()
        elif not following.isascii() or not (following.isalpha() or following in {"/", ""}):
            # Text to a browser too.
            return start + 1
        self.splices.append((start, start + 1, "&lt;"))
        self.note(start, Kind.TEXT, "", min(len(html), start + 40))
        return start + 1

    def odd_comment(self, start: int) -> int:
        """Where what begins at `start` ends as `<?php …?>`, `<!DOCTYPE …>` and so on; 0 if not.

        Browsers read these as comments up to the first `>`.
        """
        html = self.html
        if self.next_end < start:
            found = html.find(">", start)
            self.next_end = found if found >= 0 else len(html)
        end = self.next_end
        if end == len(html):
            return 0
        if html.startswith("<![CDATA[", start):
            whole = end >= start + 11 and html.startswith("]]", end - 2)
        else:
            whole = html[start + 1] == "!" or (end > start + 2 and html[end - 1] == "?")
        return end + 1 if whole else 0

    def has(self, one: str, other: str, position: int) -> bool:
        """Whether one of two ends comes after `position`; a search for neither takes long."""
        for end in (one, other):
            if end not in self.places:
                self.places[end] = [self.html.rfind(end)]
        return self.places[one][0] >= position or self.places[other][0] >= position

    def result(self) -> str:
        if not self.splices:
            return self.html
        parts: list[str] = []
        done = 0
        for start, end, new in sorted(self.splices, key=lambda splice: splice[:2]):
            parts += [self.html[done:start], new]
            done = max(done, end)
        return "".join([*parts, self.html[done:]])


def balance(html: str) -> tuple[str, list[Repair]]:
    """`html`, an article or any fragment of one, made balanced; the very same where it is.

    `repairs` are in the order of the text.

    >>> html, repairs = balance("<p>甲<b>乙</p></div>")
    >>> html, [repair.kind.name for repair in repairs]
    ('<p>甲<b>乙</b></p>', ['UNCLOSED', 'STRAY'])
    """
    balancer = _Balancer(html)
    balancer.run()
    return balancer.result(), sorted(balancer.repairs, key=lambda repair: repair.start)


def tag_depths(html: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and depth (after it) of each tag of balanced HTML, outside of raw text."""
    depth, position = 0, 0
    while (position := html.find("<", position)) >= 0:
        tag = TAG.match(html, position)
        if not tag:
            found = COMMENT.match(html, position)
            position = found.end() if found else position + 1
            continue
        name, end = tag[2].lower(), tag.end()
        if tag[1]:
            depth -= 1
        elif name not in VOID and not is_self_closed(tag[3]):
            depth += 1
            if name in RAW:
                yield position, end, depth
                position = html.lower().find(f"</{name}", end)
                if position < 0:
                    return
                continue
        yield position, end, depth
        position = end
