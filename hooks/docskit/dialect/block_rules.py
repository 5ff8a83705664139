"""The blocks of a page: CommonMark's and GFM's, and rules for those of the site generators.

Each rule finds the extent of a region in the dialect of Python-Markdown's extensions, VuePress or
Obsidian. What stands in such a region is parsed in place, so that every token's `map` has lines
of the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, html_block, reference
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from docskit.dialect.html_tags import is_unknown
from docskit.dialect.tables import table
from docskit.reading import WholeLines, heading_without_space

# The marker of a table of contents: Python-Markdown, CSDN, VuePress, markdown-it.
CONTENTS = re.compile(r"@?\[toc\](?:\([^)\n]*\))?|\[\[toc\]\]|@\[\[toc\]\]", re.IGNORECASE)
# Beyond so many levels markdown-it drops what is inside, and Python-Markdown raises.
DEEPEST = 80

Rule = Callable[[StateBlock, int, int, bool], bool]
Region = Callable[[StateBlock, int, int], tuple[int, object] | None]

# The line that opens a box, a fold or a tab of Material, whose body is indented by four.
OPENS_INDENTED = re.compile(r'(?:!!!|\?\?\?\+?)[ \t]+["“a-zA-Z].*$|={3}[!+]*[ \t]+["\'].*$')
# `::: tip title`, as VuePress, VitePress and Docusaurus have it; `:::tip{title="x"}` as well.
OPENS_FENCED = re.compile(r"(:{3,})[ \t]*([\w-]+|(?=\{))[ \t]*(.*)$")
_CLOSES_FENCED = re.compile(r":{3,}[ \t]*$")
# `[^1]: text`, whose further paragraphs are indented by four.
OPENS_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]:[ \t]*")
_ABBREVIATION = re.compile(r"[*]\[[^\\\]]+\][ ]?:")
_MARKDOWN_IN_HTML = re.compile(
    r"<([a-z][\w-]*)\b[^<>]*\smarkdown(?:=[\"']?(?:1|block|span|markdown)[\"']?)?[\s>]", re.I
)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_TAG_ALONE = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>]*)?/?>(?=[ \t]*$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
# What begins a block, but not always within a paragraph.
_MAY_BEGIN = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)|<")
_SVG = re.compile(r"<svg[\s>]", re.IGNORECASE)
_ENDS_PARAGRAPH: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _begins(state: StateBlock, line: int, signs: str) -> bool:
    """Whether a line begins with one of `signs`: asked of every line, so without cutting it out."""
    position = state.bMarks[line] + state.tShift[line]
    return position < state.eMarks[line] and state.src[position] in signs


def _is_code(state: StateBlock, line: int) -> bool:
    return state.sCount[line] - state.blkIndent >= 4


def _push(state: StateBlock, kind: str, start: int, end: int, content: str) -> Token:
    token = state.push(kind, "", 0)
    token.map = [start, end]
    token.content = content
    state.line = end
    return token


def _indented_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """The line behind the last of those from `start` that are indented to the column `indent`."""
    last = following = start
    while following < end and (state.isEmpty(following) or state.sCount[following] >= indent):
        following += 1
        if not state.isEmpty(following - 1):
            last = following
    return last


def _body(state: StateBlock, head: int, last: int, opens: str, indent: int) -> None:
    """The lines between a head and `last` as tokens inside a container."""
    token = state.push("container_open", "", 1)
    token.map = [head, last]
    token.content = opens
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, last, "container"
    state.md.block.tokenize(state, head + 1, last)
    state.blkIndent, state.lineMax, state.parentType = before
    state.push("container_close", "", -1)
    state.line = last


def _indented(signs: str) -> Rule:
    """`!!! note`, `??? note`, `=== "tab"`: the line and what is indented below it."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not _begins(state, start, signs) or _is_code(state, start):
            return False
        line = _line(state, start).rstrip()
        if not OPENS_INDENTED.match(line):
            return False
        if silent:
            return True
        own = state.sCount[start]
        first = start + 1
        while first < end and state.isEmpty(first):
            first += 1
        if first < end and state.sCount[first] >= own + 4:
            indent = own + 4
        elif first < end and state.sCount[first] >= state.blkIndent + 4:
            indent = state.blkIndent + 4
        elif first == start + 1 and first < end and state.sCount[first] >= state.blkIndent:
            # Indented too little: what follows without an empty line is meant all the same.
            indent = state.sCount[first]
            if indent < own + 2:
                while first < end and not state.isEmpty(first):
                    if first > start + 1 and OPENS_INDENTED.match(_line(state, first)):
                        break
                    first += 1
                _body(state, start, first, line, state.blkIndent)
                return True
        else:
            _body(state, start, start + 1, line, state.blkIndent)
            return True
        _body(state, start, _indented_end(state, start + 1, end, indent), line, indent)
        return True

    return rule


def _fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: tip` up to its `:::`, or up to the end of what it stands in."""
    if not _begins(state, start, ":") or _is_code(state, start):
        return False
    line = _line(state, start).rstrip()
    if not OPENS_FENCED.match(line):
        return False
    last = _colons_end(state, start, end)
    if last is None:
        return False
    if silent:
        return True
    _body(state, start, last - 1, line, state.blkIndent)
    state.tokens[-1].map = [last - 1, last]
    state.line = last
    return True


def _colons_end(state: StateBlock, start: int, end: int) -> int | None:
    """The line behind the `:::` that closes the container; None where none does.

    All pairs of a text are found at once, so that many openings take no longer than one.
    """
    pairs: dict[int, int] | None = state.env.get("colons")
    if pairs is None:
        pairs, waiting, fence = {}, [], ""
        for number in range(len(state.bMarks) - 1):
            line = state.src[state.bMarks[number] : state.eMarks[number]].strip(" \t>")
            if line.startswith(("```", "~~~")):
                run = line[: len(line) - len(line.lstrip(line[0]))]
                if not fence:
                    fence = run
                elif line.startswith(fence) and not line.strip(line[0]):
                    fence = ""
            elif fence or ":::" not in line:
                continue
            elif OPENS_FENCED.match(line):
                waiting.append(number)
            elif _CLOSES_FENCED.match(line) and waiting:
                pairs[waiting.pop()] = number + 1
        state.env["colons"] = pairs
    last = pairs.get(start)
    if last is None or last > end:
        return None
    return last


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`[^1]: text` with what leans on it and what is indented below it."""
    if not _begins(state, start, "[") or _is_code(state, start):
        return False
    line = _line(state, start)
    opening = OPENS_FOOTNOTE.match(line)
    if not opening:
        return False
    if silent:
        return True
    last = start + 1
    while (
        last < end
        and not state.isEmpty(last)
        and not _line(state, last).startswith(("[^", "#", "- ", "* ", "+ ", ">", "```", "~~~", "|"))
    ):
        last += 1
    last = max(last, _indented_end(state, last, end, state.blkIndent + 4))
    rest = state.getLines(start + 1, last, state.blkIndent, False).split("\n")
    text = "\n".join(
        [
            line[opening.end() :].strip(),
            *(
                (below[4:] if below.startswith("    ") else below.lstrip(" \t"))
                for below in (rest if last > start + 1 else [])
            ),
        ]
    )
    _push(state, "footnote", start, last, text).info = opening[1]
    return True


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$` at the beginning of a line, up to `$$` at the end of one.

    A formula holds an empty line only between two `$$` that stand alone.
    """
    if not _begins(state, start, "$") or _is_code(state, start):
        return False
    line = _line(state, start).rstrip()
    if not line.startswith("$$"):
        return False
    last = start
    if len(line) < 4 or not line.endswith("$$"):
        dollars = _dollar_lines(state)
        at = bisect_left(dollars, (start + 1,))
        if at == len(dollars) or dollars[at][0] >= end:
            return False
        last, closing = dollars[at]
        # The next line with `$$` ends this formula or belongs to another; nothing is skipped.
        if not closing.endswith("$$") or (closing.startswith("$$") and closing != "$$"):
            return False
        is_alone = line == closing == "$$"
        for number in range(start + 1, last + 1):
            if state.isEmpty(number):
                if not is_alone:
                    return False
            elif state.sCount[number] < state.blkIndent:
                return False
    if not silent:
        content = state.getLines(start, last + 1, state.blkIndent, False)
        _push(state, "formula", start, last + 1, content)
    return True


def _dollar_lines(state: StateBlock) -> list[tuple[int, str]]:
    """The lines that have `$$` in them, without what stands around: number and text."""
    found: list[tuple[int, str]] | None = state.env.get("dollars")
    if found is None:
        found = state.env["dollars"] = [
            (number, state.src[state.bMarks[number] : state.eMarks[number]].strip(" \t>"))
            for number in range(len(state.bMarks) - 1)
            if state.src.find("$$", state.bMarks[number], state.eMarks[number]) >= 0
        ]
    return found


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Raw HTML; a line that is nothing but `<String>` is text."""
    if not _begins(state, start, "<"):
        return False
    alone = _TAG_ALONE.match(_line(state, start))
    if alone and is_unknown(alone[0]):
        return False
    if alone and silent and state.parentType in {"blockquote", "table"}:
        # It does not end a paragraph, but a paragraph further in does not take it in either.
        return not _is_code(state, start)
    if silent or _is_code(state, start) or not _SVG.match(_line(state, start)):
        return html_block(state, start, end, silent)
    last = _svg_end(state, start, end)
    if not last:
        return html_block(state, start, end, silent)
    _push(state, "html_block", start, last, state.getLines(start, last, state.blkIndent, True))
    return True


def _svg_end(state: StateBlock, start: int, end: int) -> int:
    """The line behind a drawing that is pasted with empty lines in it, or 0 where there are none.

    Nothing in it was meant as Markdown, though its paths are indented as code is.
    """
    closing = state.env.get("svgs")
    if closing is None:
        lines = range(len(state.bMarks) - 1)
        closing = state.env["svgs"] = [n for n in lines if "</svg>" in _line(state, n).lower()]
    place = bisect_left(closing, start)
    last = closing[place] if place < len(closing) else end
    if last >= end:
        return 0
    inside = range(start + 1, last + 1)
    is_within = all(state.sCount[line] >= state.blkIndent or state.isEmpty(line) for line in inside)
    return last + 1 if is_within and any(state.isEmpty(line) for line in inside) else 0


def _leans(state: StateBlock, line: int) -> bool:
    """Whether a line can be nothing but more of the paragraph before it."""
    indent = state.sCount[line]
    if indent < 0:
        return True
    if indent >= state.blkIndent:
        return indent - state.blkIndent > 3 and _begins(state, line, ">")
    around = next((column for column in reversed(state.env["indents"]) if column <= indent), 0)
    return indent - around > 3


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it's rule, for which a sign further in than three spaces begins no line of it."""
    if silent or not _begins(state, start, ">"):
        return blockquote(state, start, end, silent)
    moved: list[int] = []
    line = start + 1
    while line < end and not state.isEmpty(line):
        place = state.bMarks[line] + state.tShift[line]
        if state.src[place - 1] in " \t\n" and _leans(state, line):
            # So that no rule finds anything where the line begins.
            state.tShift[line] -= 1
            moved.append(line)
        line += 1
    found = blockquote(state, start, end, silent)
    for line in moved:
        state.tShift[line] += 1
    return found


def _markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<div markdown>` up to its close, which goes to `md_in_html`."""
    if not _begins(state, start, "<") or _is_code(state, start):
        return False
    opening = _MARKDOWN_IN_HTML.match(_line(state, start))
    if not opening:
        return False
    if silent:
        return True
    depth, last = 0, start
    tags = re.compile(rf"<(/?){opening[1]}\b", re.I)
    while last < end:
        for tag in tags.finditer(_line(state, last)):
            depth += -1 if tag[1] else 1
        last += 1
        if depth <= 0:
            break
    content = state.getLines(start, last, state.blkIndent, False)
    _push(state, "markdown_in_html", start, last, content)
    return True


def depth_of_markdown(content: str) -> int:
    """How many elements of the names that have `markdown` in a tag stand in each other."""
    names = {tag[1].lower() for tag in _MARKDOWN_IN_HTML.finditer(content)}
    depth = deepest = 0
    for tag in _ANY_TAG.finditer(content):
        if tag[2].lower() in names:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`*[HTML]: …`."""
    if not _begins(state, start, "*") or _is_code(state, start):
        return False
    line = _line(state, start)
    if not _ABBREVIATION.match(line):
        return False
    if not silent:
        _push(state, "abbreviation", start, start + 1, line)
    return True


def _definition_list(rule: Rule) -> Rule:
    """The plugin's rule, asked only where a line that begins with a colon follows."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return _begins(state, start, ":") and rule(state, start, end, silent)
        below = start + 1
        if below < end and state.isEmpty(below):
            below += 1
        if below >= end or not _begins(state, below, ":") or _begins(state, start, ":"):
            return False
        return rule(state, start, end, silent)

    return run


def foreign(find: Region) -> Rule:
    """A rule for regions of which only their own block processor knows where they end.

    `find(state, start, end)` returns the line behind the region and what was made of it.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent or _is_code(state, start):
            return False
        found = find(state, start, end)
        if found is None:
            return False
        last, made = found
        _push(state, "foreign", start, last, "").meta = {"made": made}
        return True

    return rule


class Blocks(WholeLines):
    """markdown-it's block parser, which remembers where the blocks around a block begin."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        indents: list[int] = state.env.setdefault("indents", [])
        indents.append(state.blkIndent)
        super().tokenize(state, startLine, endLine)
        indents.pop()


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Definitions of links, and the line behind them, which is still in their paragraph.

    CommonMark takes definitions out of a finished paragraph: what cannot interrupt one (an empty
    item, `2.`, indented code, the line below a heading) is text behind them.
    """
    if silent or not reference(state, start, end, silent):
        return False
    line = state.line
    if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return True
    text = _line(state, line)
    is_underline = not _is_code(state, line) and _UNDERLINE.fullmatch(text)
    if not is_underline and (
        text.startswith("[") or not (_is_code(state, line) or _MAY_BEGIN.match(text))
    ):
        return True
    before, state.parentType = state.parentType, "paragraph"
    stops = state.md.block.ruler.getRules("paragraph")
    ends = not is_underline and any(rule(state, line, end, True) for rule in stops)
    state.parentType = before
    return True if ends else _paragraph(state, line, end, silent)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """CommonMark's paragraph, with one correction to markdown-it's rule.

    A line that leans on a paragraph in a list, and would be code in what is around the list,
    begins nothing: in `1.   a` above `    > b` there is no quotation.
    """
    stops = state.md.block.ruler.getRules("paragraph")
    end = state.lineMax
    before, state.parentType = state.parentType, "paragraph"
    line, stop = start + 1, None
    while line < end and not state.isEmpty(line):
        indent = state.sCount[line]
        if indent - state.blkIndent <= 3 and indent >= 0:
            if indent < state.blkIndent:
                if _leans(state, line):
                    line += 1
                    continue
                if _begins(state, line, "<") and _TAG_ALONE.match(_line(state, line)):
                    break
            stop = next((rule for rule in stops if rule(state, line, end, True)), None)
            if stop:
                break
        line += 1
    state.line = line
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip(" \t\n")
    inline.map = [start, line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.parentType = before
    if stop is table:
        # Its first line may look like an item, `2024. |`, that could not end the paragraph.
        table(state, line, end, False)
    return True


def add_block_rules(
    parser: MarkdownIt, processors: frozenset[str], region: Region | None = None
) -> None:
    """Give `parser` the rules for those of Python-Markdown's block processors that there are."""
    parser.block.__class__ = Blocks
    ruler = parser.block.ruler
    ruler.at("paragraph", _paragraph)
    ruler.at("reference", _reference)
    # Behind the rest: in `* a | b`, the list begins first.
    ruler.disable("table")
    ruler.before("lheading", "gfm_table", table, {"alt": ["paragraph", "reference"]})
    if "deflist" in processors:
        parser.use(deflist_plugin)
        plugin: Rule = next(rule.fn for rule in ruler.__rules__ if rule.name == "deflist")
        ruler.at(
            "deflist",
            _definition_list(plugin),
            {"alt": ["paragraph", "reference", "blockquote"]},
        )
    signs = {"admonition": "!", "details": "?", "tabbed": "="}
    own = "".join(sign for name, sign in signs.items() if name in processors)
    if own:
        ruler.before("table", "indented_container", _indented(own), _ENDS_PARAGRAPH)
    ruler.before("table", "fenced_container", _fenced, _ENDS_PARAGRAPH)
    if "footnote" in processors:
        ruler.before("table", "footnote", _footnote, _ENDS_PARAGRAPH)
    if "arithmatex-block" in processors:
        ruler.after("fence", "formula", _formula, _ENDS_PARAGRAPH)
    if "abbr" in processors:
        ruler.before("list", "abbreviation", _abbreviation, _ENDS_PARAGRAPH)
    if "markdown_block" in processors:
        ruler.before("html_block", "markdown_in_html", _markdown_in_html, _ENDS_PARAGRAPH)
    ruler.before("heading", "heading_without_space", heading_without_space, _ENDS_PARAGRAPH)
    ruler.at("blockquote", _blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    if region:
        ruler.before("table", "foreign", foreign(region), _ENDS_PARAGRAPH)
