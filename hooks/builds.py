"""Do only what changed since the last build, on all cores."""

from __future__ import annotations

import gc
import sys
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from mkdocs_bridge.build import LastBuild, incremental, take_over
from mkdocs_bridge.patches import compact, fast_highlighting
from mkdocs_bridge.site import is_last_language

_serving: list[bool] = [False]
_last = LastBuild()


def on_startup(command: str, **_: Any) -> None:
    """Note whether pages are for a preview, which has addresses of its own."""
    # A long number on a page, or `&#99…9;`, is no error: Python refuses more than 4,300 digits.
    sys.set_int_max_str_digits(0)
    # A build makes many objects and lets go of few: looking for garbage costs a tenth of it.
    gc.set_threshold(100_000, 20, 100)
    fast_highlighting.install()
    if command == "serve":
        incremental.remember_languages(_last.remember)
    _serving[:] = [command == "serve"]


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Show a saved page before the rest of the site is built."""
    take_over(server, _last, [config.theme.custom_dir] if config.theme.custom_dir else [])
    return server


@event_priority(-1000)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a language: everything that changes the configuration has run."""
    incremental.begin_language(config, _serving[0])
    return config


def on_files(files: Files, **_: Any) -> Files:
    """Note every file that a page of any language may refer to."""
    incremental.note_files(files)
    return files


def on_env(env: Environment, **_: Any) -> Environment:
    """Keep what is converted, should the build stop here, and compile small templates."""
    incremental.converted(env)
    compact(env)
    return env


@event_priority(-1000)
def on_post_build(config: MkDocsConfig) -> None:
    """Tidy the output folder and the cache after the last language."""
    if is_last_language(config):
        incremental.finish()


def on_build_error(**_: Any) -> None:
    """Let go of the cache."""
    incremental.abandon()
