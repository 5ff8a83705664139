"""How long each page of a folder keeps the processor, through the whole of a real build.

Run as a program: `python tests/page_times.py mkdocs.yml LIMIT` builds the site of that
configuration and prints one line of JSON, seconds by source URI: reading, conversion and
template of each language together. A page that takes longer than LIMIT seconds in one step is
stopped there, and counts with what it had taken by then.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig


class TooLongError(BaseException):
    """Not an `Exception`: those are shown to the author, and the build goes on."""


def _stop(*_: object) -> None:
    raise TooLongError


def timed(step: Callable[..., Any], seconds: dict[str, float], limit: float) -> Callable[..., Any]:
    """`step`, which takes a page first, with its seconds of the processor noted."""

    def run(page: Any, *arguments: Any, **options: Any) -> None:
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            step(page, *arguments, **options)
        except TooLongError:
            page.content = page.content or ""
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            seconds[page.file.src_uri] += time.process_time() - started

    return run


def main(configuration: str, limit: str) -> None:
    """Build once, with every step of every page under the clock."""
    seconds: dict[str, float] = defaultdict(float)
    signal.signal(signal.SIGPROF, _stop)
    config: MkDocsConfig = load_config(configuration)
    config.plugins.on_startup(command="build", dirty=False)
    before = config.plugins.events["config"][-1]

    def wrap(config: MkDocsConfig) -> MkDocsConfig | None:
        # hooks/builds.py, the last, has put its own steps in MkDocs' place.
        result: MkDocsConfig | None = before(config)
        for name in ("_populate_page", "_build_page"):
            step = getattr(build, name)
            if not hasattr(step, "timed"):
                own = timed(step, seconds, float(limit))
                own.timed = True  # type: ignore[attr-defined]
                setattr(build, name, own)
        return result

    config.plugins.events["config"][-1] = wrap
    started = time.process_time()
    build.build(config)
    seconds[""] = time.process_time() - started - sum(seconds.values())
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
