"""Build a folder again and again, each time with less: `build_without.py CONFIG FOLDER LESS…`.

LESS is nothing (``), a hook (`zoom`), or one of its events (`zoom:on_post_build`). `FOLDER/docs` is
built to `FOLDER/less/LESS/site`; what was logged is beside it, in `log`. Each build is a child of
this process, which has imported everything once: a build of its own would cost four times as much.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config


def _place(folder: Path, less: str) -> Path:
    return folder / "less" / (less.replace(":", " ") or "nothing")


def _build(config: Any, folder: Path, less: str) -> None:
    place = _place(folder, less)
    place.mkdir(parents=True)
    file = os.open(place / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.environ.update(BUILD_CACHE=str(place / "cache"), BUILD_WORKERS="1")
    drawn = _place(folder, "") / "cache" / "diagrams"
    if drawn.exists():
        # A diagram takes seconds, and is the same however little else there is.
        shutil.copytree(drawn, place / "cache" / "diagrams")
    hook, _, event = less.partition(":")
    for name, methods in config.plugins.events.items():
        if event in ("", f"on_{name}"):
            methods[:] = [
                method
                for method in methods
                if not hook or Path(str(getattr(method, "__module__", ""))).stem != hook
            ]
    config.site_dir = str(place / "site")
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.INFO)
    log.propagate = False
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    log.addHandler(handler)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def main(config_file: str, folder_name: str, *all_less: str) -> None:
    """Build the folder once for each."""
    folder = Path(folder_name)
    config: Any = load_config(config_file, docs_dir=str(folder / "docs"))
    for less in all_less:
        child = os.fork()
        if child == 0:
            try:
                _build(config, folder, less)
            except BaseException:
                traceback.print_exc()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
