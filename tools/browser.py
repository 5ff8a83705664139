"""The Chromium that the programs here look at pages with."""

from __future__ import annotations

import os
import shutil
import subprocess

from command import REPOSITORY


def find_browser() -> str:
    """Its path, installed if that is possible; '' for none, which stderr has been told."""
    if os.name == "nt":
        return os.environ.get("BROWSER_PATH") or shutil.which("chrome") or ""
    command = ["sh", str(REPOSITORY / "tools" / "find_browser.sh")]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, check=False, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""
