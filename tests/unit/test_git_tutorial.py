"""The Git chapter and the terminal page, run command by command with the Git found here."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from tutorial import Block, blocks

DOCS = Path(__file__).parents[2] / "docs"
ORDER = ["index", "first", "commits", "branches", "github", "pull-requests", "conflicts", "undo"]
OFFLINE = {"需要网络", "Needs a network", "不运行", "Just read"}
FAILS = {"会报错", "This fails"}


class Reader:
    """A reader's account on a computer whose GitHub is a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.home, remotes = folder / "home", folder / "remotes"
        self.home.mkdir()
        self.cwd = self.home
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "USER": "reader",
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PAGER": "cat",
            "GIT_CONFIG_COUNT": "2",
        }
        for number, address in enumerate(("git@github.com:", "https://github.com/")):
            self.environment[f"GIT_CONFIG_KEY_{number}"] = f"url.{remotes}/.insteadOf"
            self.environment[f"GIT_CONFIG_VALUE_{number}"] = address
        empty = ["git", "init", "-q", "--bare", "-b", "main"]
        subprocess.run([*empty, remotes / "zhangsan/homework.git"], check=True)
        subprocess.run([*empty, remotes / "isc-web/docs.git"], check=True)
        self.shell(
            f"git clone -q {remotes}/isc-web/docs.git seed && cd seed && git switch -q -c main && "
            "echo '# Docs' > readme.md && git add . && git -c user.name=a -c user.email=a@b.c "
            f"commit -qm first && git push -q origin main && cd .. && rm -rf seed && "
            f"git clone -q --bare {remotes}/isc-web/docs.git {remotes}/zhangsan/docs.git"
        )
        self.cwd = self.home

    def shell(self, commands: str, *, fails: bool = False) -> str:
        """What the commands print; raises when one of them fails, or none where it should."""
        script = f"{'' if fails else 'set -e'}\n{commands}\nset +e; pwd >&3"
        read, write = os.pipe()
        done = subprocess.run(
            ["bash", "-c", f"exec 3>&{write}\n{script}"],
            cwd=self.cwd,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            pass_fds=[write],
            text=True,
            check=False,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            where = pipe.read().strip()
        assert where, f"{commands}\n{done.stdout}"
        self.cwd = Path(where)
        return done.stdout


def comparable(line: str) -> str:
    """The line without what differs from reader to reader: the IDs of commits."""
    return re.sub(r"\b[0-9a-f]{7,40}\b", "ID", line).rstrip()


def follow(pages: list[Path], reader: Reader) -> tuple[int, int]:
    """The numbers of blocks run and of outputs compared."""
    ran = compared = 0
    said: list[str] = []
    last: Block | None = None
    for block in (block for page in pages for block in blocks(page, DOCS)):
        where = f"{block.page}:{block.line}"
        if block.language == "bash" and block.title not in OFFLINE:
            printed = reader.shell(block.body, fails=block.title in FAILS)
            said = [comparable(line) for line in printed.split("\n")]
            ran += 1
        elif block.language == "text" and not block.title and last and last.language == "bash":
            rest = iter(said)
            for line in block.body.rstrip("\n").split("\n"):
                assert comparable(line) in rest, f"{where}: {line!r} is not in {said}"
            compared += 1
        last = block
    return ran, compared


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
def test_the_git_chapter_runs_and_prints_what_it_shows(tmp_path: Path, suffix: str) -> None:
    pages = [DOCS / "git" / f"{name}{suffix}.md" for name in ORDER]
    ran, compared = follow(pages, Reader(tmp_path))
    assert ran > 30
    assert compared > 15


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
def test_the_terminal_page_runs_and_prints_what_it_shows(tmp_path: Path, suffix: str) -> None:
    ran, compared = follow([DOCS / f"terminal{suffix}.md"], Reader(tmp_path))
    assert ran > 6
    assert compared > 3


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
def test_the_python_page_runs_where_it_needs_no_network(tmp_path: Path, suffix: str) -> None:
    ran, compared = follow([DOCS / f"python{suffix}.md"], Reader(tmp_path))
    assert ran == 2
    assert compared > 0


def test_output_that_is_not_printed_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```bash\necho a\n```\n\n```text\nb\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"page\.md:5: 'b' is not in"):
        follow([page], Reader(tmp_path))


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```bash\nls nowhere\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="nowhere"):
        follow([page], Reader(tmp_path))
