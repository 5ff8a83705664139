"""One mistake that an author makes again and again is told once, with how often it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from docskit.messages.problem import Problem

SAME = 3
"""So many of the same words about a page are told one by one; of more, the first stands for all."""
ALIKE = 60
"""Nor does anybody read more of one kind, in different words, about one page."""
KEPT_SAME, KEPT_ALIKE = 100, 1000
"""What is kept with a page, for programs that want every place."""
_LINES = 3
_Kind = tuple[str, str, str]


def told_once(
    problems: Iterable[Problem], most_same: int = SAME, most_alike: int = ALIKE
) -> list[Problem]:
    """`problems` in their order, where the first of many on a page says how many there are."""
    listed = list(problems)
    if len(listed) <= most_same:
        return listed
    same: dict[tuple[_Kind, str], list[Problem]] = defaultdict(list)
    for problem in listed:
        same[(problem.path, problem.code, problem.severity), problem.zh].append(problem)
    shown: list[Problem] = []
    told: Counter[_Kind] = Counter()
    untold: Counter[_Kind] = Counter()
    last: dict[_Kind, int] = {}
    for (kind, _), group in same.items():
        for problem in [_with_count(group)] if len(group) > most_same else group:
            if told[kind] == most_alike:
                untold[kind] += len(group) if len(group) > most_same else 1
                continue
            told[kind] += 1
            last[kind] = len(shown)
            shown.append(problem)
    for kind, more in untold.items():
        shown[last[kind]] = _and(
            shown[last[kind]],
            f"（这一页还有 {more} 处同类的，没有一一列出）",
            f" ({more} more of this kind on this page are not listed)",
        )
    return shown


def _with_count(group: list[Problem]) -> Problem:
    first = min(group)
    lines = sorted({problem.line for problem in group})
    others = [line for line in lines if line != first.line and line][:_LINES]
    if not others:
        return _and(
            first, f"（同样的一共 {len(group)} 处）", f" ({len(group)} like this altogether)"
        )
    zh = "、".join(map(str, others))
    en = ", ".join(map(str, others))
    return _and(
        first,
        f"（第 {zh} 行等，同样的一共 {len(group)} 处）",
        f" ({len(group)} like this altogether, also on line {en} …)",
    )


def _and(problem: Problem, zh: str, en: str) -> Problem:
    return replace(problem, zh=problem.zh + zh, en=problem.en + en)
