"""Which former titles git shows, from differences as it prints them."""

from difflib import unified_diff

import pytest

from docskit.pages.heading_history import RenamedHeading, former_anchors, renamed_headings

HEAD = ["\x01abc", "", "diff --git a.md a.md", "index 1..2 100644", "--- a.md", "+++ a.md"]
OLD = """# 题目

## 安装

先下载，再安装。

### 第一步 ###

点这里。

## 使用

用法如下。

```bash
# 注释
```
"""


def found(old: str, new: str) -> list[tuple[str, str]]:
    lines = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    patch = [*HEAD, *[line for line in lines if not line.startswith(("---", "+++"))]]
    return [(one.old, one.new) for one in renamed_headings(patch)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"## 安装": "## 装好它"}, [("安装", "装好它")]),
        ({"### 第一步 ###": "### 起步 ###"}, [("第一步", "起步")]),
        ({"## 安装": "## 1. 安装"}, []),
        ({"## 安装": "### 安装好"}, []),
        ({"## 安装": "## 安装 {#install}"}, [("安装", "install")]),
        ({"## 安装": "安装"}, []),
        ({"## 安装\n\n": ""}, []),
        ({"## 安装": "## 装好\n\n## 又一节"}, []),
        # The text below is another as well: another section, unless the titles are alike.
        ({"## 使用": "## 卸载", "用法如下。": "不要了就卸载。"}, []),
        ({"## 使用": "## 怎么使用", "用法如下。": "照着做。"}, [("使用", "怎么使用")]),
        ({"## 安装": "## 甲", "### 第一步 ###": "### 乙"}, [("安装", "甲"), ("第一步", "乙")]),
    ],
)
def test_only_the_words_of_a_title(
    changes: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    new = OLD
    for before, after in changes.items():
        assert before in new
        new = new.replace(before, after)
    assert found(OLD, new) == expected


def test_other_files_and_lines_that_look_like_the_patch_itself() -> None:
    lines = ["@@ -3 +3 @@", "---- a", "-## 甲", "+## 乙", "+++ b.md", "+@@ -1 +1 @@"]
    assert list(renamed_headings([*HEAD, *lines])) == []
    other = [line.replace("a.md", "a.txt") for line in HEAD]
    assert list(renamed_headings([*other, "@@ -3 +3 @@", "-## 甲", "+## 乙"])) == []
    assert list(renamed_headings([*HEAD, "@@ -3 +3 @@", "-## 甲", "+## 乙"])) == [
        RenamedHeading("abc", "a.md", "甲", "乙")
    ]


def test_chains_and_titles_that_come_back() -> None:
    assert former_anchors([("a", "b"), ("b", "c")]) == {"a": "c", "b": "c"}
    assert former_anchors([("a", "b"), ("b", "a")]) == {"b": "a"}
    assert former_anchors([("a", "b"), ("a", "c")]) == {"a": "c"}
