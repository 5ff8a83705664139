"""The icons around every page are drawn by the style sheet, which browsers keep.

The theme writes their paths into each page, some of them twice: a twelfth of a short page, and
what gzip can do least about. Here a template is given an empty `<svg>` with a class, so every
rule for `.md-icon svg` holds; icons.css makes it the picture.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from jinja2.ext import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from docskit.typesetting import icon_rule

FOLDER = ".icons/material"
# Those of the theme's header, search, page turning and way back up.
NAMES = (
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "brightness-4",
    "brightness-7",
    "brightness-auto",
    "close",
    "magnify",
    "menu",
    "share-variant",
    "translate",
)
_TEMPLATES = {f"{FOLDER}/{name}.svg": f'<svg class="i-{name}"></svg>' for name in NAMES}


class SharedIcons(Extension):
    """Jinja extension: an icon that the style sheet has is an empty element."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The element in place of the picture, or `source` as it is."""
        return _TEMPLATES.get(name or "", source)


def share(env: Environment) -> None:
    """Call it in `on_env`, where the style sheet has `rules`."""
    env.add_extension(SharedIcons)


def rules(config: MkDocsConfig) -> str:
    """The style sheet's part: each icon as the theme, or the site's own folder, draws it."""
    return "\n".join(icon_rule(name, _picture(config, name)) for name in NAMES)


def _picture(config: MkDocsConfig, name: str) -> str:
    for folder in config.theme.dirs:
        path = Path(folder, FOLDER, f"{name}.svg")
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise ConfigurationError(f"The theme has no icon {FOLDER}/{name}.svg")
