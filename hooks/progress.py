"""Show how far a long build has come, per language."""

from __future__ import annotations

import sys
import time
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from docskit.messages import Progress
from mkdocs_bridge.build import listen
from mkdocs_bridge.site import building_locale

_now: list[Progress] = []


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


@event_priority(-200)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Start counting: the pages of this language are known now."""
    pages = len(files.documentation_pages())
    _now[:] = [
        Progress(
            language=building_locale(config),
            total=pages,
            terminal=sys.stderr.isatty(),
            write=_write,
            clock=time.monotonic,
            patience=float(config.extra.get("progress_after", 2)),
        )
    ]
    listen(_now[0].advance)
    return nav


def on_post_build(**_: Any) -> None:
    """Leave a clean line behind."""
    _now[0].finish()
