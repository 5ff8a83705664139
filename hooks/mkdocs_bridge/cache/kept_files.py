"""Files made once for each content and kept in the build's cache for later builds.

They are no rows of the cache's database: they belong to a content and not to a site, and the
site takes them as files.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bridge.cache.cache_store import cache_folder

_KEPT_SECONDS = 30 * 24 * 3600
_NOTED_SECONDS = 24 * 3600


class KeptFiles:
    """A folder in the build's cache."""

    def __init__(self, config: MkDocsConfig, name: str) -> None:
        self._folder = cache_folder(config) / name

    def path(self, name: str) -> Path:
        """Where the file of that name is, or would be."""
        return self._folder / name

    def write(self, name: str, data: bytes) -> None:
        """Put the file there whole, whatever other builds do meanwhile."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self.path(name)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(data)
        aside.replace(path)

    def note_use(self, name: str) -> None:
        """Let the file be kept for another month."""
        path = self.path(name)
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _NOTED_SECONDS:
                path.touch()

    def forget_old(self) -> None:
        """Drop what no build has used in a month."""
        oldest = time.time() - _KEPT_SECONDS
        for path in self._folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
