"""Python-Markdown's tree, built from markdown-it's tokens: a page is parsed once.

`TreeParser` takes the place of Python-Markdown's `BlockParser`. Whoever asks it to parse something
(a document, the body of a footnote, what stands in a box of some extension) gets CommonMark. Text
stays Markdown in `text` and `tail`, which is Python-Markdown's own contract with tree processors
above `inline` (20); `inline_tree` parses it when `inline` runs.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from docskit.dialect import notices
from docskit.dialect.block_rules import CONTENTS, DEEPEST, add_block_rules, depth_of_markdown
from docskit.dialect.containers import (
    CALLOUT,
    callout_head,
    fenced_head,
    indented_head,
    plain_attributes,
)
from docskit.dialect.fences import Fences, glued_end, read_info
from docskit.dialect.html_tags import block_as_shown
from docskit.dialect.inline_rules import add_inline_rules, foreign
from docskit.dialect.link_labels import use_known_labels
from docskit.dialect.reading import Reading

# The block processors whose regions are found by rules here; the others are asked themselves.
OWN = frozenset(
    re.findall(
        r"[\w-]+",
        """empty indent code hashheader setextheader hr olist ulist quote reference paragraph
admonition details tabbed defindent deflist footnote abbr table markdown_block arithmatex-block""",
    )
)
_PICTURES = re.compile(r"(?:\s*</?(?:img|a|br|picture|source)\b[^<>]*>)+\s*\Z", re.IGNORECASE)
_FORMULAS = re.compile(r"\$\$((?:\\.|[^$\\]|\$(?!\$))*?)\$\$", re.DOTALL)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


class _Notes(OrderedDict[str, str]):
    """Footnotes by label; whoever goes through them sees those that are added meanwhile.

    A note may be defined in the body of another, which is parsed only then.
    """

    def keys(self) -> Any:
        known: list[str] = []
        while len(known) < len(self):
            for label in list(super().keys())[len(known) :]:
                known.append(label)
                yield label


class TreeParser(BlockParser):
    """A `BlockParser` that reads CommonMark; `prepare` has to be called first."""

    def prepare(self, problems: notices.Notices) -> None:
        """Set up for the extensions that `md` has; `problems` is what authors are told."""
        md: Any = self.md
        self.problems = problems
        self.fences = Fences(md)
        processors: Any = self.blockprocessors
        names = frozenset(item.name for item in processors._priority)
        patterns = frozenset(item.name for item in md.inlinePatterns._priority)
        self._foreign = [
            processors[item.name] for item in processors._priority if item.name not in OWN
        ]
        self.footnotes: Any = (
            md.treeprocessors["footnote"].footnotes if "footnote" in md.treeprocessors else None
        )
        self.notes_pattern: Any = md.inlinePatterns["footnote"] if "footnote" in patterns else None
        parser = self.commonmark = MarkdownIt("commonmark").enable("table")
        parser.options["maxNesting"] = DEEPEST
        use_known_labels(parser)
        parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
        parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
        parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
        add_block_rules(parser, names, self._region if self._foreign else None)
        delimiters: Any = md.inlinePatterns["delimiter"] if "delimiter" in patterns else None
        marks = "mark" in patterns or "=" in getattr(delimiters, "delimiters", ())
        add_inline_rules(parser, patterns, self._is_note, marks)
        self.reset_page()

    def add_early_pattern(self, name: str, regex: re.Pattern[str], handle: Any) -> None:
        """Let an inline pattern of another extension win over CommonMark's own."""
        self.commonmark.inline.ruler.before("escape", name, foreign(regex, handle))

    def reset_page(self) -> None:
        """Forget the page before."""
        self.environment: dict[str, Any] = {}
        self.reading = Reading(parse_inline=self.parse_inline)
        # The line on which an element's text begins, and where the body of a footnote does.
        self.lines: dict[Element, int] = {}
        self._chunk_lines: dict[str, int] = {}
        self._regions: tuple[str, list[str], list[int]] | None = None
        self._first_line = 0
        if self.footnotes is not None:
            self.footnotes.footnotes = _Notes()

    # -- what Python-Markdown and its extensions call -------------------------------------------

    def parseDocument(self, lines: Iterable[str]) -> Any:  # noqa: N802
        """Parse a whole page."""
        self.root: Any = Element(self.md.doc_tag)
        self._parse(self.root, "\n".join(lines), 0)
        references: Any = self.md.references
        for label, found in self.environment.get("references", {}).items():
            references.setdefault(label.lower(), (found["href"], found.get("title")))
        return ElementTree(self.root)

    def parseChunk(self, parent: Any, text: str) -> None:  # noqa: N802
        """Parse what an extension has found."""
        line = self._chunk_lines.pop(text, None)
        if text.strip():
            self._parse(parent, text, self._first_line if line is None else line)
        if line is not None and parent.text and parent.text.strip():
            # The extension takes a note's elements only, and wants one for the way back.
            box = Element("div")
            box.text, parent.text = parent.text, None
            parent.insert(0, box)
        elif line is not None and not len(parent):
            SubElement(parent, "p").text = ""

    def parseBlocks(self, parent: Any, blocks: list[str]) -> None:  # noqa: N802
        """Parse what an extension has found, in pieces that empty lines separated."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.parseChunk(parent, text)

    def parse_inline(self, text: str) -> list[Token]:
        """The inline tokens of `text`."""
        tokens: list[Token] = []
        self.commonmark.inline.parse(text, self.commonmark, self.environment, tokens)
        return tokens

    # -- tokens -----------------------------------------------------------------------------------

    def _parse(self, parent: Element, text: str, first_line: int) -> None:
        tokens: list[Token] = []
        for cached in ("colons", "dollars", "svgs"):
            self.environment.pop(cached, None)
        before = self._first_line
        self._first_line = first_line
        self.commonmark.block.parse(text, self.commonmark, self.environment, tokens)
        tokens = self._flat_where_too_deep(tokens, text)
        self.reading.tokens += tokens
        _Builder(self, first_line).build(parent, tokens)
        if first_line:
            for token in tokens:
                if token.map:
                    token.map = [token.map[0] + first_line, token.map[1] + first_line]
        self._first_line = before

    def _flat_where_too_deep(self, tokens: list[Token], text: str) -> list[Token]:
        """`tokens` with a block that is nested too deeply shown as it was written."""
        if not any(token.level >= DEEPEST - 1 for token in tokens):
            return tokens
        lines = text.split("\n")
        kept: list[Token] = []
        index = 0
        while index < len(tokens):
            end = index
            while tokens[end].level or (end == index and tokens[end].nesting == 1):
                end += 1
            block = tokens[index : end + 1]
            if any(token.level >= DEEPEST - 1 for token in block):
                start, stop = block[0].map or [0, 0]
                flat = Token("code_block", "code", 0, map=[start, stop])
                flat.content = "\n".join(lines[start:stop]).rstrip("\n") + "\n"
                self.problems.too_deep(self._first_line + start)
                block = [flat]
            kept += block
            index = end + 1
        return kept

    def _is_note(self, label: str) -> bool:
        return self.footnotes is not None and label in self.footnotes.footnotes

    def set_note(self, label: str, text: str, line: int) -> None:
        """Tell the footnotes' extension of a note whose text begins on `line`."""
        if self.footnotes is not None:
            # The extension puts the way back into the note, and wants something to put it behind.
            text = text if text.strip() else "&#8203;"
            self.footnotes.setFootnote(label, text)
            self._chunk_lines[text] = line

    # -- the block processors of other extensions -----------------------------------------------

    def _region(self, state: StateBlock, start: int, end: int) -> tuple[int, object] | None:
        """What the first of the other block processors that wants it makes of a region."""
        stop = start
        while stop < end and not state.isEmpty(stop):
            stop += 1
        first = state.getLines(start, stop, state.blkIndent, False)
        for processor in self._foreign:
            box = Element("div")
            if not processor.test(box, first):
                continue
            blocks = self._split(state, start, end)
            if processor.run(box, blocks) is False:
                continue
            rest = "\n\n".join(blocks)
            left = rest.count("\n") + 1 if rest.strip("\n") else 0
            return max(start + 1, end - left), box
        return None

    def _split(self, state: StateBlock, start: int, end: int) -> list[str]:
        return state.getLines(start, end, state.blkIndent, False).split("\n\n")


class _Text:
    """Text that goes behind an element, or first into its parent, put together once."""

    def __init__(self) -> None:
        self._parent: Element | None = None
        self._before: Element | None = None
        self._parts: list[str] = []

    def add(self, parent: Element, text: str) -> None:
        before = parent[-1] if len(parent) else None
        if parent is not self._parent or before is not self._before:
            self.flush()
            self._parent, self._before = parent, before
        self._parts.append(text)

    def flush(self) -> None:
        if self._parent is None:
            return
        text = "".join(self._parts)
        if self._before is None:
            self._parent.text = (self._parent.text or "") + text
        else:
            self._before.tail = (self._before.tail or "") + text
        self._parent, self._parts = None, []


class _Builder:
    """Makes elements of block tokens."""

    def __init__(self, parser: TreeParser, first_line: int) -> None:
        self.parser = parser
        self.first = first_line
        self.text = _Text()
        self.stack: list[Element] = []
        # Per open container: what its fences become, tabs or nothing special.
        self.groups: list[bool] = []

    def build(self, parent: Element, tokens: Sequence[Token]) -> None:
        """Put what `tokens` are below `parent`."""
        handlers = _HANDLERS
        index = 0
        while index < len(tokens):
            token = tokens[index]
            handler = handlers.get(token.type)
            if handler is not None:
                made = handler(self, parent, token, tokens, index)
                parent = made[0]
                index += made[1]
            elif token.nesting == 1:
                self.stack.append(parent)
                parent = SubElement(parent, token.tag)
                for name, value in token.attrs.items():
                    shown = f"{str(value).replace(':', ': ')};" if name == "style" else str(value)
                    parent.set(name, shown)
            elif token.nesting == -1:
                parent = self.stack.pop()
            else:
                SubElement(parent, token.tag)
            index += 1
        self.text.flush()

    def _line(self, token: Token) -> int:
        return self.first + (token.map[0] if token.map else 0)

    def _open(self, parent: Element, tag: str) -> Element:
        self.stack.append(parent)
        return SubElement(parent, tag)

    def inline(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        text = token.content
        if len(text) < 40 and "toc" in text.lower() and CONTENTS.fullmatch(text.strip()):
            text = "[TOC]"
        elif text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2:
            # It is a sign, and breaks no line, though code may follow in the same element.
            text += "\\"
        self.text.add(parent, text)
        self.parser.lines[parent] = self._line(token)
        return parent, 0

    def paragraph_open(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        if token.hidden:
            self.stack.append(parent)
            if len(parent):
                self.text.add(parent, "\n")
            return parent, 0
        return self._open(parent, "p"), 0

    def code(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        info = token.info if token.type == "fence" else ""
        if token.type == "fence" and token.map:
            lines = token.map[1] - token.map[0] - 1
            if token.content.count("\n") >= lines and not token.meta.get("closed"):
                last = glued_end(token.content, token.markup)
                line = self._line(token)
                self.parser.problems.unclosed_fence(line, None if last < 0 else line + 1 + last)
        if info.split(" ")[0].strip().lower() == "math":
            self._formula(parent, token.content)
            return parent, 0
        if self.groups and self.groups[-1]:
            label = read_info(info).label or read_info(info).title or read_info(info).language
            parent = self._tab(parent, label or "code")
            self._stash(
                parent, self.parser.fences.block(re.sub(r"\[[^\[\]]*\]", "", info), token.content)
            )
            return self.stack.pop(), 0
        self._stash(parent, self.parser.fences.block(info, token.content))
        return parent, 0

    def _stash(self, parent: Element, html: str) -> None:
        self.text.add(parent, f"\n{self.parser.md.htmlStash.store(html)}\n")

    def html_block(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        shown, unknown = block_as_shown(token.content.rstrip("\n"))
        for tag in unknown:
            self.parser.problems.unknown_tag(self._line(token), tag)
        if "<img" in shown and _PICTURES.match(shown):
            parent = self._open(parent, "p")
            parent.text = self.parser.md.htmlStash.store(shown)
            return self.stack.pop(), 0
        self._stash(parent, shown)
        return parent, 0

    def formula(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        content = token.content
        found = [match[1] for match in _FORMULAS.finditer(content)]
        if not found or _FORMULAS.sub("", content).strip():
            self.text.add(SubElement(parent, "p"), content)
            return parent, 0
        for latex in found:
            self._formula(parent, latex)
        return parent, 0

    def _formula(self, parent: Element, latex: str) -> None:
        element = SubElement(parent, "div", {"class": "arithmatex"})
        latex = _BLANK_LINES.sub("\n", latex.strip("\n"))
        element.text = AtomicString(f"\\[\n{latex}\n\\]")

    def footnote(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        self.parser.set_note(token.info, token.content, self._line(token))
        return parent, 0

    def abbreviation(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        if self.parser.blockprocessors["abbr"].run(parent, [token.content]) is False:
            self.text.add(SubElement(parent, "p"), token.content)
        return parent, 0

    def foreign(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        made = token.meta["made"]
        if made.text and made.text.strip():
            self.text.add(parent, made.text)
        for child in list(made):
            parent.append(child)
        return parent, 0

    def markdown_in_html(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        """The region to md_in_html, whose own `parseBlocks` is ours again."""
        if depth_of_markdown(token.content) > DEEPEST:
            self.parser.problems.too_deep(self._line(token))
            self._stash(parent, self.parser.fences.block("", token.content))
            return parent, 0
        self.text.flush()
        parser: Any = self.parser
        lines = parser.html_blocks.run(token.content.split("\n"))
        blocks = "\n".join(lines).strip("\n").split("\n\n")
        processor = parser.blockprocessors["markdown_block"]
        before = parser._first_line
        parser._first_line = self._line(token)
        while blocks:
            if not blocks[0].strip():
                blocks.pop(0)
            elif not processor.test(parent, blocks[0]) or processor.run(parent, blocks) is False:
                self.text.add(parent, f"\n{blocks.pop(0)}\n")
        parser._first_line = before
        return parent, 0

    def blockquote_open(
        self, parent: Element, _token: Token, tokens: Sequence[Token], index: int
    ) -> tuple[Element, int]:
        inline = tokens[index + 2] if index + 2 < len(tokens) else None
        if inline is not None and inline.type == "inline" and inline.content.startswith("[!"):
            callout = CALLOUT.match(inline.content)
            if callout and tokens[index + 1].type == "paragraph_open":
                inline.content = inline.content[callout.end() :].lstrip(" \t")
                head = callout_head(callout[1], callout[2], callout[3])
                self.stack.append(parent)
                return self._box(parent, head), 0 if inline.content else 3
        return self._open(parent, "blockquote"), 0

    def container_open(self, parent: Element, token: Token, *_: Any) -> tuple[Element, int]:
        line = token.content
        self.stack.append(parent)
        if not line.startswith(":"):
            self.groups.append(False)
            return self._box(parent, indented_head(line)), 0
        head, kind = fenced_head(line)
        self.groups.append(kind == "code-group")
        if head:
            return self._box(parent, head), 0
        return SubElement(parent, "div", plain_attributes(kind)), 0

    def container_close(self, _parent: Element, *_: Any) -> tuple[Element, int]:
        self.groups.pop()
        return self.stack.pop(), 0

    def _box(self, parent: Element, head: str) -> Element:
        """The opening line to the extension that knows it; where its body goes."""
        self.text.flush()
        name = {"!": "admonition", "?": "details", "=": "tabbed"}[head[0]]
        processors: Any = self.parser.blockprocessors
        processor = processors[name] if name in processors else None  # noqa: SIM401
        if processor is None or not processor.test(parent, head):
            SubElement(parent, "p").text = head
            return SubElement(parent, "div")
        processor.run(parent, [head])
        made = parent[-1]
        return made if name != "tabbed" else made[-1][-1]

    def _tab(self, parent: Element, label: str) -> Element:
        self.stack.append(parent)
        shown = label.replace('"', "'")
        if "tabbed" not in self.parser.blockprocessors:
            return SubElement(parent, "div")
        return self._box(parent, f'=== "{shown}"')


_Handler = Callable[[_Builder, Element, Token, Sequence[Token], int], tuple[Element, int]]
_HANDLERS: dict[str, _Handler] = {
    "inline": _Builder.inline,
    "paragraph_open": _Builder.paragraph_open,
    "fence": _Builder.code,
    "code_block": _Builder.code,
    "html_block": _Builder.html_block,
    "formula": _Builder.formula,
    "footnote": _Builder.footnote,
    "abbreviation": _Builder.abbreviation,
    "foreign": _Builder.foreign,
    "markdown_in_html": _Builder.markdown_in_html,
    "blockquote_open": _Builder.blockquote_open,
    "container_open": _Builder.container_open,
    "container_close": _Builder.container_close,
}
