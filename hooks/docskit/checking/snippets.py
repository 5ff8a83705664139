"""Files that a page takes in with `--8<-- "file"`, and which of them are not there.

The syntax is pymdownx.snippets'; it says nothing of a file that it does not find.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage

_INLINE = re.compile(r"[ \t]*-+8<-+[ \t]+([\"'])(.+?)\1[ \t]*$")
_FENCE = re.compile(r"[ \t]*-+8<-+[ \t]*$")
# `file.md:3:7`, `file.md:section`
_PART = re.compile(r":[\w:,-]*$")


def _named(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """0-based line and column, and the file as it is written."""
    within = False
    for number, line in enumerate(lines):
        if "8<-" not in line and not within:
            continue
        if found := _INLINE.match(line):
            yield number, found.start(2), found[2].strip()
        elif _FENCE.match(line):
            within = not within
        elif within and line.strip() and not line.lstrip().startswith(";"):
            yield number, len(line) - len(line.lstrip()), line.strip()


def snippet_problems(page: AuthorPage, exists: Callable[[str], bool]) -> list[Problem]:
    """One warning for each file that is not there; `exists` takes a path from the docs folder."""
    first = page.front_matter.body_line
    return [
        Problem(
            page.path,
            number + first,
            column + 1,
            "snippet-missing",
            Severity.WARNING,
            f"找不到要插入的文件 '{name}'，这里什么也没有显示。"
            "路径从文档文件夹写起，不能指到它外面",
            f"the file to insert is not found: '{name}', and nothing is shown here; "
            "its path starts at the docs folder and must not lead out of it",
        )
        for number, column, name in _named(page.front_matter.body.split("\n"))
        if not exists(name) and not exists(_PART.sub("", name))
    ]
