"""Lay out problems for people, for GitHub's annotations, and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from docskit.messages.problem import Problem, Severity
from docskit.messages.repeated import told_once

_MARKS = {Severity.WARNING: "✗", Severity.INFO: "✓", Severity.HINT: "·"}
_COMMANDS = {Severity.WARNING: "error", Severity.INFO: "notice", Severity.HINT: "notice"}
_WIDTH = 100
MANY_HINTS = 60
"""More hints than anybody reads: from here on one of a kind stands for its page."""


def _place(problem: Problem, root: str) -> str:
    name = f"{root}/{problem.path}" if root and problem.path else problem.path
    return ":".join([name, *(str(n) for n in (problem.line, problem.column) if n)])


def _excerpt(problem: Problem, lines: Sequence[str]) -> str:
    """The line itself, cut to what is around the column."""
    if not 0 < problem.line <= len(lines):
        return ""
    line = lines[problem.line - 1].rstrip()
    start = max(0, problem.column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    cut = line[start : start + _WIDTH].strip()
    return f"{'…' if start else ''}{cut}{'…' if start + _WIDTH < len(line) else ''}"


def _folded(problems: list[Problem]) -> list[tuple[Problem, int]]:
    """Each problem, with how many hints of its kind on the same page it stands for.

    A folder of old notes has thousands of hints, among which nobody finds what is wrong: there
    the first of a kind stands for its page, and pages with errors come last, where a terminal
    shows them. `FORMAT=json` lists all.
    """
    hints = Counter((p.path, p.code) for p in problems if p.severity is Severity.HINT)
    if hints.total() <= MANY_HINTS:
        return [(problem, 0) for problem in told_once(problems)]
    problems = [
        *told_once(p for p in problems if p.severity is not Severity.HINT),
        *(p for p in problems if p.severity is Severity.HINT),
    ]
    wrong = {problem.path for problem in problems if problem.severity is Severity.WARNING}
    shown = []
    for problem in sorted(problems, key=lambda problem: (problem.path in wrong, problem)):
        if problem.severity is not Severity.HINT:
            shown.append((problem, 0))
        elif more := hints.pop((problem.path, problem.code), 0):
            shown.append((problem, more - 1))
    return shown


_MORE = {"zh": "（这一页还有 {0} 处同样的建议）", "en": " ({0} more like this on this page)"}


def as_text(
    problems: Iterable[Problem], sources: Mapping[str, Sequence[str]], root: str, language: str
) -> str:
    """Grouped by file; `sources` has the lines of each file by source URI."""
    parts = []
    for path, group in groupby(_folded(sorted(problems)), key=lambda shown: shown[0].path):
        for problem, more in group:
            place = _place(problem, root)
            mark = _MARKS[problem.severity]
            also = _MORE[language].format(more) if more else ""
            parts.append(f"{place}{': ' if place else ''}{mark} {problem.text(language)}{also}")
            if excerpt := _excerpt(problem, sources.get(path, ())):
                parts.append(f"    | {excerpt}")
        parts.append("")
    return "\n".join(parts)


def _escaped(text: str, also: str = "") -> str:
    # https://github.com/actions/toolkit, packages/core/src/command.ts
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_github(problems: Iterable[Problem], root: str, language: str) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request."""
    lines = []
    for problem in told_once(sorted(problems)):
        values = {"file": f"{root}/{problem.path}" if problem.path else ""}
        values |= {"line": str(problem.line or ""), "col": str(problem.column or "")}
        values["title"] = problem.code
        given = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in values.items() if value)
        command = _COMMANDS[problem.severity]
        lines.append(f"::{command} {given}::{_escaped(problem.text(language))}")
    return "".join(line + "\n" for line in lines)


def as_json(problems: Iterable[Problem], root: str, language: str) -> str:
    """A list of objects with path, line, column, code, severity and message."""
    return (
        json.dumps(
            [
                {
                    "path": f"{root}/{problem.path}" if problem.path else "",
                    "line": problem.line,
                    "column": problem.column,
                    "code": problem.code,
                    "severity": problem.severity.value,
                    "message": problem.text(language),
                }
                for problem in sorted(problems)
            ],
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
