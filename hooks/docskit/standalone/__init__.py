"""The core as a program, for any folder of Markdown: `python -m docskit check FOLDER`."""

from docskit.standalone.changes import agreed, difference, show, write
from docskit.standalone.folder import Folder, errors
from docskit.standalone.program import main

__all__ = [
    "Folder",
    "agreed",
    "difference",
    "errors",
    "main",
    "show",
    "write",
]
