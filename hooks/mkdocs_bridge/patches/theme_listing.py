"""The theme's files, without its fourteen thousand icons.

MkDocs walks the whole theme for files to copy, in each language of each build, and then drops
every name that begins with a dot: all of Material's `.icons`. The walk took longer than the
rest of a small build.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme


def _names(loader: FileSystemLoader) -> list[str]:
    found: set[str] = set()
    for folder in loader.searchpath:
        for path, folders, names in os.walk(folder, followlinks=loader.followlinks):
            inside = os.path.relpath(path, folder).replace(os.sep, "/")
            prefix = "" if inside == "." else f"{inside}/"
            if not prefix:
                folders[:] = [name for name in folders if not name.startswith(".")]
                names = [name for name in names if not name.startswith(".")]
            found.update(prefix + name for name in names)
    return sorted(found)


def spare_icons(theme: Theme) -> None:
    """Give the theme's environments a shorter list of templates; again and again is once."""
    if "get_env" in theme.__dict__:
        return
    original: Callable[[], Environment] = theme.get_env
    known: dict[tuple[str, ...], list[str]] = {}

    def get_env() -> Environment:
        env: Any = original()
        loader = env.loader
        if not isinstance(loader, FileSystemLoader):
            return env  # type: ignore[no-any-return]
        everything = env.list_templates

        def list_templates(
            extensions: Any = None, filter_func: Callable[[str], bool] | None = None
        ) -> list[str]:
            if filter_func is None:
                return everything(extensions, filter_func)  # type: ignore[no-any-return]
            folders = tuple(loader.searchpath)
            if folders not in known:
                known[folders] = _names(loader)
            return [name for name in known[folders] if filter_func(name)]

        env.list_templates = list_templates
        return env  # type: ignore[no-any-return]

    theme.get_env = get_env  # type: ignore[method-assign]
