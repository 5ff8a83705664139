"""What commands share: how they show paths, say what is wrong, end, and write authors' files.

Only the standard library, so that a command that has nothing to do is done at once.
"""

from docskit.terminal.author_files import NotWrittenError, create_file, replace_file
from docskit.terminal.commands import (
    LANGUAGES,
    WRONG,
    Arguments,
    UserError,
    as_typed,
    folder_of_pages,
    full_path,
    guarded,
    message_language,
    nearest,
    one_of,
    said_of,
    typed_text,
)
from docskit.terminal.shown_path import shown_path

__all__ = [
    "LANGUAGES",
    "WRONG",
    "Arguments",
    "NotWrittenError",
    "UserError",
    "as_typed",
    "create_file",
    "folder_of_pages",
    "full_path",
    "guarded",
    "message_language",
    "nearest",
    "one_of",
    "replace_file",
    "said_of",
    "shown_path",
    "typed_text",
]
