"""Write blocks again, so that Python-Markdown sees the structure that CommonMark defines.

Python-Markdown nests by four columns and separates blocks by blank lines; it takes
neighbouring lists, and neighbouring quotes, for one. A comment keeps those apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from docskit.dialect import html_blocks
from docskit.dialect.inline import heading, paragraph, table_cells
from docskit.dialect.parser import OPENS_FENCED

SEPARATOR = "<!-- -->"
ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
# Material's kinds and those of GitHub, VuePress and Docusaurus.
_ADMONITIONS = {
    *("note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important"),
    *("success", "check", "done", "question", "help", "faq", "warning", "caution", "attention"),
    *("failure", "fail", "missing", "danger", "bug", "example", "snippet", "quote", "cite"),
}
_CONTAINER_KINDS = {
    "details": "note",
    "hint": "tip",
    "error": "danger",
    "demo": "example",
    "secondary": "note",
}
_INFO = re.compile(
    r"[ \t]*(?:\.?[\w#.+-]+(?=[ \t]|$))?"
    r"(?:[ \t]*\{.*\}|(?:[ \t]*[a-zA-Z]\w*(?:=(\"|').*?\1)?(?=[ \t]|$))*)[ \t]*",
    re.ASCII,
)
_LANGUAGE = re.compile(r"[ \t]*\.?([\w#.+-]*)", re.ASCII)
_UNDERLINE = re.compile(r"^[=-](?=[=-]*\s*$)")
_LIST_MARKER = re.compile(r"^(?:[-+*]|\d{1,9}[.)])(?=\s|$)")

Normalise = Callable[[str], str]


@dataclass(slots=True)
class Block:
    """One block, without the prefix of what it stands in; `start` and `end` are source lines."""

    kind: str
    lines: list[str]
    start: int
    end: int
    tight: bool = False


def _indent(lines: Sequence[str], prefix: str = "    ") -> list[str]:
    return [prefix + line if line else "" for line in lines]


class Writer:
    """Turns the tokens of one text into blocks; `normalise` does the same for bodies of text."""

    def __init__(self, normalise: Normalise) -> None:
        self.normalise = normalise

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        """The blocks of a sequence of sibling tokens."""
        found: list[Block] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = index
            if token.nesting == 1:
                depth = 1
                while depth:
                    end += 1
                    depth += tokens[end].nesting
            block = self._block(token, tokens[index + 1 : end])
            if block:
                found.append(block)
            index = end + 1
        return html_blocks.open_for_markdown(found)

    def _block(self, token: Token, inside: Sequence[Token]) -> Block | None:
        start, end = token.map or (0, 0)
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lines = self._list(token, inside)
            case "blockquote_open":
                return self._quote(inside, start, end)
            case "paragraph_open":
                lines = [line.lstrip() for line in paragraph(inside[0].content).split("\n")]
                # What a list item begins with, written further in, would be a list.
                lines[1:] = [_LIST_MARKER.sub(_escaped, line) for line in lines[1:]]
                # Nor does a line that only leans on the paragraph underline it.
                lines[1:] = [_UNDERLINE.sub(_as_entity, line) for line in lines[1:]]
                return Block("paragraph", lines, start, end, tight=token.hidden)
            case "heading_open":
                text = heading(" ".join(inside[0].content.split("\n"))) if inside else ""
                # Python-Markdown takes the sign of `C#` for the end of a closed heading.
                text = re.sub(r"(?<!\\)#(?=#*$)", r"\#", text)
                lines = [f"{'#' * int(token.tag[1])} {text}".rstrip()]
                return Block("heading", lines, start, end)
            case "bare_heading":
                return Block("heading", [f"{token.markup} {heading(token.content)}"], start, end)
            case "fence":
                fence = f"{token.markup}{_info(token.info)}".rstrip()
                body = token.content.removesuffix("\n").split("\n") if token.content else []
                lines = [fence, *body, token.markup]
            case "code_block":
                fence = "`" * max(3, _longest_run(token.content) + 1)
                lines = [fence, *token.content.rstrip("\n").split("\n"), fence]
            case "html_block":
                lines = _dedent(token.content.rstrip("\n").split("\n"))
            case "hr":
                lines = ["---"]
            case "indented_container":
                lines = self._indented(token.content)
            case "fenced_container":
                lines = self._fenced(token.content)
            case "raw_table":
                lines = [_table_row(line.strip()) for line in token.content.split("\n")]
            case _:
                lines = _dedent(token.content.split("\n"))
        return Block(token.type, lines, start, end)

    def _list(self, token: Token, inside: Sequence[Token]) -> list[str]:
        items: list[tuple[str, list[Block]]] = []
        index = 0
        ordered = token.type == "ordered_list_open"
        first = token.attrGet("start")
        number = 1 if first is None else int(first)
        while index < len(inside):
            depth, end = 1, index
            while depth:
                end += 1
                depth += inside[end].nesting
            children = _begin_with_text(self.blocks(inside[index + 1 : end]))
            # Four digits would push the text beyond the column where what is below it begins.
            alone = len(children) == 1 and len(children[0].lines) == 1
            shown = number if alone else number % 1000
            marker = f"{shown}." if ordered else inside[index].markup
            items.append((marker, children))
            number += 1
            index = end + 1
        written = [self._item(marker, children) for marker, children in items]
        # One blank line between its own blocks makes every item of a list spaced, and after one
        # further inside, the next item has to stand clear of it.
        spaced = any("" in lines for lines in written[:-1]) or any(
            (not block.tight and block.kind == "paragraph")
            or (before and separation(before, block))
            for _, children in items
            for before, block in zip([None, *children], children, strict=False)
        )
        if spaced:
            for _, children in items:
                for block in children:
                    block.tight = False
            written = [self._item(marker, children) for marker, children in items]
        lines: list[str] = []
        for item in written:
            lines += ["", *item] if spaced and lines else item
        return lines

    def _item(self, marker: str, children: list[Block]) -> list[str]:
        lines = _indent(self.join(children))
        return [f"{marker} {lines[0].lstrip()}", *lines[1:]]

    def _quote(self, inside: Sequence[Token], start: int, end: int) -> Block:
        first = inside[1] if len(inside) > 1 and inside[0].type == "paragraph_open" else None
        alert = ALERT.match(first.content) if first else None
        if first and alert:
            first.content = first.content[alert.end() :].lstrip()
            rest = inside if first.content else inside[3:]
            body = self.join(self.blocks(rest))
            lines = [f"!!! {alert[1].lower()}", *_indent(body)]
            return Block("alert", lines, start, end)
        body = self.join(self.blocks(inside))
        return Block("quote", [f"> {line}" if line else ">" for line in body] or [">"], start, end)

    def _indented(self, text: str) -> list[str]:
        # In an item the line that opens it may stand further in than the item's text.
        head, *lines = _dedent(text.split("\n"))
        plain = [line[4:] if line.startswith("    ") else line.lstrip() for line in lines]
        return (
            [head.strip(), *_indent(self.normalise("\n".join(plain)).split("\n"))]
            if lines
            else [head.strip()]
        )

    def _fenced(self, text: str) -> list[str]:
        first, *body = _dedent(text.split("\n"))
        opening = OPENS_FENCED.match(first.strip())
        if not opening:
            return [first, *body]
        kind = opening[2].lower()
        inner = self.normalise("\n".join(body[:-1]).strip("\n"))
        if kind not in _ADMONITIONS and kind not in _CONTAINER_KINDS:
            # A box of a theme's own, or of a plugin's: what is in it is the author's.
            style = f' style="text-align: {kind}"' if kind in {"center", "left", "right"} else ""
            return [f'<div{style} markdown="1">', "", *inner.split("\n"), "", "</div>"]
        marker = "???" if kind == "details" else "!!!"
        title = opening[3].strip().strip("[]").replace('"', "'")
        head = f"{marker} {_CONTAINER_KINDS.get(kind, kind)}" + (f' "{title}"' if title else "")
        return [head, *_indent(inner.split("\n"))]

    def join(self, blocks: list[Block]) -> list[str]:
        """The lines of sibling blocks, separated as Python-Markdown needs it."""
        lines: list[str] = []
        for before, block in zip([None, *blocks], blocks, strict=False):
            if before is not None:
                lines += separation(before, block)
            lines += block.lines
        return lines


def separation(before: Block, block: Block) -> list[str]:
    """What has to stand between two neighbours."""
    kinds = (before.kind, block.kind)
    lists = {"bullet_list_open", "ordered_list_open"}
    if (
        set(kinds) <= lists
        or kinds == ("quote", "quote")
        or (before.kind in lists and block.kind == "code_block")
    ):
        return ["", SEPARATOR, ""]
    if before.kind == "paragraph" and before.tight and block.kind in lists:
        return []
    return [""]


def _begin_with_text(children: list[Block]) -> list[Block]:
    """Python-Markdown finds only text behind a marker; code, tables and lists stand below it."""
    first = children[0] if children else None
    if first and (first.kind in {"paragraph", "heading", "quote"} or first.lines == [SEPARATOR]):
        return children
    return [Block("html_block", [SEPARATOR], 0, 0), *children]


def _escaped(marker: re.Match[str]) -> str:
    text = marker.group()
    return f"{text[:-1]}\\{text[-1]}"


def _info(info: str) -> str:
    """What pymdown-extensions can read of the words behind a fence; else it shows no code."""
    return info if _INFO.fullmatch(info) else _LANGUAGE.match(info)[1]  # type: ignore[index]


def _as_entity(sign: re.Match[str]) -> str:
    return f"&#{ord(sign.group())};"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`{3,}", text)), default=2)


def _dedent(lines: list[str]) -> list[str]:
    width = len(lines[0]) - len(lines[0].lstrip(" "))
    return [line[width:] if not line[:width].strip() else line for line in lines]


def _table_row(line: str) -> str:
    # GFM splits cells before it looks for code, so `a\|b` is code with a bare pipe; Python-Markdown
    # looks for code first, and would show the backslash.
    if "`" in line and "\\|" in line:
        line = re.sub(
            r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: m.group().replace("\\|", "|"), line
        )
    return table_cells(line)
