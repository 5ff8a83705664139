"""A page's text, cut at its headings."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from docskit.html import up_to
from docskit.reading.attribute_lists import ATTRIBUTES
from docskit.reading.blocks import MARKDOWN, Environment, block_tokens
from docskit.reading.heading_anchors import HAN, Heading, anchors
from docskit.reading.line_scan import scan

# `{#id .class}` at the end of a heading, as Python-Markdown's attr_list has it.
_ATTRIBUTES = re.compile(rf"[ \t]*({ATTRIBUTES})[ \t]*$")
_EXPLICIT = re.compile(r"(?:^|[\s{:])(?:#|id=['\"]?)([^\s'\"}]+)")
# Whatever else a heading holds may be Markdown.
_WORDS_ONLY = re.compile(r"(?:[^\W_]|[ ,.，。、：；？！（）《》“”/+-])*")
_NOT_TEXT = re.compile(r"\[\^[^\]]+\]|(?<!\S):[\w+-]+:(?!\S)")

_FENCED = re.compile(r"^[ \t>]*(`{3,}|~{3,}).*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INDENT = re.compile(r"&(?:emsp|ensp|nbsp|#12288|#160);", re.I)
_BULLET = re.compile(r"^([ \t>]*)[*+](?=[ \t])", re.M)
_SPACE = re.compile(r"\s+")
_SPACE_AT_HAN = re.compile(rf"(?<=[{HAN}\W])\s|\s(?=[{HAN}\W])")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None before the first) and the lines from it to the next heading.

    `line` is the 1-based line of the author's file on which it starts, `anchor` the id of
    its heading, and empty where it has none.
    """

    heading: Heading | None
    line: int
    source: str
    anchor: str

    @property
    def hash(self) -> str:
        """Eight hexadecimal digits that stay the same while the words and the code do.

        Spacing, line ends, the width of punctuation, bullets and comments do not count:
        a translation is none the worse for them.
        """
        return _hash(self.source)


# A page is compared with its translations once for its own state and once for the switcher's.
@lru_cache(maxsize=128)
def _hash(source: str) -> str:
    parts: list[str] = []
    end = 0
    for code in _FENCED.finditer(source):
        parts += [_normal(source[end : code.start()]), _code(code.group())]
        end = code.end()
    parts.append(_normal(source[end:]))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _normal(text: str) -> str:
    commented, rest = up_to("-->", unicodedata.normalize("NFKC", text))
    text = _INDENT.sub(" ", _COMMENT.sub(" ", commented) + rest)
    return _SPACE_AT_HAN.sub("", _SPACE.sub(" ", _BULLET.sub(r"\1-", text)).strip())


def _code(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


def split_sections(body: str, first_line: int = 1) -> list[Section]:
    """The sections of a page's text without its front matter; joined they are the text.

    Headings inside of quotes, lists, notes and code begin no section. `first_line` is the
    line of the author's file with which the text starts.
    """
    return list(_split_sections(body, first_line))


# A page's own sections, and its translations', are asked for by several steps in a row.
@lru_cache(maxsize=32)
def _split_sections(body: str, first_line: int) -> tuple[Section, ...]:
    # The parser counts lines by line feeds only, as str.splitlines does not.
    lines = re.findall(r"[^\n]*\n|[^\n]+$", body)
    marks: list[tuple[int, Heading | None]] = [(0, None)]
    scanned = scan(body)
    environment: Environment = {}
    if scanned is None:
        tokens, environment = block_tokens(body)
    for line, level, content in _headings(tokens) if scanned is None else scanned.headings:
        marks.append((line, heading_of(level, content, environment)))
    ends = [line for line, _ in marks[1:]] + [len(lines)]
    ids = iter(anchors([heading for _, heading in marks if heading]))
    sections = [
        Section(
            heading, first_line + line, "".join(lines[line:end]), next(ids).id if heading else ""
        )
        for (line, heading), end in zip(marks, ends, strict=True)
    ]
    return tuple(sections if sections[0].source.strip() else sections[1:])


def _headings(tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """0-based line, level and Markdown of each heading at the top of the document."""
    return [
        (token.map[0], int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def heading_of(level: int, content: str, environment: Environment) -> Heading:
    """The heading that Markdown is read as, with the definitions of links that apply."""
    attributes = _ATTRIBUTES.search(content)
    explicit = ""
    if attributes:
        content = content[: attributes.start()]
        found = _EXPLICIT.search(attributes.group(1))
        explicit = found.group(1) if found else ""
    return Heading(level, _plain(content, environment), explicit)


def _plain(content: str, environment: Environment) -> str:
    if _WORDS_ONLY.fullmatch(content):
        return " ".join(content.split())
    text = ""
    # First, because a footnote's definition reads as one of a link.
    content = _NOT_TEXT.sub("", content)
    for token in MARKDOWN.parseInline(content, environment)[0].children or []:
        if token.type in {"text", "text_special", "code_inline"}:
            text += token.content
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
    return " ".join(text.split())
