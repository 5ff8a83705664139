from __future__ import annotations

import pytest
import yaml
from processor_time import seconds
from site_builder import REPOSITORY

from docskit.dialect import normalise
from fidelity import own_html, pages, structure

CASES = yaml.safe_load((REPOSITORY / "tests/cases/dialect/habits.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["habit"]))
def test_readers_see_what_the_author_saw(case: dict[str, str]) -> None:
    assert structure(own_html(case["source"])) == structure(case["html"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["habit"]))
def test_a_normalised_page_stays_as_it_is(case: dict[str, str]) -> None:
    once, _ = normalise(case["source"])
    assert normalise(once)[0] == once


@pytest.mark.parametrize(
    "text",
    [
        "# 标题\n\n第一段\n第二行\n\n- 甲\n- 乙\n\n```py\nx\n```\n",
        "1. 甲\n    - 乙\n2. 丙\n",
        '!!! note "标题"\n    正文\n\n    - 甲\n        - 乙\n',
        "词\n:   解释\n\n[^1]: 注\n\n    第二段\n",
        "段落  \n换行\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n",
        "$$\n- x\n= y\n$$\n",
        "text { .annotate }\n\n*[HTML]: 超文本\n",
        "\n\n开头的空行\n\n\n中间的空行\n\n",
        # Full-width spaces between paragraphs, as some authors make room.
        "甲\n\n\u3000\u3000\n\n乙\n\n\u3000",
    ],
)
def test_what_python_markdown_reads_right_is_not_touched(text: str) -> None:
    assert normalise(text) == (text, [])


def test_the_page_of_the_first_author_keeps_its_words() -> None:
    seen = 0
    for name, text in pages(REPOSITORY / "docs"):
        words = set("".join(structure(own_html(text))))
        assert words, name
        once, _ = normalise(text)
        assert normalise(once)[0] == once, name
        seen += 1
    assert seen > 2


def test_an_unclosed_fence_is_told_with_its_line() -> None:
    _, [problem] = normalise("文字\n\n```bash\nls\n", "git.md", first_line=5)
    assert problem.format().startswith("docs/git.md:7:1: 这个代码块没有结束")


@pytest.mark.parametrize(
    "unit", ["- 甲\n", "> 引用\n\n", "文字 **粗** `码`\n", "| a | b |\n", "<div>\n\n", "[[页]] "]
)
def test_time_grows_with_the_page(unit: str) -> None:
    few = seconds(lambda: normalise(unit * 2_000))
    # Ten times the text may take twenty times as long, not a hundred.
    assert seconds(lambda: normalise(unit * 20_000)) < 20 * max(few, 0.01)


def test_deep_nesting_ends() -> None:
    text = "".join(f"{'  ' * depth}- 层\n" for depth in range(500))
    for page, word, count in ((text, "层", 500), ("> " * 500 + "底\n", "底", 1)):
        once, problems = normalise(page)
        assert once.count(word) == count
        assert [problem.code for problem in problems] == ["nesting-too-deep"]
        assert own_html(page).count(word) == count
