"""A page's source, cut at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docskit.anchors import Heading, anchors

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
# `{#id .class}` at the end of a heading, as Python-Markdown's attr_list has it.
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*([^}\n]*)\}[ \t]*$")
_EXPLICIT = re.compile(r"(?:^|\s)(?:#|id=['\"]?)([^\s'\"]+)")
_NOT_TEXT = re.compile(r"\[\^[^\]]+\]|(?<!\S):[\w+-]+:(?!\S)")
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None before the first) and the lines from it to the next heading.

    `line` is the 1-based line of the heading in the file; `source` ends where the next
    section's source begins.
    """

    heading: Heading | None
    line: int
    source: str


def split_sections(source: str) -> list[Section]:
    """The sections of a page's source, front matter left out; joined they are its body.

    Headings inside of quotes, lists and code do not begin a section.
    """
    matter = _FRONT_MATTER.match(source)
    start = source.count("\n", 0, matter.end()) + 1 if matter else 0
    # The parser counts lines as str.splitlines does not: by line feeds only.
    lines = re.findall(r"[^\n]*\n|[^\n]+$", source)
    marks: list[tuple[int, Heading | None]] = [(start, None)]
    environment: dict[str, object] = {}
    for line, level, content in _headings(_block_tokens("".join(lines[start:]), environment)):
        marks.append((start + line, _heading(level, content, environment)))
    ends = [line for line, _ in marks[1:]] + [len(lines)]
    sections = [
        Section(heading, line + 1, "".join(lines[line:end]))
        for (line, heading), end in zip(marks, ends, strict=True)
    ]
    return sections if sections[0].source.strip() else sections[1:]


def _block_tokens(text: str, environment: dict[str, object]) -> list[Token]:
    tokens: list[Token] = []
    # Block structure only: the words inside paragraphs decide nothing here.
    text = text.replace("\r\n", "\n").replace("\r", " ").replace("\0", "\ufffd")
    _MARKDOWN.block.parse(text, _MARKDOWN, environment, tokens)
    return tokens


def _headings(tokens: list[Token]) -> list[tuple[int, int, str]]:
    """0-based line, level and Markdown of each heading at the top of the document."""
    return [
        (token.map[0], int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def _heading(level: int, content: str, environment: dict[str, object]) -> Heading:
    attributes = _ATTRIBUTES.search(content)
    explicit = ""
    if attributes:
        content = content[: attributes.start()]
        found = _EXPLICIT.search(attributes.group(1))
        explicit = found.group(1) if found else ""
    return Heading(level, _plain(content, environment), explicit)


def _plain(content: str, environment: dict[str, object]) -> str:
    text = ""
    # First, because a footnote's definition reads as one of a link.
    content = _NOT_TEXT.sub("", content)
    for token in _MARKDOWN.parseInline(content, environment)[0].children or []:
        if token.type in {"text", "text_special", "code_inline"}:
            text += token.content
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
    return " ".join(text.split())


def page_anchors(source: str) -> list[tuple[int, str]]:
    """Level and id of each heading of a page, as its conversion will give them."""
    headings = [part.heading for part in split_sections(source) if part.heading]
    given = anchors(headings)
    return [(heading.level, anchor.id) for heading, anchor in zip(headings, given, strict=True)]
