"""Only configured languages are locale suffixes.

static-i18n takes every two lower-case letters before the extension for a locale: it drops
`node.js.md` from all languages. It also cuts the first `.en` it finds out of a path, be it
in `my.env.en.md` or in a folder's name.
"""

from __future__ import annotations

import re
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n import suffix

_create = suffix.create_i18n_file
_NO_LOCALE = re.compile(r"(?!)")


def _create_i18n_file(
    file: File, current: str, default: str, languages: list[str], config: MkDocsConfig
) -> Any:
    made = _create(file, current, default, languages, config)
    if made.localization:
        stem, dot, extension = made.src_uri.rpartition(".")
        made.norm_src_uri = stem.removesuffix(f".{made.localization}") + dot + extension
    return made


def install() -> None:
    """Replace what static-i18n does; again and again is once."""
    suffix.RE_LOCALE = _NO_LOCALE
    suffix.create_i18n_file = _create_i18n_file
