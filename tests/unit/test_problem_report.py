"""The list that `make check` prints: short enough to be read, and nothing wrong left out."""

from docskit.messages.problem import Problem, Severity
from docskit.messages.problem_report import MANY_HINTS, as_github, as_json, as_text
from docskit.messages.repeated import ALIKE, SAME, told_once


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


def _same(line: int, text: str = "标签没有写完") -> Problem:
    return Problem("a.md", line, 1, "tag-as-text", Severity.INFO, text, "not complete")


def test_one_mistake_made_often_is_told_once_with_how_often() -> None:
    (only,) = told_once(_same(line) for line in range(3, 123))
    assert only.format() == "docs/a.md:3:1: 标签没有写完（第 4、5、6 行等，同样的一共 120 处）"
    few = [_same(line) for line in range(SAME)]
    assert told_once([WRONG, *few]) == [WRONG, *few]
    one_line = [Problem("a.md", 2, n, "c", Severity.INFO, "多", "m") for n in range(1, 9)]
    assert told_once(one_line)[0].zh == "多（同样的一共 8 处）"
    for shown in (
        as_text([_same(n) for n in range(9)], {}, "docs", "zh"),
        as_github([_same(n) for n in range(9)], "", "zh"),
    ):
        assert shown.count("标签没有写完") == 1
    assert as_json([_same(n) for n in range(1, 9)], "docs", "zh").count("标签没有写完") == 8


def test_the_same_words_about_two_pages_or_of_two_weights_are_told_of_each() -> None:
    other = [
        Problem("b.md", n, 1, "tag-as-text", Severity.INFO, "标签没有写完", "n") for n in range(9)
    ]
    worse = [
        Problem("a.md", n, 1, "tag-as-text", Severity.WARNING, "标签没有写完", "n")
        for n in range(9)
    ]
    told = told_once([*(_same(n) for n in range(9)), *other, *worse])
    assert [(problem.path, problem.severity) for problem in told] == [
        ("a.md", Severity.INFO),
        ("b.md", Severity.INFO),
        ("a.md", Severity.WARNING),
    ]


def test_of_very_many_of_a_kind_the_last_that_is_told_says_how_many_are_not() -> None:
    told = told_once([WRONG, *(_same(n, f"标签 {n}") for n in range(1, ALIKE + 8))])
    assert len(told) == 1 + ALIKE
    assert told[-1].zh == f"标签 {ALIKE}（这一页还有 7 处同类的，没有一一列出）"
