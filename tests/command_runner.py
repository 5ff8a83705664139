"""Run a program of tools/ over a small folder of pages, as a user's command would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from site_builder import REPOSITORY

PAGES = {
    "index.md": "---\nauther: 我\n---\n# 首页 ✓\n\n![](没有.png) 😀 “引号”——破折号…\n",
    "git.md": "# Git\n\n两页，好让它想用几个进程。\n",
    "git.en.md": "# Git ✗\n",
}


def outcome(
    command: str, folder: Path, env: dict[str, str], pythonpath: tuple[Path, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    """What a program with its arguments does to `PAGES`; `pythonpath` comes before our modules."""
    docs = folder / "docs"
    docs.mkdir(exist_ok=True)
    for name, text in PAGES.items():
        (docs / name).write_text(text, encoding="utf-8")
    program, *words = command.split()
    paths = [*pythonpath, REPOSITORY / "hooks", REPOSITORY / "tools"]
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / program), *words],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        env={
            **{name: value for name, value in os.environ.items() if "PYTEST" not in name},
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(docs),
            "SITE_DIR": str(folder / "site"),
            "BUILD_CACHE": str(folder / "cache"),
            **env,
        },
    )
