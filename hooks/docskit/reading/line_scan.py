"""A page's headings and code found line by line, wherever its lines alone are enough to tell.

CommonMark's parser takes twenty times as long, and each page is looked at once for itself and
once for each of its translations. Where a line could mean two things (a title underlined, HTML
over several lines, a fence that is closed elsewhere than it was opened), nothing is said, and
the parser has to be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARK = r"(?:[-*+]|\d{1,9}[.)])"
# `#标题` and `###3.标题`: CommonMark wants a space, their authors do not, and Typora shows a
# heading. `#1` is none, and `#标签 #标签2` is a line of tags.
_NO_SPACE = r"#{1,6}(?=[\u3400-\u9fff\uf900-\ufaff]|(?<=##)\d+[.、．])"
_WITHOUT_SPACE = re.compile(_NO_SPACE)
_TAGS = re.compile(r"#[^\s#]+(?:[ \t]+#[^\s#]+)+[ \t]*$")
# The lines that can matter; all others are stepped over in one go.
_LINE = re.compile(
    rf"^(?:(?P<heading>(?:#{{1,6}}(?![^ \t\n])|{_NO_SPACE}).*)"
    r"|(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>.*)"
    r"|(?P<html> {0,3}<.*)"
    r"|(?P<code>(?: {4}| {0,3}\t).*\S.*"
    r"| {0,3}>.*(?:```|~~~| {5}|\t).*"
    r"|[ \t]*" + _MARK + r" {5}.*)"
    r"|(?P<unclear> {1,3}\#.*| {0,3}(?:=+|-+)[ \t]*|[ \t]*" + _MARK + r"[ \t].*(?:```|~~~).*)"
    r")$",
    re.MULTILINE,
)
_OPENS_RAW = r"<(?:[!?]|(?:script|pre|style|textarea)\b)"
_RAW = re.compile(rf" {{0,3}}{_OPENS_RAW}", re.IGNORECASE)
_COMMENT = re.compile(r" {0,3}<!--(?:(?!-->).)*-->[^<]*$")
_BLANK_LINE = re.compile(r"^[ \t]*$", re.MULTILINE)
_BEGINS_SOMETHING = re.compile(
    rf"^[ \t]*(?:#|```|~~~|>|{_MARK}(?:[ \t]|$)|(?:=+|-+)[ \t]*$|{_OPENS_RAW})",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What is at the top of a document.

    `headings` are (0-based line, level, Markdown); `code` holds the 0-based lines of fenced and
    indented code, None where they cannot be told.
    """

    headings: list[tuple[int, int, str]]
    code: frozenset[int] | None


# A page is looked at for its headings and for its references in a row.
@lru_cache(maxsize=4)
def scan(text: str) -> Scan | None:
    """The headings and the code of `text`, as CommonMark has them; None where that is unclear.

    Also None where a heading holds a link, which may be defined anywhere in the text.
    """
    if "\r" in text or "\0" in text:
        return None
    headings: list[tuple[int, int, str]] = []
    code: set[int] = set()
    is_code_known = True
    position = line = counted = 0
    while found := _LINE.search(text, position):
        start, position = found.start(), min(found.end() + 1, len(text))
        line += text.count("\n", counted, start)
        counted = start
        match found.lastgroup:
            case "heading":
                if "[" in found[0] or "|" in found[0]:
                    return None
                if not _TAGS.match(found[0]):
                    headings.append((line, *atx_heading(found[0])))
            case "info":
                end = _fence_end(text, found["indent"], found["fence"], position)
                if end is None or "|" in found["info"]:
                    return None
                is_code_known &= len(found["indent"].expandtabs(4)) < 4
                last = line + text.count("\n", start, end) + (not text.endswith("\n", start, end))
                code.update(range(line, last))
                position = end
            case "html":
                after = _html_end(text, found[0], start)
                if after is None:
                    return None
                position = after
            case "code":
                is_code_known = False
            case _ if not _is_apart(text, found):
                return None
        if position <= start or position >= len(text):
            break
    return Scan(headings, frozenset(code) if is_code_known else None)


def is_heading_without_space(line: str) -> bool:
    """Whether a line, without its indentation and its end, is a heading like `#标题`."""
    return bool(_WITHOUT_SPACE.match(line)) and not _TAGS.match(line)


def atx_heading(line: str) -> tuple[int, str]:
    """Level and Markdown of a line like `## Title ##`."""
    level = len(line) - len(line.lstrip("#"))
    content = line[level:].rstrip(" \t")
    closed = content.rstrip("#")
    return level, (closed if closed.endswith((" ", "\t")) else content).strip()


def _fence_end(text: str, indent: str, fence: str, start: int) -> int | None:
    """Where the line after the closing fence begins; None where that depends on what is around.

    In a list, lines with less indentation than the fence would end the list and with it the code.
    """
    mark = rf"{fence[0]}{{{len(fence)},}}[ \t]*$"
    closing = re.compile(rf"^{indent or ' {0,3}'}{mark}", re.MULTILINE).search(text, start)
    if not indent:
        return min(closing.end() + 1, len(text)) if closing else len(text)
    if closing is None:
        return None
    for line in text[start : closing.start()].split("\n"):
        if line.strip(" \t") and not line.startswith(indent):
            return None
        if line.strip(" \t").startswith(fence[:3]):
            return None
    return min(closing.end() + 1, len(text))


def _html_end(text: str, line: str, start: int) -> int | None:
    """Where HTML has ended for certain; None where it may hold, or hide, a heading or code."""
    if _RAW.match(line):
        return min(start + len(line) + 1, len(text)) if _COMMENT.match(line) else None
    blank = _BLANK_LINE.search(text, start)
    end = blank.start() if blank else len(text)
    return None if _BEGINS_SOMETHING.search(text, start, end) else end


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Whether `---` stands below a blank line, where it cannot underline a title."""
    before = text.rfind("\n", 0, max(found.start() - 1, 0)) + 1
    above = text[before : found.start()]
    return set(found[0].strip()) <= set("-=") and not above.strip(" \t\n")
