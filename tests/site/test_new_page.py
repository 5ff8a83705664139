"""`make new PAGE=git/first`: a page, its folder and its place, and nothing else touched."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from command_runner import outcome
from site_builder import REPOSITORY

from command import UserError
from new_page import page_name, page_text, with_place


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("git", "git"),
        ("git/first", "git/first"),
        ("docs/git/first.md", "git/first"),
        ("./git/first/", "git/first"),
        ("git\\first.md", "git/first"),
        ("linux/ubuntu-24.04_lts", "linux/ubuntu-24.04_lts"),
    ],
)
def test_a_page_may_be_named_in_several_ways(given: str, name: str) -> None:
    assert page_name(given, "docs") == name


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("Git/First", "PAGE=git/first"),
        ("my page", "PAGE=my-page"),
        ("第一页", "小写英文字母"),
        ("Git/第一 页", "PAGE=git"),
        ("../outside", "小写英文字母"),
        ("a//b", "PAGE=a/b$|PAGE=a/b。"),
        (".hidden", "小写英文字母"),
        ("/", "小写英文字母"),
        ("C:\\a", "小写英文字母"),
    ],
)
def test_a_name_that_misleads_is_refused(given: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        page_name(given, "docs")


@pytest.mark.parametrize("title", ["第一次用 Git", "C#: a *b*", "No"])
def test_a_page_says_what_it_was_told(title: str) -> None:
    text = page_text(title, "张三: x", date(2026, 11, 25), "first")
    _, front, body = text.split("---\n", 2)
    assert yaml.safe_load(front) == {"date": date(2026, 11, 25), "author": "张三: x"}
    assert body.startswith(f"\n# {title}\n\n")
    assert "./first/" in body
    assert "author" not in page_text(title, "", date(2026, 11, 25), "first")


@pytest.mark.parametrize(
    ("old", "entry", "new"),
    [
        ("nav:\n  - a.md\n  - b.md\n", "c.md", "nav:\n  - a.md\n  - b.md\n  - c.md\n"),
        ("nav:\r\n  - a.md\r\n", "c.md", "nav:\r\n  - a.md\r\n  - c.md\r\n"),
        ("nav:\n  - a.md", "c.md", "nav:\n  - a.md\n  - c.md\n"),
        (
            "# 顺序\nnav:\n  - index.md\n  - Docker:\n      - docker/a.md\n      - 乙: docker/b.md"
            "\n  - 维护: maintain\n",
            "docker/c.md",
            "# 顺序\nnav:\n  - index.md\n  - Docker:\n      - docker/a.md\n      - 乙: docker/b.md"
            "\n      - docker/c.md\n  - 维护: maintain\n",
        ),
        # No neighbour, not YAML, listed already, or a comment that only looks like one.
        ("nav:\n  - index.md\n", "git/first.md", None),
        ("title: x\n", "c.md", None),
        ("nav: [a.md\n", "c.md", None),
        ("nav:\n  # - a.md\n", "c.md", None),
        ("text: |\n  - a.md\n", "c.md", None),
        ("nav:\n  - a.md\n  - c.md\n", "c.md", None),
    ],
)
def test_a_page_takes_its_place_after_its_neighbours(old: str, entry: str, new: str | None) -> None:
    assert with_place(old, entry) == new


def test_the_command_makes_a_page_that_has_no_problem(tmp_path: Path) -> None:
    done = outcome("new_page.py git/first --title 第一次提交", tmp_path, {})
    assert done.returncode == 0, done.stderr.decode()
    assert "docs/git/first.md" in done.stdout.decode()
    docs = tmp_path / "docs"
    assert (docs / "git" / "first").is_dir()
    page = (docs / "git" / "first.md").read_text(encoding="utf-8")
    assert "# 第一次提交" in page
    check = subprocess.run(
        [sys.executable, str(REPOSITORY / "run.py"), "check", f"DOCS={docs}"],
        capture_output=True,
        check=False,
    )
    assert "git/first.md" not in check.stdout.decode()


def test_a_name_that_says_a_language_is_no_original(tmp_path: Path) -> None:
    done = outcome("new_page.py vim.en", tmp_path, {})
    assert done.returncode == 2
    assert "make translate PAGE=vim" in done.stderr.decode()
    assert not (tmp_path / "docs/vim.en.md").exists()


@pytest.mark.parametrize("name", ["git", "index", "docs/git.md"])
def test_a_page_that_is_there_stays(name: str, tmp_path: Path) -> None:
    done = outcome(f"new_page.py {name}", tmp_path, {})
    assert done.returncode == 2
    assert "已经有这一页了" in done.stderr.decode()
    assert (tmp_path / "docs" / "git.md").read_text(encoding="utf-8").startswith("# Git\n\n两页")


def test_the_command_writes_its_place(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    nav = tmp_path / "docs" / ".nav.yml"
    nav.write_text("nav:\n  - index.md\n  - git.md\n", encoding="utf-8")
    done = outcome("new_page.py vim", tmp_path, {})
    assert done.returncode == 0, done.stderr.decode()
    assert nav.read_text(encoding="utf-8") == "nav:\n  - index.md\n  - git.md\n  - vim.md\n"
