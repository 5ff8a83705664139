"""`run.py upgrade` on two real histories: a club that forked us, and us a month later."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from upgrade import THEIRS

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Tree:
    """A working tree with a history of its own."""

    folder: Path

    def git(self, *words: str) -> str:
        names = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in NAMED}
        return subprocess.run(
            ["git", "-C", str(self.folder), *words],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **names},
        ).stdout

    def commit(self, **files: str | None) -> None:
        for name, text in files.items():
            path = self.folder / name.replace("__", "/").replace("_DOT_", ".")
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

    def read(self, name: str) -> str | None:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else None

    def upgrade(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(REPOSITORY / "tools/upgrade.py"), "--folder", self.folder, *words],
            check=False,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )


NAMED = ("NAME", "EMAIL")
LINES = "".join(f"line {n}\n" for n in range(20))


@pytest.fixture
def ours(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "ours")
    tree.folder.mkdir()
    tree.git("init", "-q", "-b", "main")
    tree.commit(
        docs__index_DOT_md="# 我们\n",
        docs__docker_DOT_md="# Docker\n",
        club_DOT_yml="site_name: 我们\n",
        hooks__a_DOT_py="a = 1\n",
        hooks__old_DOT_py="old = 1\n",
        overrides__frame_DOT_css=LINES,
        overrides__assets__stylesheets__club_DOT_css="/* 颜色 */\n",
    )
    return tree


def _club(ours: Tree, name: str = "club") -> Tree:
    tree = Tree(ours.folder.parent / name)
    subprocess.run(["git", "clone", "-q", str(ours.folder), str(tree.folder)], check=True)
    for key in ("user.name", "user.email"):
        tree.git("config", key, "club@example.org")
    return tree


@pytest.fixture
def club(ours: Tree) -> Tree:
    tree = _club(ours)
    tree.commit(
        docs__index_DOT_md="# 你们\n",
        docs__docker_DOT_md=None,
        docs__own_DOT_md="# 自己的\n",
        club_DOT_yml="site_name: 你们\n",
        overrides__assets__stylesheets__club_DOT_css=":root { --brand: red }\n",
    )
    return tree


def _month_later(ours: Tree) -> None:
    ours.commit(
        docs__index_DOT_md="# 我们，新的\n",
        docs__docker_DOT_md="# Docker，新的\n",
        docs__git_DOT_md="# 新的一页\n",
        club_DOT_yml="site_name: 我们，新的\n",
        hooks__a_DOT_py="a = 2\n",
        hooks__b_DOT_py="b = 1\n",
        hooks__old_DOT_py=None,
    )


def _assert_upgraded(club: Tree) -> None:
    assert club.read("docs/index.md") == "# 你们\n"
    assert club.read("docs/own.md") == "# 自己的\n"
    assert club.read("docs/docker.md") is club.read("docs/git.md") is None
    assert club.read("club.yml") == "site_name: 你们\n"
    assert club.read("overrides/assets/stylesheets/club.css") == ":root { --brand: red }\n"
    assert club.read("hooks/a.py") == "a = 2\n"
    assert club.read("hooks/b.py") == "b = 1\n"
    assert club.read("hooks/old.py") is None
    assert club.git("status", "--porcelain") == ""


def test_pages_and_settings_stay_and_the_generator_is_new(ours: Tree, club: Tree) -> None:
    _month_later(ours)
    done = club.upgrade("--from", str(ours.folder))
    assert done.returncode == 0, done.stderr
    _assert_upgraded(club)
    # The address is known from now on, and git knows what has been merged.
    again = club.upgrade()
    assert (again.returncode, again.stdout) == (0, "已经是最新的了。\n")
    ours.commit(hooks__a_DOT_py="a = 3\n")
    assert club.upgrade().returncode == 0
    assert club.read("hooks/a.py") == "a = 3\n"


def test_a_squashed_upgrade_and_a_copy_without_history_conflict_with_nothing(
    ours: Tree, club: Tree
) -> None:
    _month_later(ours)
    assert club.upgrade("--from", str(ours.folder)).returncode == 0
    # As GitHub's "Squash and merge" does it: the merge's second parent is gone.
    club.git("reset", "-q", "--soft", "HEAD~1")
    club.git("commit", "-q", "-m", "squashed")
    ours.commit(hooks__a_DOT_py="a = 3\n", hooks__b_DOT_py=None)
    done = club.upgrade()
    assert done.returncode == 0, done.stderr
    assert (club.read("hooks/a.py"), club.read("hooks/b.py")) == ("a = 3\n", None)
    # As "Use this template" does it.
    club.git("checkout", "-q", "--orphan", "alone")
    club.git("commit", "-q", "-m", "one commit")
    ours.commit(hooks__a_DOT_py="a = 4\n")
    done = club.upgrade()
    assert done.returncode == 0, done.stderr
    assert club.read("hooks/a.py") == "a = 4\n"
    assert club.read("docs/index.md") == "# 你们\n"


def test_what_the_club_changed_in_the_generator_is_merged(ours: Tree, club: Tree) -> None:
    club.commit(
        overrides__frame_DOT_css=LINES.replace("line 2\n", "their 2\n"), hooks__own_DOT_py=""
    )
    ours.commit(overrides__frame_DOT_css=LINES.replace("line 17\n", "our 17\n"))
    done = club.upgrade("--from", str(ours.folder))
    assert done.returncode == 0, done.stderr
    merged = LINES.replace("line 2\n", "their 2\n").replace("line 17\n", "our 17\n")
    assert club.read("overrides/frame.css") == merged
    assert club.read("hooks/own.py") == ""


def test_a_conflict_names_the_file_and_both_ways_out(ours: Tree, club: Tree) -> None:
    club.commit(overrides__frame_DOT_css=LINES.replace("line 2\n", "their 2\n"))
    before = club.git("rev-parse", "HEAD")
    ours.commit(overrides__frame_DOT_css=LINES.replace("line 2\n", "our 2\n"))
    _month_later(ours)
    done = club.upgrade("--from", str(ours.folder))
    assert done.returncode == 1
    assert "overrides/frame.css" in done.stderr
    assert "<<<<<<< 你们的\ntheir 2\n" in (club.read("overrides/frame.css") or "")
    assert "有一次合并还没有做完" in club.upgrade().stderr
    club.git("merge", "--abort")
    assert club.git("rev-parse", "HEAD") == before
    assert club.git("status", "--porcelain") == ""
    assert club.upgrade().returncode == 1
    (club.folder / "overrides/frame.css").write_text("both\n", encoding="utf-8")
    club.git("add", "-A")
    club.git("commit", "-q", "--no-edit")
    _assert_upgraded(club)
    assert club.upgrade().stdout == "已经是最新的了。\n"


def test_nothing_is_touched_before_what_is_missing_is_there(ours: Tree, club: Tree) -> None:
    assert "第一次要写上原来那个仓库的地址" in club.upgrade().stderr
    (club.folder / "docs/index.md").write_text("没有提交\n", encoding="utf-8")
    refused = club.upgrade("--from", str(ours.folder))
    assert (refused.returncode, club.read("docs/index.md")) == (2, "没有提交\n")
    assert "docs/index.md" in refused.stderr
    club.git("checkout", "-q", "--", ".")
    nowhere = club.upgrade("--from", str(ours.folder / "nowhere"))
    assert nowhere.returncode == 2
    assert "git fetch 没有成功" in nowhere.stderr
    assert club.git("status", "--porcelain") == ""


def test_what_is_theirs_is_there() -> None:
    assert [name for name in THEIRS if not (REPOSITORY / name).exists()] == []
