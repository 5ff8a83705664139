"""Build several folders of Markdown in one process: `build_many.py CONFIG FOLDER…`.

Below each FOLDER, `docs` is built to `site`, and what was logged is left in `log`. Starting a
process costs more than building a small site.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config


def main(config_file: str, *folders: str) -> None:
    """Build each folder."""
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.INFO)
    log.propagate = False
    for folder in map(Path, folders):
        handler = logging.FileHandler(folder / "log", encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        log.addHandler(handler)
        try:
            config: Any = load_config(
                config_file, docs_dir=str(folder / "docs"), site_dir=str(folder / "site")
            )
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
        except BaseException:
            log.error("died: %s", traceback.format_exc())
        log.removeHandler(handler)
        handler.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
