"""The rules that docs/authors/ states of every page."""

import pytest

from docskit.checking.copy_rules import copy_hints
from docskit.checking.page_rules import name_hints, page_hints
from docskit.reading.author_page import read_author_page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 一\n\n文字\n", []),
        ("---\ntitle: 一\n---\n文字\n", []),
        ("## 只有二级\n\n文字\n", []),
        ("<h1>原样</h1>\n\n## 二\n", []),
        ("---\ndate: 2026-11-23\n---\n\n", [("page-empty", 0)]),
        ("\ufeff\n \n", [("page-empty", 0)]),
        ("---\ndate: 2026-11-23\n---\n\n文字\n", [("page-title", 5)]),
        ("---\ndate: 2026-11-23\n---\n\n# 一\n\n## 甲\n\n# 二\n\n# 三\n", [("page-titles", 9)]),
        ("# 一\n\n```bash\n# 注释\n# 又一行\n```\n\n> # 引用\n", []),
        ("# 一\n\n二\n===\n", [("page-titles", 3)]),
    ],
)
def test_what_a_page_is_told(text: str, said: list[tuple[str, int]]) -> None:
    page, _ = read_author_page(text.encode(), "a.md")
    hints = page_hints(page)
    assert [(hint.code, hint.line) for hint in hints] == said


def test_one_hint_for_all_names() -> None:
    plain = ["git-start.md", "git/first.en.md", "README.md", "README.zh-CN.md", "1.0/a_b.md"]
    assert name_hints(plain) == []
    (hint,) = name_hints([*plain, "课程/a.md", "Git.md", "我的 笔记.md"])
    assert hint.path == "Git.md"
    assert "还有 2 个" in hint.zh


def test_typography_below_code_over_two_lines_names_its_line() -> None:
    page, _ = read_author_page("`a\nb\nc`\n\n用Docker装\n".encode(), "a.md")
    assert [hint.line for hint in copy_hints(page)] == [5]
