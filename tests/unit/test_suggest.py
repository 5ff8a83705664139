"""Suggested changes: from a diff that a stranger's code has made, on lines GitHub takes them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from suggest import MOST, Suggestion, commentable, comments, suggestions

DIFF = """diff --git a/docs/a.md b/docs/a.md
index 1..2 100644
--- a/docs/a.md
+++ b/docs/a.md
@@ -2 +2 @@
-date: 2026.11.23
+date: 2026-11-23
@@ -9,2 +9,2 @@ 标题
--- 一
-二
+++ b/docs/c.md
+![x](./a/x.png)
@@ -20,0 +21 @@
+只是加上的
diff --git a/hooks/a.py b/hooks/a.py
--- a/hooks/a.py
+++ b/hooks/a.py
@@ -1 +1 @@
-a
+b
diff --git a/docs/../b.md b/docs/../b.md
--- a/docs/../b.md
+++ b/docs/../b.md
@@ -1 +1 @@
-a
+b
"""
FIRST = Suggestion("docs/a.md", 2, 2, "date: 2026-11-23\n")
SECOND = Suggestion("docs/a.md", 9, 10, "++ b/docs/c.md\n![x](./a/x.png)\n")


def test_replaced_lines_of_pages_alone_become_suggestions() -> None:
    assert suggestions(DIFF) == [FIRST, SECOND]


def test_the_lines_are_those_of_what_git_writes(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "页 一.md"
    page.write_text("甲\n乙\n丙\n丁\n没有换行", encoding="utf-8")
    names = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    git = ["git", "-C", str(tmp_path), "-c", "core.quotepath=false"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True, env={**os.environ, **names})
    page.write_text("甲\n乙乙\n丙\n丁\n有换行\n", encoding="utf-8")
    diff = subprocess.run(
        [*git, "diff", "-U0", "--no-color", "--", "docs"], check=True, capture_output=True
    ).stdout.decode()
    assert suggestions(diff) == [
        Suggestion("docs/页 一.md", 2, 2, "乙乙\n"),
        Suggestion("docs/页 一.md", 5, 5, "有换行\n"),
    ]


def test_only_lines_that_the_pull_request_shows_are_commented_on_and_once() -> None:
    files = {"docs/a.md": "@@ -1,2 +1,3 @@\n x\n+y\n z\n@@ -7 +9,2 @@\n-a\n+b\n+c"}
    assert commentable(files["docs/a.md"]) == [range(1, 4), range(9, 11)]
    made = comments([FIRST, SECOND, Suggestion("docs/a.md", 3, 9, "x\n")], files, set())
    assert [(one["line"], one.get("start_line")) for one in made] == [(2, None), (10, 9)]
    said = {("docs/a.md", FIRST.body().strip())}
    assert len(comments([FIRST, SECOND], files, said)) == 1
    assert comments([FIRST], {}, set()) == []
    assert len(comments([FIRST] * 99, files, set())) == MOST


@given(st.text(alphabet="`~a\n @", max_size=30))
def test_no_text_ends_the_suggestion_that_it_is_in(text: str) -> None:
    lines = Suggestion("docs/a.md", 1, 1, text + "\n").body().split("\n")
    opened = next(line for line in lines if line.endswith("suggestion") and line[0] == "`")
    fence = opened.removesuffix("suggestion")
    closing = [n for n, line in enumerate(lines) if line.strip().startswith(fence)]
    assert closing[1:] == [len(lines) - 2]
