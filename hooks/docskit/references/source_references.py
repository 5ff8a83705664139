"""Where an author's file spells its references: outside of code, with line and column."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from docskit.reading import block_tokens, scan
from docskit.references.html_references import html_references
from docskit.references.reference_targets import Kind

_CONTAINER = re.compile(r" {0,3}(?:!!!|\?\?\?\+?|===[!+]?)\s|\s*\[\^[^\]]+\]:|:\s{1,3}\S")
_TICKS = re.compile(r"`+")
_NO_LINE_END = re.compile(r"[^\n]")
_INLINE = re.compile(r"\]\(\s*")
_BRACKET = re.compile(r"\\.|!?\[|\]|\n[ \t>]*\n")
_DEFINITION = re.compile(
    r"^[ \t>]{0,8}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*(<[^>\n]*>|\S+)", re.MULTILINE
)
_WIKI = re.compile(r"\[\[([^\]\[|\n]{1,300})")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*'|\([^()]*\))\s*$""")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class SourceReference:
    """A reference at `text[start:end]`; line and column are 1-based in that text.

    `kind` is None where it may be both: a definition serves links and pictures. `described`
    is false for a picture without a word about what it shows.
    """

    start: int
    end: int
    value: str
    line: int
    column: int
    form: str  # markdown, angle, html, wiki
    kind: Kind | None = None
    described: bool = True


def _code_lines(lines: list[str], depth: int = 0) -> set[int]:
    """0-based lines of fenced and indented code.

    What is indented below `!!!`, `===`, a footnote or a definition is text to Python-Markdown
    and code to CommonMark: it is looked at again without its indentation.
    """
    code: set[int] = set()
    for token in block_tokens("\n".join(lines))[0]:
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "fence":
            code.update(range(first, last))
        elif token.type == "code_block":
            above = first - 1
            while above >= 0 and (not lines[above].strip() or lines[above].startswith("    ")):
                above -= 1
            if depth < 8 and above >= 0 and _CONTAINER.match(lines[above]):
                inner = [re.sub(r"^(?: {4}|\t)", "", line) for line in lines[first:last]]
                code.update(first + line for line in _code_lines(inner, depth + 1))
            else:
                code.update(range(first, last))
    return code


def _blank(text: str) -> str:
    # A span of code may run over lines, which are counted by whoever asked.
    return _NO_LINE_END.sub(" ", text)


def _without_inline_code(text: str) -> str:
    """Inline code replaced by as many spaces; a span ends in its paragraph or is none."""
    parts: list[str] = []
    for paragraph in re.split(r"(\n[ \t>]*\n)", text):
        runs = [match.span() for match in _TICKS.finditer(paragraph)]
        if not runs:
            parts.append(paragraph)
            continue
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, (start, end) in enumerate(runs):
            by_length[end - start].append(index)
        last, index = 0, 0
        while index < len(runs):
            start, end = runs[index]
            escaped = start > 0 and paragraph[start - 1] == "\\"
            same = by_length[end - start]
            closing = bisect_right(same, index)
            if escaped or closing == len(same):
                index += 1
                continue
            close = same[closing]
            parts += [paragraph[last:start], _blank(paragraph[start : runs[close][1]])]
            last, index = runs[close][1], close + 1
        parts.append(paragraph[last:])
    return "".join(parts)


def without_code(text: str) -> str:
    """The text with every character of code made a space, so that offsets and lines stay."""
    lines = text.split("\n")
    scanned = scan(text)
    code = _code_lines(lines) if scanned is None or scanned.code is None else scanned.code
    kept = [_blank(line) if index in code else line for index, line in enumerate(lines)]
    return _without_inline_code("\n".join(kept))


def _destination(text: str, start: int) -> tuple[int, int, str] | None:
    """Span and form of a link's destination that begins at `start`, after `](`."""
    if text.startswith("<", start):
        end = text.find(">", start, start + _LONGEST)
        if end > 0 and "\n" not in text[start:end]:
            return start + 1, end, "angle"
        return None
    depth, position = 0, start
    stop = min(len(text), start + _LONGEST)
    while position < stop and text[position] != "\n":
        char = text[position]
        if char == "\\":
            # Not before a bracket that closes: `(.\图\)` is a Windows path.
            position += 1
        elif char == "(":
            if text[position - 1] == "]":
                return None  # another link begins: this one has no end
            depth += 1
        elif char == ")":
            if depth == 0:
                inner = text[start:position]
                title = _TITLE.search(inner)
                end = start + (title.start() if title else len(inner.rstrip()))
                return (start, end, "markdown") if end > start else None
            depth -= 1
        position += 1
    return None


def _opened(masked: str) -> dict[int, tuple[int, bool]]:
    """Offset of each `]` → where its bracket was opened, and whether as a picture's."""
    found: dict[int, tuple[int, bool]] = {}
    waiting: list[tuple[int, bool]] = []
    for match in _BRACKET.finditer(masked):
        sign = match[0]
        if sign.endswith("["):
            waiting.append((match.end(), sign == "!["))
        elif sign == "]" and waiting:
            found[match.start()] = waiting.pop()
        elif sign[0] == "\n":
            waiting.clear()
    return found


_Place = tuple[int, int, str, str, Kind | None, bool]


def _spans(masked: str) -> Iterator[_Place]:
    opened = _opened(masked)
    for match in _INLINE.finditer(masked):
        if found := _destination(masked, match.end()):
            start, end, form = found
            value = html.unescape(masked[start:end])
            bracket = opened.get(match.start())
            kind, described = None, True
            if bracket is not None:
                kind = Kind.MEDIA if bracket[1] else Kind.LINK
                described = not bracket[1] or bool(masked[bracket[0] : match.start()].strip())
            yield start, end, value, form, kind, described
    for match in _DEFINITION.finditer(masked):
        start, end = match.span(1)
        angle = masked[start] == "<"
        form = "angle" if angle else "markdown"
        yield start + angle, end - angle, match[1].strip("<>"), form, None, True
    for match in _WIKI.finditer(masked):
        embedded = masked[match.start() - 1 : match.start()] == "!"
        kind = None if embedded else Kind.LINK
        yield match.start(1), match.end(1), match[1], "wiki", kind, True
    for reference in html_references(masked):
        form = "html" if reference.quoted else "html-unquoted"
        place = reference.start, reference.end, reference.value
        yield *place, form, reference.kind, reference.described


def source_references(text: str) -> list[SourceReference]:
    """Every reference of a page's Markdown outside of code and comments, in order."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = []
    spans = sorted(_spans(without_code(text)), key=lambda span: span[:4])
    for start, end, value, form, kind, described in spans:
        line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        found.append(SourceReference(start, end, value, line, column, form, kind, described))
    return found


def key(value: str) -> str:
    """The same for a reference as the source spells it and as the converted page has it."""
    return unquote(_ESCAPE.sub(r"\1", html.unescape(value))).replace("\\", "").strip()
