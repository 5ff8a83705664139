"""Do only what changed since the last build, on all cores."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from mkdocs_bridge import incremental
from mkdocs_bridge.languages import is_last_language

_serving: list[bool] = [False]


def on_startup(command: str, **_: Any) -> None:
    """Note whether pages are for a preview, which has addresses of its own."""
    _serving[:] = [command == "serve"]


@event_priority(-1000)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a language: everything that changes the configuration has run."""
    incremental.begin_language(config, _serving[0])
    return config


@event_priority(-1000)
def on_env(_env: Any, **_: Any) -> None:
    """Keep what is converted, should the build stop here."""
    incremental.flush()


@event_priority(-1000)
def on_post_build(config: MkDocsConfig) -> None:
    """Tidy the output folder and the cache after the last language."""
    if is_last_language(config):
        incremental.finish()


def on_build_error(**_: Any) -> None:
    """Let go of the cache."""
    incremental.abandon()
