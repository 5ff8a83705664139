"""No process of a build outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_builder import REPOSITORY

PROGRAM = """
import time
from mkdocs_bridge.cache.workers import forked

def work(number):
    time.sleep(600)
    return b""

print("started", flush=True)
list(forked(2, work, 2))
"""


def _children(parent: int) -> list[int]:
    path = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in path.read_text().split()]


def _runs(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not fork here")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_killed_build(number: int) -> None:
    build = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "hooks")},
        text=True,
    )
    assert build.stdout is not None
    assert build.stdout.readline() == "started\n"
    children: list[int] = []
    for _ in range(200):
        children = _children(build.pid)
        if len(children) == 2:
            break
        time.sleep(0.05)
    assert len(children) == 2
    # Let them come to their work.
    time.sleep(0.3)
    os.kill(build.pid, number)
    build.wait()
    for _ in range(200):
        if not any(map(_runs, children)):
            return
        time.sleep(0.05)
    pytest.fail("the workers outlive their build")
