"""The commands on other systems' consoles, and without what only Linux has."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_runner import outcome
from site_builder import REPOSITORY

COMMANDS = [
    "check.py",
    "status.py",
    "fix.py --yes",
    "build_site.py",
    "translate.py translate index",
    "new_page.py git/first --title 第一页",
]
# What Python on Windows lacks, as far as Linux can be told to lack it.
WINDOWS = """\
import os, signal, sys
for name in ("fork", "forkpty", "sched_getaffinity", "getuid", "geteuid", "mkfifo", "killpg"):
    delattr(os, name)
for name in ("SIGHUP", "SIGUSR1", "SIGALRM"):
    delattr(signal, name)
for name in ("fcntl", "resource", "pwd", "grp"):
    sys.modules[name] = None
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_gbk_console_reads_all_of_it(command: str, tmp_path: Path) -> None:
    """Redirected on Chinese Windows: code page 936, no UTF-8 mode, files in the code page, too."""
    env = {
        "PYTHONIOENCODING": "gbk",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "LC_ALL": "C",
        # Each file that would be read in the code page.
        "PYTHONWARNDEFAULTENCODING": "1",
    }
    done = outcome(command, tmp_path, env)
    said = (done.stdout + done.stderr).decode("gbk")
    assert "Traceback" not in said
    assert "\\u2" not in said, "a mark of ours that GBK lacks"
    assert done.returncode in {0, 1}
    assert any("\u4e00" <= char <= "\u9fff" for char in said)
    own = (str(REPOSITORY / "hooks"), str(REPOSITORY / "tools"))
    careless = [
        line for line in said.splitlines() if "EncodingWarning" in line and line.startswith(own)
    ]
    assert careless == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_need_nothing_that_windows_lacks(command: str, tmp_path: Path) -> None:
    (tmp_path / "windows").mkdir()
    (tmp_path / "windows" / "sitecustomize.py").write_text(WINDOWS, encoding="utf-8")
    done = outcome(command, tmp_path, {"BUILD_WORKERS": "4"}, (tmp_path / "windows",))
    said = (done.stdout + done.stderr).decode()
    assert "Traceback" not in said
    assert "Error" not in said
    assert done.returncode in {0, 1}
    if command == "build_site.py":
        assert (tmp_path / "site" / "git" / "index.html").is_file()
        assert (tmp_path / "site" / "en" / "git" / "index.html").is_file()
