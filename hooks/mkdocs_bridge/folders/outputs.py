"""The output folder, brought from what it is to what it should be.

MkDocs empties the folder and writes everything again. Here a file that this cache wrote, and
that nobody has touched since, stays until the end of the build: if it is written again with
the same bytes nothing happens, and if it is not it goes. Everything else is removed first,
as MkDocs does, so that the folder never holds more than a clean build's.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from docskit.messages import digest


def stamp(path: str) -> str | None:
    """Size, times and inode: none of them survives a change of the file; None if no file.

    The change time cannot be set back, as the modification time can.
    """
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


class Outputs:
    """Which files of `site_dir` are known to be right, by absolute path."""

    def __init__(
        self,
        site_dir: str,
        known: dict[str, tuple[bytes, str]],
        early: dict[str, tuple[bytes, str]],
    ) -> None:
        self.site_dir = os.path.abspath(site_dir)
        self._remembered = known
        # Written since the last build, for the preview.
        self._known = known | early
        self.rewritten: set[str] = set()
        self._written: dict[str, tuple[bytes, str]] = {}

    def clean(self) -> None:
        """Remove all that this cache did not write, but hidden entries at the top."""
        found: set[str] = set()
        if os.path.isdir(self.site_dir):
            for entry in os.scandir(self.site_dir):
                if not entry.name.startswith("."):
                    self._clean_entry(entry, found)
        self._known = {path: value for path, value in self._known.items() if path in found}

    def _clean_entry(self, entry: os.DirEntry[str], found: set[str]) -> bool:
        """Whether something is left of the entry."""
        if entry.is_symlink() or not entry.is_dir():
            known = self._known.get(entry.path)
            if known is not None and not entry.is_symlink() and known[1] == stamp(entry.path):
                found.add(entry.path)
                return True
            with suppress(FileNotFoundError):
                os.unlink(entry.path)
            return False
        left = [self._clean_entry(child, found) for child in os.scandir(entry.path)]
        if any(left):
            return True
        shutil.rmtree(entry.path, ignore_errors=True)
        return False

    def is_right(self, path: str, content: bytes) -> bool:
        """Whether `path` already holds what has the digest `content`."""
        known = self._written.get(path) or self._known.get(path)
        return known is not None and known[0] == content

    def holds(self, path: str) -> bool:
        """Whether `path` is there as this or the last build wrote it."""
        return path in self._written or path in self._known

    def keep(self, path: str) -> None:
        """Leave `path` as it is: `is_right` or `holds` has said so."""
        if path not in self._written:
            self._written[path] = self._known[path]

    def wrote(self, path: str, content: bytes) -> None:
        """Note that `path` has just been written with what has the digest `content`."""
        self.rewritten.add(path)
        written = stamp(path)
        if written is not None:
            self._written[path] = (content, written)

    def write(self, path: str, data: bytes, made_of: bytes | None = None) -> None:
        """Make `path` hold `data`; a later build can ask for it by `made_of` instead."""
        content = digest(data) if made_of is None else made_of
        if self.is_right(path, content):
            self.keep(path)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        self.wrote(path, content)

    def copy(self, source: str, path: str) -> None:
        """Make `path` a copy of `source`."""
        content = digest(f"{source}\0{stamp(source)}".encode("utf-8", "surrogateescape"))
        if self.is_right(path, content):
            self.keep(path)
            return
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copyfile(source, path)
        self.wrote(path, content)

    def finish(self) -> None:
        """Remove what the last build wrote and this one did not, and folders left empty."""
        for path in self._known.keys() - self._written.keys():
            Path(path).unlink(missing_ok=True)
            folder = os.path.dirname(path)
            while len(folder) > len(self.site_dir):
                try:
                    os.rmdir(folder)
                except OSError:
                    break
                folder = os.path.dirname(folder)

    def changes(self) -> tuple[list[tuple[str, bytes, str]], list[str]]:
        """Rows to remember and paths to forget."""
        rows = [
            (path, *value)
            for path, value in self._written.items()
            if self._remembered.get(path) != value
        ]
        return rows, list(self._remembered.keys() - self._written.keys())
