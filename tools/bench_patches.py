"""`python bench_patches.py NAME`: build as `make site` does, without one step that is there for
speed or for size. `make bench ARGS=--patches` shows what each of them is worth.
"""

from __future__ import annotations

import gc
import importlib
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def _instead(module: str, path: str, make: Callable[[Any], Any]) -> Callable[[], None]:
    """Put `make(what is there)` there; a name that is gone is an error, not a measurement."""

    def leave_out() -> None:
        holder: Any = importlib.import_module(module)
        *outer, name = path.split(".")
        for part in outer:
            holder = getattr(holder, part)
        setattr(holder, name, make(getattr(holder, name)))

    return leave_out


def _nothing(_: Any) -> Any:
    return lambda *_: None


def _new_instance(render: Any) -> Any:
    def anew(converter: Any, page: Any) -> None:
        converter._markdown = None
        render(converter, page)

    return anew


def _by_static_i18n(_: Any) -> Any:
    def made(file: Any, current: str, default: str, _localization: Any, config: Any) -> Any:
        create = importlib.import_module("mkdocs_bridge.patches.page_locales")._create
        languages = list(config.plugins["i18n"].build_languages)
        return create(file, current, default, languages, config)

    return made


PATCHES: dict[str, Callable[[], None]] = {
    "theme_listing": _instead("mkdocs_bridge.build.incremental", "spare_icons", _nothing),
    "fast_highlighting": _instead("mkdocs_bridge.patches.fast_highlighting", "install", _nothing),
    "compact_templates": _instead("mkdocs_bridge.patches", "compact", _nothing),
    "shared_icons": _instead("mkdocs_bridge.patches", "share", _nothing),
    "own_files": _instead("mkdocs_bridge.patches.page_locales", "_made", _by_static_i18n),
    "one_markdown": _instead(
        "mkdocs_bridge.patches.markdown_instance", "Converter.render", _new_instance
    ),
    "kept_pages": _instead("mkdocs_bridge.build.conversion", "Conversion._restore_all", _nothing),
    "shown_again": _instead("mkdocs_bridge.build.conversion", "Conversion._show_again", _nothing),
    "kept_html": _instead(
        "mkdocs_bridge.build.rendering",
        "Rendering._base_key",
        lambda _: lambda _rendering: os.urandom(16),
    ),
    "kept_outputs": _instead(
        "mkdocs_bridge.folders.outputs", "Outputs.is_right", lambda _: lambda *_: False
    ),
    "workers": lambda: os.environ.update(BUILD_WORKERS="1"),
    "rare_gc": lambda: setattr(gc, "set_threshold", lambda *_: None),
}


if __name__ == "__main__":
    PATCHES[sys.argv.pop(1)]()
    # To its very end as `make site` runs it: that does not wait for Python to tidy up.
    runpy.run_path(str(Path(__file__).with_name("build_site.py")), run_name="__main__")
