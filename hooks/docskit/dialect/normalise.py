"""Rewrite a page only where Python-Markdown would misread it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from docskit.dialect.parser import DEEPEST, parse
from docskit.dialect.writer import Block, Writer, separation
from docskit.problem import Problem, Severity

# Bodies of containers are pages of their own, up to this many in each other.
_NESTED_BODIES = 20
_PASSES = 6
# A line of full-width spaces is not blank: it is a paragraph, of nothing that can be seen.
_BLANK = " \t"


def normalise(text: str, path: str = "", first_line: int = 1) -> tuple[str, list[Problem]]:
    """The same page for Python-Markdown, and what its author should know.

    `text` is the page below its front matter, with Unix line ends; `first_line` is the line of
    the author's file at which it begins. Code keeps every byte.
    """
    problems: list[Problem] = []
    once = _normalise(text, problems, path, first_line, 0)
    # Text that no longer leans on the block before it may begin a block of its own.
    for _ in range(_PASSES):
        again = _normalise(once, [], path, first_line, 0) if once != text else once
        if again == once:
            break
        text, once = once, again
    return once, problems


def _normalise(text: str, problems: list[Problem], path: str, first: int, depth: int) -> str:
    if depth > _NESTED_BODIES:
        return text
    writer = Writer(lambda body: _normalise(body, [], path, first, depth + 1))
    source = text.split("\n")
    tokens = parse(text)
    too_deep = _too_deep_blocks(tokens)
    blocks = writer.blocks(tokens)
    lines: list[str] = []
    done = 0
    before: Block | None = None
    for block in blocks:
        gap = source[done : block.start]
        own = source[block.start : block.end]
        while own and not own[-1].strip(_BLANK):
            own.pop()
        if before is not None:
            wanted = separation(before, block)
            if len(wanted) > 1 or not any(not line.strip(_BLANK) for line in gap):
                gap = wanted if not "".join(gap).strip(_BLANK) else [*gap, *wanted]
        if block.start in too_deep:
            fence = "`" * 9
            block = Block("fence", [fence, *own, fence], block.start, block.end)
            problems.append(_too_deep(path, first + block.start))
        elif block.kind == "fence" and len(own) < len(block.lines):
            problems.append(_unclosed(path, first + block.start))
        written = own if _same(block, own) else block.lines
        lines += [*gap, *written]
        done = block.start + len(own)
        before = block
    return "\n".join([*lines, *source[done:]])


def _too_deep_blocks(tokens: Sequence[Token]) -> set[int]:
    """First lines of the outermost blocks that reach the deepest level."""
    found: set[int] = set()
    start = 0
    for token in tokens:
        if not token.level and token.map:
            start = token.map[0]
        if token.level >= DEEPEST - 1:
            found.add(start)
    return found


def _same(block: Block, own: Sequence[str]) -> bool:
    """Whether the author's lines say what `block` says, so that they can stay."""
    if block.kind == "code_block":
        # Python-Markdown turns tabs into spaces; in a fence it leaves them.
        return not any("\t" in line for line in block.lines)
    if block.kind in {"raw_math", "hr", "footnote"}:
        return True
    if block.kind == "fence":
        return list(own) == block.lines
    if block.kind == "heading":
        return [_open(line) for line in own] == [_open(line) for line in block.lines]
    if block.kind == "paragraph":
        return [line.strip() for line in own] == [line.strip() for line in block.lines]
    return False


def _open(heading: str) -> str:
    return re.sub(r"\s+#*$", "", heading.rstrip())


def _too_deep(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        1,
        "nesting-too-deep",
        Severity.WARNING,
        "从这里开始的列表或引用套得太深，只能照原样显示；请减少层数",
        "the list or quote that begins here is nested too deep and is shown as it was written; "
        "use fewer levels",
    )


def _unclosed(path: str, line: int) -> Problem:
    return Problem(
        path,
        line,
        1,
        "fence-unclosed",
        Severity.INFO,
        "这个代码块没有结束，后面的内容都成了代码；请在代码最后加一行 ```",
        "this code block is never closed, so all that follows is code; end it with a line of ```",
    )
