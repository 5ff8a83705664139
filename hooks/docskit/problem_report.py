"""Lay out problems for people, for GitHub's annotations, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from docskit.problem import Problem, Severity

_MARKS = {Severity.WARNING: "✗", Severity.INFO: "✓", Severity.HINT: "·"}
_COMMANDS = {Severity.WARNING: "error", Severity.INFO: "notice", Severity.HINT: "notice"}
_WIDTH = 100


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


def as_text(
    problems: Iterable[Problem], sources: Mapping[str, Sequence[str]], root: str, language: str
) -> str:
    """Grouped by file; `sources` has the lines of each file by source URI."""
    parts = []
    for path, group in groupby(sorted(problems), key=lambda problem: problem.path):
        for problem in group:
            place = _place(problem, root)
            mark = _MARKS[problem.severity]
            parts.append(f"{place}{': ' if place else ''}{mark} {problem.text(language)}")
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
    for problem in sorted(problems):
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
