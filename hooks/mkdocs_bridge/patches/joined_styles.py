"""The theme's style sheet and the site's own in one file."""

from __future__ import annotations

from pathlib import Path

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from docskit.typesetting import hashed_name, joined, with_plain_entries
from mkdocs_bridge.patches import shared_icons

FOLDER = "assets/stylesheets"
_SHEET = "_joined_sheet"


def _theme_file(config: MkDocsConfig, name: str) -> Path | None:
    return next((Path(d, name) for d in config.theme.dirs if Path(d, name).is_file()), None)


def main_sheet(config: MkDocsConfig) -> Path:
    """Material's own style sheet, whose name has a hash that changes with each release."""
    found = [path for d in config.theme.dirs for path in Path(d, FOLDER).glob("main.*.min.css")]
    if len(found) != 1:
        raise ConfigurationError(
            f"Material has {len(found)} files {FOLDER}/main.*.min.css, not one"
        )
    return found[0]


def join(config: MkDocsConfig) -> None:
    """Take what lies in the theme's folder out of `extra_css`, and name the joined file.

    Call it in `on_config`; again and again is once, as languages share a configuration.
    """
    if _SHEET in config.__dict__:
        return
    own = [str(name) for name in config.extra_css if str(name).startswith(f"{FOLDER}/")]
    paths = {name: _theme_file(config, name) for name in own}
    sheets = [main_sheet(config), *(path for path in paths.values() if path)]
    texts = [path.read_text(encoding="utf-8") for path in sheets]
    text = with_plain_entries(joined([*texts, shared_icons.rules(config)]))
    config.__dict__[_SHEET] = text
    config.extra_css = [name for name in config.extra_css if not paths.get(str(name))]
    config.extra["stylesheet"] = f"{FOLDER}/{hashed_name(text)}"


def write(config: MkDocsConfig) -> None:
    """Write the joined file; call it in `on_post_build`."""
    path = Path(config.site_dir, str(config.extra["stylesheet"]))
    utils.write_file(str(config.__dict__[_SHEET]).encode(), str(path))
