"""Write emoji as characters, which every platform draws itself.

Material would have readers fetch a picture of each from another host. Icons of the theme
(`:material-check:`) stay inline SVG.
"""

from __future__ import annotations

from typing import Any

from material.extensions.emoji import to_svg
from mkdocs.config.defaults import MkDocsConfig
from pymdownx.emoji import to_alt


def _to_text(index: str, shortname: str, alias: str, uc: str | None, alt: str, *rest: Any) -> Any:
    if not uc:
        return to_svg(index, shortname, alias, uc, alt, *rest)
    # Of the older signs (`:warning:`) a text font has a thin one; the selector asks for the emoji.
    is_old = "-" not in uc and 0x203C <= int(uc, 16) < 0x1F000
    return to_alt(index, shortname, alias, uc, f"{alt}\ufe0f" if is_old else alt, *rest)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Choose how pymdownx.emoji writes what it finds."""
    settings = config.mdx_configs.setdefault("pymdownx.emoji", {})
    settings["emoji_generator"] = _to_text
    return config
