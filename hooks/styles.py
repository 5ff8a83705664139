"""Give pages one style sheet instead of eight: each is a round trip before the first picture."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bridge.patches import join, share, write


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put `config.extra.stylesheet` in place of the theme's style sheet and ours."""
    join(config)
    return config


def on_env(env: Environment, **_: Any) -> Environment:
    """Leave the icons that the sheet has out of the pages."""
    share(env)
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write the file."""
    write(config)
