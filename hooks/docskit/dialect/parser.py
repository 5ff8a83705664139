"""The blocks of a page, as CommonMark and GFM define them.

Only blocks are parsed: inline Markdown passes through as it was written. Leaves carry their
own text without the prefixes of the lists and quotes around them, so that it can be written
again behind other prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

# Beyond so many levels markdown-it drops what is inside, and Python-Markdown raises.
DEEPEST = 80

Rule = Callable[[StateBlock, int, int, bool], bool]

# Material's containers: the line that opens one, whose body is indented by four.
OPENS_INDENTED = re.compile(r'(?:!!!|\?\?\?\+?)[ \t]+["\w]|={3}[!+]*[ \t]+["\']')
# `::: tip title`, as VuePress, VitePress and Docusaurus have it.
OPENS_FENCED = re.compile(r"(:{3,})[ \t]*([\w-]+)[ \t]*(.*)$")
# `[^1]: text`, whose further paragraphs are indented by four.
OPENS_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
# `#标题` and `###3.标题`: CommonMark wants a space, their authors do not. `#1` is no heading.
HEADING_WITHOUT_SPACE = re.compile(
    r"(#{1,6})(?=[\u3400-\u9fff\uf900-\ufaff]|(?<=##)\d+[.、．])(.*)$"
)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _begins(state: StateBlock, line: int, signs: str) -> bool:
    """Whether a line begins with one of `signs`: asked of every line, so without cutting it out."""
    position = state.bMarks[line] + state.tShift[line]
    return position < state.eMarks[line] and state.src[position] in signs


def _is_code(state: StateBlock, line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= 4


def _push(state: StateBlock, kind: str, start: int, end: int, info: str = "") -> Token:
    token = state.push(kind, "", 0)
    token.map = [start, end]
    token.content = state.getLines(start, end, state.blkIndent, False)
    token.info = info
    state.line = end
    return token


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`!!! note`, `??? note`, `=== "tab"`: the line and what is indented below it."""
    if not _begins(state, start, "!?=["):
        return False
    line = _line(state, start)
    footnote = OPENS_FOOTNOTE.match(line)
    if _is_code(state, start) or not (footnote or OPENS_INDENTED.match(line)):
        return False
    if silent:
        return True
    last = start + 1
    # A footnote's first paragraph may go on without indentation.
    while (
        footnote
        and last < end
        and not state.isEmpty(last)
        and not _line(state, last).startswith(("[^", "#", "-", "*", ">", "```"))
    ):
        last += 1
    following = last
    while following < end and (state.isEmpty(following) or _is_code(state, following)):
        following += 1
        if not state.isEmpty(following - 1):
            last = following
    _push(state, "footnote" if footnote else "indented_container", start, last)
    return True


def _fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: tip` up to its `:::`, or up to the end of what it stands in."""
    if not _begins(state, start, ":"):
        return False
    opening = None if _is_code(state, start) else OPENS_FENCED.match(_line(state, start))
    if not opening:
        return False
    if silent:
        return True
    depth, last = 1, start + 1
    while last < end and depth:
        line = _line(state, last).rstrip()
        if state.sCount[last] < state.blkIndent and line:
            break
        if OPENS_FENCED.match(line):
            depth += 1
        elif re.fullmatch(r":{3,}", line):
            depth -= 1
        last += 1
    if depth:
        return False
    _push(state, "fenced_container", start, last)
    return True


def bare_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """`#标题`, which Typora shows as a heading."""
    if not _begins(state, start, "#"):
        return False
    heading = None if _is_code(state, start) else HEADING_WITHOUT_SPACE.match(_line(state, start))
    if not heading:
        return False
    if silent:
        return True
    token = _push(state, "bare_heading", start, start + 1)
    token.markup, token.content = heading[1], heading[2].strip()
    return True


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` at the beginning of a line, up to `$$` at the end of one, without empty lines.

    mdit-py-plugins' rule writes tokens even when it is only asked (0.7).
    """
    if not _begins(state, start, "$"):
        return False
    line = _line(state, start).rstrip()
    if _is_code(state, start) or not line.startswith("$$"):
        return False
    last = start
    while len(line) < (4 if last == start else 2) or not line.endswith("$$"):
        last += 1
        if last >= end or state.isEmpty(last) or state.sCount[last] < state.blkIndent:
            return False
        line = _line(state, last).rstrip()
    if not silent:
        _push(state, "raw_math", start, last + 1)
    return True


def _raw(kind: str, rule: Rule) -> Rule:
    """Let `rule` find the extent of a block and keep its text as it was written."""
    unused = Token("", "", 0)

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # A table's cells would be nine tenths of a page's tokens.
        state.push = lambda *_: unused  # type: ignore[method-assign]
        try:
            found = rule(state, start, end, silent)
        finally:
            del state.push
        if found and not silent:
            last = state.line
            while last > start + 1 and state.isEmpty(last - 1):
                last -= 1
            _push(state, kind, start, last)
        return found

    return run


@lru_cache(maxsize=1)
def block_parser() -> MarkdownIt:
    """CommonMark's and GFM's blocks, maths, and the containers of the site generators."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.options["maxNesting"] = DEEPEST
    ruler = parser.block.ruler
    ends_paragraph: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    ruler.at("table", _raw("raw_table", table), {"alt": ["paragraph", "reference"]})
    ruler.after("fence", "math_block", math_block, ends_paragraph)
    ruler.before("table", "indented_container", _indented, ends_paragraph)
    ruler.before("table", "fenced_container", _fenced, ends_paragraph)
    ruler.before("heading", "bare_heading", bare_heading, ends_paragraph)
    # Definitions stay text: what is not rewritten must not be lost.
    parser.disable(["reference", "inline", "text_join"])
    return parser


def parse(text: str) -> list[Token]:
    """The block tokens of `text`; maps are 0-based line ranges, end excluded."""
    return block_parser().parse(text)
