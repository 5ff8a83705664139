"""MkDocs' collection of files, noting what the page being converted learns from it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mkdocs_bridge.cache.page_build import depend_on_answer, page_build

KIND = "file"
LANGUAGE = "language"
"""Kinds of questions that are answered without `answer_with`."""


def described(file: File | None) -> str:
    """All that a page can show of another file without opening it."""
    if file is None:
        return ""
    alternates: dict[str, File] = getattr(file, "alternates", {})
    versions = sorted((locale, other.src_uri, other.url) for locale, other in alternates.items())
    return repr((file.src_uri, file.url, file.inclusion.name, versions))


def watched(files: Files) -> Any:
    """A view of `files`; set `page` on it to the page that is being converted."""
    kind = type(files)

    class WatchedFiles(kind):  # type: ignore[misc, valid-type]
        page: Page | None = None

        def _all(self) -> None:
            if self.page is not None:
                page_build(self.page).looked_at_all_files = True

        def get_file_from_path(self, path: str) -> File | None:
            found = files.get_file_from_path(path)
            if self.page is not None:
                depend_on_answer(self.page, KIND, (path,), described(found))
            return found

        def __iter__(self) -> Iterator[File]:
            self._all()
            return iter(files)

        def __len__(self) -> int:
            self._all()
            return len(files)

        def __contains__(self, path: str) -> bool:
            return self.get_file_from_path(path) is not None

        @property
        def src_uris(self) -> Mapping[str, File]:
            self._all()
            return files.src_uris

    view = copy.copy(files)
    view.__class__ = WatchedFiles
    return view
