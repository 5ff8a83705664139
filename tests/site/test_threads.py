"""Nothing starts a thread before pages are converted: a process with threads is not forked."""

import subprocess
import sys

from site_builder import REPOSITORY

PROBE = """
import sys, threading
sys.path[:0] = ["hooks"]
from mkdocs.config import load_config
config = load_config("mkdocs.yml")
config.plugins.on_startup(command="build", dirty=False)
print(len(config.hooks) if hasattr(config, "hooks") else 0, threading.active_count())
"""


def test_the_hooks_start_no_thread() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    hooks, threads = done.stdout.split()[-2:]
    assert int(hooks) > 20
    assert threads == "1"
