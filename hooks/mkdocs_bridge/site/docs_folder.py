"""The files of the docs folder, and nothing else: links may lead about in it, not out of it.

A link that leads elsewhere would publish a file of the machine that builds, one that leads
around in a circle has no end. MkDocs follows both; its walk is replaced by one that leaves
them out. tests/site/test_mkdocs_inside.py pins what this relies on.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from pymdownx.snippets import SnippetPreprocessor

from docskit.messages import Problem, Severity

Walk = Iterator[tuple[str, list[str], list[str]]]
# Folders that link to folders that link to folders would multiply.
_LINKS_IN_A_ROW = 3
_WORDS = {
    "outside": (
        "它是一个链接，指到了文档文件夹外面的 '{target}'，没有发布。请把文件本身复制到这里",
        "a link that leads out of the docs folder to '{target}', and is not published; "
        "put the file itself here",
    ),
    "dangling": (
        "它是一个链接，指向的 '{target}' 不存在，没有发布。请删掉它，或者把文件放回去",
        "a link to '{target}', which does not exist, and is not published; "
        "delete it, or put the file back",
    ),
    "circle": (
        "它是一个链接，顺着 '{target}' 又绕了回来，没有跟进去。请删掉它",
        "a link that leads round in a circle by way of '{target}', and was not followed; delete it",
    ),
}


def is_inside(path: str | Path, docs_dir: str | Path) -> bool:
    """Whether what is at `path`, all links followed, lies in the docs folder."""
    root = os.path.realpath(docs_dir)
    return Path(os.path.realpath(path)).is_relative_to(root)


def has_file(docs_dir: str) -> Callable[[str], bool]:
    """Whether there is a file at a path relative to the docs folder, and in it."""

    def exists(name: str) -> bool:
        path = Path(docs_dir, name)
        return path.is_file() and is_inside(path, docs_dir)

    return exists


def own_bytes(docs_dir: str | Path, name: str) -> bytes:
    """A file of the docs folder; empty where there is none to read, or it lies outside."""
    path = Path(docs_dir, name)
    readable = path.is_file() and os.access(path, os.R_OK)
    return path.read_bytes() if readable and is_inside(path, docs_dir) else b""


def _trouble(path: str, root: str, above: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong with the entry at `path`, a key of `_WORDS` or ''; and where it leads."""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError as error:
        return "circle" if error.errno == errno.ELOOP else "dangling", ""
    if os.path.commonpath([root, target]) != root:
        return "outside", target
    if target in above:
        return "circle", target
    mode = Path(target).stat().st_mode
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "special", target


def _look(
    folder: str, root: str, above: tuple[str, ...], links: int
) -> Iterator[tuple[str, list[str], list[str], dict[str, str]]]:
    """As `os.walk`, with what was left out: name → key of `_WORDS`."""
    folders: dict[str, tuple[str, int]] = {}
    names: list[str] = []
    odd: dict[str, str] = {}
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            why, target = _trouble(entry.path, root, above)
            if not why and links >= _LINKS_IN_A_ROW and Path(target).is_dir():
                why = "circle"
            if why:
                odd[entry.name] = why
            elif Path(target).is_dir():
                folders[entry.name] = target, links + 1
            else:
                names.append(entry.name)
        elif entry.is_dir(follow_symlinks=False):
            folders[entry.name] = f"{above[-1]}/{entry.name}", links
        elif entry.is_file(follow_symlinks=False):
            names.append(entry.name)
        else:
            odd[entry.name] = "special"
    # Whoever walks may sort the names or take some out.
    below = list(folders)
    yield folder, below, names, odd
    for name in below:
        real, crossed = folders[name]
        yield from _look(f"{folder}/{name}", root, (*above, real), crossed)


def walk(docs_dir: str | Path, *, special: bool = False) -> Walk:
    """As `os.walk(docs_dir, followlinks=True)`, without what is no file of the docs folder.

    Pipes and the like are left out too, unless `special` files are asked for.
    """
    root = os.path.realpath(docs_dir)
    for folder, below, names, odd in _look(str(docs_dir), root, (root,), 0):
        pipes = [name for name, why in odd.items() if why == "special"] if special else []
        yield folder, below, names + pipes


def files_of(docs_dir: Path) -> Iterator[str]:
    """Every file that `walk` comes to, as a source URI."""
    for folder, _, names in walk(docs_dir):
        for name in names:
            yield (Path(folder) / name).relative_to(docs_dir).as_posix()


def left_out(config: MkDocsConfig) -> list[Problem]:
    """What `walk` leaves out, but for what is not to be published anyway."""
    root = os.path.realpath(config.docs_dir)
    problems = set()
    for folder, below, _, odd in _look(config.docs_dir, root, (root,), 0):
        # By its own name, if the folder was come to by a link.
        real = Path(os.path.realpath(folder))
        excluded = config.exclude_docs
        for name in list(below):
            # Of what lies in a hidden folder nothing needs to be said.
            if excluded is not None and excluded.match_file(_uri(real / name, root) + "/"):
                below.remove(name)
        for name, why in odd.items():
            uri = _uri(real / name, root)
            # Whoever drops what cannot be read names it.
            if why == "special":
                continue
            if excluded is None or not excluded.match_file(uri):
                problems.add(_problem(uri, why, real / name))
    return sorted(problems)


def _uri(path: Path, root: str) -> str:
    return path.relative_to(root).as_posix()


def _problem(uri: str, why: str, path: Path) -> Problem:
    target = path.readlink() if path.is_symlink() else ""
    zh, en = (words.format(target=target) for words in _WORDS[why])
    return Problem(uri, 0, 0, f"file-{why}", Severity.WARNING, zh, en)


_snippet_path = SnippetPreprocessor.get_snippet_path


def _inside_path(self: Any, path: str) -> str | None:
    found: str | None = _snippet_path(self, path)
    if found is None or any(is_inside(found, base) for base in self.base_path):
        return found
    return None


def install() -> None:
    """Let the snippets see the files of the docs folder only; `source_files` asks `walk`."""
    SnippetPreprocessor.get_snippet_path = _inside_path
