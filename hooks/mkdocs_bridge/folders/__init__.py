"""Paths and the output folder, for commands that have no need to load MkDocs."""

from mkdocs_bridge.folders.environment_texts import keep_texts
from mkdocs_bridge.folders.outputs import Outputs, stamp
from mkdocs_bridge.folders.site_folder import why_not

__all__ = [
    "Outputs",
    "keep_texts",
    "stamp",
    "why_not",
]
