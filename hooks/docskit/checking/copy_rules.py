"""Hints about spaces and punctuation between Han and Latin text, from AutoCorrect.

https://github.com/huacnlee/autocorrect; it knows Markdown, and takes addresses, comments and
tags for text nevertheless: it is not shown those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import autocorrect_py

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage
from docskit.references import source_references, without_code

# 3、4 stay as they are between Latin words of a Chinese sentence, and so do 开发-测试 and code.
autocorrect_py.load_config(  # type: ignore[attr-defined]
    '{"rules": {"halfwidth-punctuation": 0, "space-dash": 0}, "context": {"codeblock": 0}}'
)
# Nobody types it, and no rule is about it.
_MASK = "\ue000"
_MASKED = re.compile(f"{_MASK}+")
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>|<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|\{[:#.][^{}\n]*\}"
    r"|https?://[^\s<>()（），。；、]+",
    re.DOTALL,
)
# `1分半-2分钟` has a range in it and no minus.
_RANGE = re.compile(r"(?<=[\u4e00-\u9fff]) -(?=\d)")
_AROUND = 12
_LONG = 40


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _MASK, match[0])


def _text_only(body: str) -> str:
    """`body` with all that is no text masked; every offset stays."""
    parts: list[str] = []
    last = 0
    for reference in source_references(body):
        if reference.start >= last:
            parts += [body[last : reference.start], _MASK * (reference.end - reference.start)]
            last = reference.end
    return _NO_TEXT.sub(_blank, "".join([*parts, body[last:]]))


def _changes(old: str, new: str) -> list[tuple[int, int, int, int]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [places for tag, *places in matcher.get_opcodes() if tag != "equal"]  # type: ignore[misc]


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    cut = text[first:last].strip()
    return f"{'…' * (first > 0)}{cut}{'…' * (last < len(text))}"


def _hints(body: str) -> Iterator[tuple[int, int, str, str, int]]:
    """1-based line and column of the first change of a passage, both spellings, further changes."""
    code = without_code(body).split("\n")
    masked = _text_only(body)
    lines, originals = masked.split("\n"), body.split("\n")
    for found in autocorrect_py.lint_for(_RUN.sub(_harmless, masked), "markdown").lines:
        old, new = found.old, _RANGE.sub("-", found.new)
        line, start = found.line - 1, found.col - 1
        if old == new or line >= len(lines) or not code[line].strip():
            continue
        if lines[line][start : start + len(old)] != old:
            continue
        runs = [match.span() for match in _MASKED.finditer(old)]
        if len(runs) != len(_MASKED.findall(new)):
            continue
        original = originals[line][start : start + len(old)]
        texts = iter(original[first:last] for first, last in runs)
        new = _MASKED.sub(lambda _, texts=texts: next(texts), new)  # type: ignore[misc]
        changes = _changes(original, new)
        if changes:
            first, last, new_first, new_last = changes.pop(0)
            while changes and changes[0][0] - last <= _AROUND and changes[0][1] - first <= _LONG:
                _, last, _, new_last = changes.pop(0)
            shown = _around(original, first, last), _around(new, new_first, new_last)
            yield line + 1, start + first + 1, *shown, len(changes)


_RUN = re.compile(r"\S{500,}")
_BEGIN_SOMETHING = 100


def _harmless(run: re.Match[str]) -> str:
    """As many letters where AutoCorrect would look for the ends of a thousand links.

    It takes minutes for 8,000 `[[a`, and 64,000 quotes end the process.
    """
    begun = sum(map(run[0].count, '["'))
    return "x" * len(run[0]) if begun > _BEGIN_SOMETHING else run[0]


def copy_hints(page: AuthorPage) -> list[Problem]:
    """One hint for each passage that AutoCorrect would write otherwise."""
    body, before = page.front_matter.body, page.front_matter.body_line - 1
    return [
        Problem(
            page.path,
            line + before,
            column,
            "copy-rules",
            Severity.HINT,
            f"排版建议：'{old}' 可以写成 '{new}'" + (f"（后面还有 {more} 处）" if more else ""),
            f"typography: '{old}' may be written '{new}'" + (f" (and {more} more)" if more else ""),
        )
        for line, column, old, new, more in _hints(body)
    ]
