"""The list that `make check` prints: short enough to be read, and nothing wrong left out."""

from docskit.messages.problem import Problem, Severity
from docskit.messages.problem_report import MANY_HINTS, as_json, as_text


def _hint(path: str, line: int) -> Problem:
    return Problem(path, line, 0, "copy", Severity.HINT, f"排版 {line}", f"typography {line}")


WRONG = Problem("a.md", 9, 0, "image-missing", Severity.WARNING, "找不到图片", "no image")


def test_a_few_hints_are_all_shown() -> None:
    shown = as_text([_hint("b.md", n) for n in range(1, MANY_HINTS + 1)], {}, "docs", "zh")
    assert shown.count("排版") == MANY_HINTS


def test_of_many_hints_the_first_stands_for_its_page_and_errors_come_last() -> None:
    hints = [_hint(path, n) for path in ("a.md", "b.md") for n in range(1, MANY_HINTS)]
    shown = as_text([WRONG, *hints], {}, "docs", "zh").split("\n")
    assert [line for line in shown if line] == [
        f"docs/b.md:1: · 排版 1（这一页还有 {MANY_HINTS - 2} 处同样的建议）",
        f"docs/a.md:1: · 排版 1（这一页还有 {MANY_HINTS - 2} 处同样的建议）",
        "docs/a.md:9: ✗ 找不到图片",
    ]
    assert as_json([WRONG, *hints], "docs", "zh").count("image-missing") == 1
    assert as_json([WRONG, *hints], "docs", "zh").count('"copy"') == len(hints)
