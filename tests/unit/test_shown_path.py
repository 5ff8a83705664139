from __future__ import annotations

import ntpath
import posixpath
from types import ModuleType

import pytest

from docskit.terminal.shown_path import shown_path


@pytest.mark.parametrize(
    ("path", "start", "flavour", "shown"),
    [
        (r"C:\站\docs\git.md", r"C:\站", ntpath, "docs/git.md"),
        (r"C:\notes\a.md", r"C:\站", ntpath, "../notes/a.md"),
        (r"D:\笔记\a.md", r"C:\站", ntpath, "D:/笔记/a.md"),
        (r"\\server\share\a.md", r"C:\站", ntpath, "//server/share/a.md"),
        ("/srv/站/docs/a.md", "/srv/站", posixpath, "docs/a.md"),
        ("/srv/notes/a.md", "/srv/站", posixpath, "../notes/a.md"),
    ],
)
def test_a_path_is_shown_from_here_if_there_is_a_way(
    path: str, start: str, flavour: ModuleType, shown: str
) -> None:
    assert shown_path(path, start, flavour) == shown
