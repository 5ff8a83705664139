"""What a page says by CommonMark: its words, pictures, links, code and headings, with lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docskit.dialect import (
    CONTENTS,
    DEEPEST,
    PICTURE,
    add_block_rules,
    media_kind,
    use_known_labels,
)
from docskit.dialect import TAG as GLUED_TAG
from docskit.html import COMMENT, TAG

# What authors write that is no word of the finished page, or another one.
_UNSEEN = re.compile(
    r"\[\^[^\]\s\[]+\]:?|\$.*\$|:[a-zA-Z0-9_+-]+:|\{[^{}\n:#.=]*[:#.=][^{}\n]*\}"
    r"|!?\[\[[^\[\]\n]*\]\]|--8<--.*|%%.*?%%"
    # An address with spaces is none to CommonMark, and one to the dialect.
    r"|!?\[[^\[\]\n]*\]\([^()\s]*[^\S\n][^()\n]*\)"
    r"|\[(?:TOC|toc|\[toc\])\]|@\[TOC\]\([^()\n]*\)"
    r"|^\*\[[^\]\n]+\]:.*$|\[![a-zA-Z]+\][-+]?|\\\w+",
    re.DOTALL | re.MULTILINE,
)
_FORMULA = re.compile(r"\\[(\[]")
_SNIPPET = re.compile(r"^[ \t]*-+8<-+.*$", re.MULTILINE)
_BOX = re.compile(r"\[[ xX]\](?=\s)")
_WORD = re.compile(r"[^\W_]+")
_CODE = "\ufffc"
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:")
_RAW_TEXT = re.compile(r"<(script|style|template|textarea|svg|math|iframe|title)\b", re.IGNORECASE)
_TITLE = re.compile(r'"(.*)"')
_DRAWN = re.compile(r"\{?\.?(?:mermaid|math|latex|tex|katex)\b", re.IGNORECASE)
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text or code: its words, and how it reads as plain text.

    `line` is 0-based in the text that was read; `kind` is text, heading, title, code, indented,
    note or html.
    """

    kind: str
    line: int
    words: tuple[str, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture or a link: the words of its text, and its address as written."""

    kind: str  # image, link
    line: int
    words: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a page, in order."""

    pieces: tuple[Piece, ...]
    references: tuple[Reference, ...]


def words(text: str) -> tuple[str, ...]:
    """Runs of letters and figures."""
    return tuple(_WORD.findall(text))


_LONE_SIGN = re.compile(r"(?<!\S)\uff01\Z")
# Of all block processors for whose regions the dialect has rules.
_PROCESSORS = frozenset(
    "admonition details tabbed deflist footnote abbr markdown_block arithmatex-block".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark's own inline rules, in the blocks that the dialect finds."""
    parser = MarkdownIt("commonmark")
    parser.options["maxNesting"] = DEEPEST
    use_known_labels(parser)
    add_block_rules(parser, _PROCESSORS)
    # As the dialect does: Typora writes `file:///C:/…`, which is told of as a path of one's own.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    # Addresses that are their own text are shown as they are written.
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def tokens_of(text: str) -> list[Token]:
    """The CommonMark reading of a page; the one place that knows the parser."""
    return _parser().parse(text)


def read(text: str) -> Reading:
    """The words and references of `text`, a page without its front matter."""
    pieces: list[Piece] = []
    references: list[Reference] = []
    _collect(tokens_of(text), 0, pieces, references, 0)
    return Reading(tuple(pieces), tuple(references))


def _collect(
    tokens: list[Token],
    first: int,
    pieces: list[Piece],
    references: list[Reference],
    depth: int,
) -> None:
    kind, line = "text", first
    for token in tokens:
        if token.map:
            line = first + token.map[0]
        match token.type:
            case "heading_open":
                kind = "heading"
            case "heading_close":
                kind = "text"
            case "inline":
                pieces.append(_inline(token, kind, line, references))
            case "fence" | "code_block":
                if not _DRAWN.match(token.info.strip()):
                    code = _SNIPPET.sub("", token.content)
                    name = "code" if token.type == "fence" else "indented"
                    pieces.append(Piece(name, line, words(code), token.content))
            case "html_block":
                pieces.append(_html(token.content, line))
            case "markdown_in_html":
                pieces.append(_html(token.content, line))
            case "container_open" if title := _TITLE.search(token.content):
                # Tabs have all their titles before all their texts.
                pieces.append(replace(_flat(title[1], line), kind="title"))
            case "footnote" if depth < _DEEPEST:
                own: list[Piece] = []
                _collect(tokens_of(token.content), line, own, references, depth + 1)
                # Notes stand at the end of the page.
                pieces += [replace(piece, kind="note") for piece in own]


def _flat(content: str, line: int) -> Piece:
    inline = next((t for t in tokens_of(content) if t.type == "inline"), None)
    return _inline(inline, "text", line, []) if inline else Piece("text", line, (), "")


def _inline(token: Token, kind: str, line: int, references: list[Reference]) -> Piece:
    if CONTENTS.fullmatch(token.content.strip()):
        # A list of the headings takes its place: CSDN's `@[TOC](目录)` looks like a link.
        return Piece(kind, line, (), token.content)
    text: list[str] = []
    code: list[str] = []
    opened: list[tuple[int, int, str]] = []
    for child in token.children or []:
        match child.type:
            case "text" | "text_special":
                text.append(child.content)
            case "code_inline":
                text.append(_CODE)
                code.append(child.content)
            case "softbreak" | "hardbreak" | "html_inline":
                # A tag may be shown as text.
                text.append("\n")
                line += 0
            case "image":
                address = str(child.attrGet("src") or "")
                is_link = media_kind(address) == "document"
                found = words(child.content) if is_link else ()
                kind_of = "link" if is_link else "image"
                references.append(Reference(kind_of, line, found, address))
                text.append(f" {child.content} " if is_link else " ")
            case "link_open":
                opened.append((len(text), len(code), str(child.attrGet("href") or "")))
            case "link_close" if opened:
                start, codes, address = opened.pop()
                if _LONE_SIGN.search("".join(text[max(0, start - 3) : start])) and _is_picture(
                    address
                ):
                    # `！[图](a.png)`, which is read as a picture.
                    references.append(Reference("image", line, (), address))
                    del text[start:], code[codes:]
                    continue
                found = words(_seen("".join(text[start:]), code[codes:]))
                references.append(Reference("link", line, found, address))
    joined = "".join(text)
    if _BOX.match(joined):
        joined = joined[3:]
    if kind == "text" and _NOTE.match(joined):
        kind = "note"
    return Piece(kind, line, words(_seen(joined, code)), token.content)


def _is_picture(address: str) -> bool:
    return PICTURE.fullmatch(f"![]({address})") is not None


def _without_formulas(text: str) -> str:
    r"""Text without `\(…\)` and `\[…\]`; one that never ends is looked for once."""
    parts: list[str] = []
    done = 0
    endless: set[str] = set()
    for opening in _FORMULA.finditer(text):
        if opening.start() < done or opening[0] in endless:
            continue
        end = text.find("\\)" if opening[0] == "\\(" else "\\]", opening.end())
        if end < 0:
            endless.add(opening[0])
            continue
        parts += [text[done : opening.start()], " "]
        done = end + 2
    return "".join([*parts, text[done:]])


def _without_unseen(text: str) -> str:
    return _UNSEEN.sub(" ", _without_formulas(text) if "\\" in text else text)


def _seen(text: str, code: list[str]) -> str:
    """Text without what is not shown, with its code in its place; that is left alone."""
    if "[" in text:
        text = PICTURE.sub(" ", text)
    if "<" in text:
        text = GLUED_TAG.sub(" ", text)
    parts = _without_unseen(text).split(_CODE)
    if len(parts) != len(code) + 1:
        # A piece of code stood in a formula.
        return " ".join(parts)
    return parts[0] + "".join(a + b for a, b in zip(code, parts[1:], strict=True))


def _without_raw_text(content: str) -> str:
    """HTML without elements whose content is no text; what never ends stays."""
    parts: list[str] = []
    done = 0
    endless: set[str] = set()
    while opening := _RAW_TEXT.search(content, done):
        name = opening[1].lower()
        ending = None
        if name not in endless:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE)
            ending = end.search(content, opening.end())
        if ending is None:
            endless.add(name)
            parts.append(content[done : opening.end()])
            done = opening.end()
            continue
        parts += [content[done : opening.start()], " "]
        done = ending.end()
    return "".join([*parts, content[done:]])


def _html(content: str, line: int) -> Piece:
    seen = _without_raw_text(content)
    if "-->" in seen or "<!-->" in seen or "--!>" in seen:
        last = max(seen.rfind(end) + len(end) for end in ("->", "-!>"))
        seen = COMMENT.sub(" ", seen[:last]) + seen[last:]
    seen = TAG.sub(" ", seen)
    last = seen.rfind(")") + 1
    seen = re.sub(r"\]\([^)]*\)", "] ", seen[:last]) + seen[last:]
    return Piece("html", line, words(_without_unseen(unescape(seen))), content)
