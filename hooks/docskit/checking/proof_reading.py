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
    add_literal_rules,
    media_kind,
    use_known_labels,
)
from docskit.dialect import TAG as GLUED_TAG
from docskit.html import COMMENT, TAG
from docskit.reading import ATTRIBUTES

# What authors write that is no word of the finished page, or another one.
_UNSEEN = re.compile(
    r"\[\^[^\]\s\[]+\]:?|:[a-zA-Z0-9_+-]+:|!?\[\[[^\[\]\n]*\]\]"
    r"|--8<--.*|%%.*?%%"
    # An address with spaces is none to CommonMark, and one to the dialect.
    r"|!?\[[^\[\]\n]*\]\([^()\s]*[^\S\n][^()\n]*\)"
    r"|\[(?:TOC|toc|\[toc\])\]|@\[TOC\]\([^()\n]*\)"
    r"|^\*\[[^\]\n]+\]:.*$|\[![a-zA-Z]+\][-+]?"
    rf"|{ATTRIBUTES}",
    re.DOTALL | re.MULTILINE,
)
_ATTRIBUTES = re.compile(ATTRIBUTES)
_SNIPPET = re.compile(r"^[ \t]*-+8<-+.*$", re.MULTILINE)
_BOX = re.compile(r"\[[ xX]\](?=\s)")
_WORD = re.compile(r"[^\W_]+")
_CODE = "\ufffc"
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:")
_NOTE_USED = re.compile(r"\[\^([^\[\]\s]+)\]")
_RAW_TEXT = re.compile(r"<(script|style|template|textarea|svg|math|iframe|title)\b", re.IGNORECASE)
_TITLE = re.compile(r'"(.*)"')
_DRAWN = re.compile(r"\{?\.?mermaid\b", re.IGNORECASE)
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text or code: its words, and how it reads as plain text.

    `line` is 0-based in the text that was read; `kind` is text, heading, title, code, indented,
    note, html, or drawn for a diagram, whose source is shown only where it cannot be drawn.
    """

    kind: str
    line: int
    words: tuple[str, ...]
    plain: str
    whole: str = ""  # Letters with those that may be shown or not, as of `:smile:` and `[[toc]]`.


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
    # What is in a formula is no Markdown, and `<leader>` no HTML: they arrive as they are written.
    add_literal_rules(parser)
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
    found = _Found([], [], set())
    _collect(tokens_of(text), 0, found, "", 0)
    return Reading(
        tuple(piece for note, piece in found.pieces if not note or note in found.notes),
        tuple(link for note, link in found.references if not note or note in found.notes),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What has been read so far, all with the label of the note that it stands in."""

    pieces: list[tuple[str, Piece]]
    references: list[tuple[str, Reference]]
    notes: set[str]  # Labels of notes that something refers to: the others are not shown.


def _collect(tokens: list[Token], first: int, found: _Found, note: str, depth: int) -> None:
    kind, line = "text", first

    def add(piece: Piece, links: list[Reference] | None = None) -> None:
        # Notes stand at the end of the page.
        is_note = note and piece.kind != "drawn"
        found.pieces.append((note, replace(piece, kind="note") if is_note else piece))
        found.references.extend((note, link) for link in links or ())

    for token in tokens:
        if token.map:
            line = first + token.map[0]
        match token.type:
            case "heading_open":
                kind = "heading"
            case "heading_close":
                kind = "text"
            case "inline":
                add(*_inline(token, kind, line, found.notes))
            case "fence" | "code_block":
                code = _SNIPPET.sub("", token.content)
                name = "code" if token.type == "fence" else "indented"
                if _DRAWN.match(token.info.strip()):
                    name = "drawn"
                elif token.info.split(" ")[0].strip().lower() == "math":
                    name = "text"
                add(Piece(name, line, words(code), token.content))
            case "html_block":
                add(_html(token.content, line))
            case "formula":
                add(*_formula(token, line, found.notes))
            case "markdown_in_html":
                found.notes.update(_NOTE_USED.findall(token.content))
                add(_html(token.content, line))
            case "container_open" if title := _TITLE.search(token.content):
                # Tabs have all their titles before all their texts.
                add(replace(_flat(title[1], line, found.notes), kind="title"))
            case "footnote" if depth < _DEEPEST:
                _collect(tokens_of(token.content), line, found, token.info, depth + 1)


def _flat(content: str, line: int, notes: set[str]) -> Piece:
    inline = next((t for t in tokens_of(content) if t.type == "inline"), None)
    return _inline(inline, "text", line, notes)[0] if inline else Piece("text", line, (), "")


def _formula(token: Token, line: int, notes: set[str]) -> tuple[Piece, list[Reference]]:
    """What begins with `$$`: a formula, or a sentence."""
    content = token.content.strip()
    if content.endswith("$$"):
        return Piece("text", line, words(unescape(content)), content), []
    return _inline(_parser().parseInline(token.content)[0], "text", line, notes)


def _inline(token: Token, kind: str, line: int, notes: set[str]) -> tuple[Piece, list[Reference]]:
    """A paragraph, heading or cell and the references in it; `notes` gets those that it names."""
    if CONTENTS.fullmatch(token.content.strip()):
        # A list of the headings takes its place: CSDN's `@[TOC](目录)` looks like a link.
        return Piece(kind, line, (), token.content), []
    text: list[str] = []
    references: list[Reference] = []
    code: list[str] = []
    opened: list[tuple[int, int, str]] = []
    for child in token.children or []:
        match child.type:
            case "text" | "text_special":
                text.append(child.content)
            case "code_inline":
                text.append(_CODE)
                code.append(child.content)
            case "formula_inline" | "formula_displayed":
                text.append(_CODE)
                code.append(unescape(child.content))
            case "softbreak" | "hardbreak" | "html_inline":
                # A tag may be shown as text.
                text.append("\n")
                line += 0
            case "image":
                address = str(child.attrGet("src") or "")
                is_link = media_kind(address) == "document"
                alt = words(child.content) if is_link else ()
                kind_of = "link" if is_link else "image"
                references.append(Reference(kind_of, line, alt, address))
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
                own = words(_seen("".join(text[start:]), code[codes:]))
                references.append(Reference("link", line, own, address))
    joined = "".join(text)
    if "[^" in joined:
        notes.update(_NOTE_USED.findall(joined))
    if _BOX.match(joined):
        joined = joined[3:]
    if kind == "text" and _NOTE.match(joined):
        kind = "note"
    seen = words(_seen(joined, code))
    # A heading's `{#tags}` would take the word below it.
    whole = "".join(words(_with_code(_ATTRIBUTES.sub("", joined), code)))
    return Piece(kind, line, seen, token.content, whole), references


def _is_picture(address: str) -> bool:
    return PICTURE.fullmatch(f"![]({address})") is not None


def _seen(text: str, code: list[str]) -> str:
    """Text without what is not shown, with its code in its place; that is left alone."""
    if "[" in text:
        text = PICTURE.sub(" ", text)
    if "<" in text:
        text = GLUED_TAG.sub(" ", text)
    return _with_code(_UNSEEN.sub(" ", text), code)


def _with_code(text: str, code: list[str]) -> str:
    parts = text.split(_CODE)
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
    return Piece("html", line, words(_UNSEEN.sub(" ", unescape(seen))), content)
