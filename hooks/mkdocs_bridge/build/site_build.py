"""One build of a site in all its languages: its cache, its outputs and what it has learnt."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import digest, fingerprint
from mkdocs_bridge.cache import Store, build_inputs, cache_folder, mkdocs_log
from mkdocs_bridge.folders import Outputs, stamp
from mkdocs_bridge.patches import CompiledTemplates

FLUSH_BYTES = 8_000_000
_SETTLED_NS = 200_000_000
"""A file changed more recently than this may change again within its time stamp's grain."""


class SiteBuild:
    """What the steps of one build share.

    `early` holds digest and stamp of the files that a preview has written since the last build,
    `templates` what this process has compiled, `stop_if_superseded` raises where a newer save
    has made the build pointless: a step that takes long calls it now and then.
    """

    log = mkdocs_log("builds")

    def __init__(
        self,
        config: MkDocsConfig,
        serving: bool,
        early: dict[str, tuple[bytes, str]],
        templates: dict[str, bytes],
        stop_if_superseded: Callable[[], None],
    ) -> None:
        self.config = config
        self.stop_if_superseded = stop_if_superseded
        own = config.config_file_path or "mkdocs.yml"
        folder = cache_folder(config)
        site = [str(Path(own).resolve()), str(Path(config.docs_dir).resolve()), serving]
        scope = hashlib.sha256(repr(site).encode()).hexdigest()[:16]
        self.store = Store(folder, scope)
        self.environment = fingerprint([build_inputs.packages(), build_inputs.code(config)])
        self.theme = build_inputs.overrides(config)
        known = {
            str(path): (content, str(written))
            for path, content, written in self.store.rows("output", "path, digest, stat")
            if isinstance(content, bytes)
        }
        self.outputs = Outputs(config.site_dir, known, early)
        self._outside = os.path.join(os.path.abspath(folder), "outside", "")
        self._packages = tuple(
            {
                os.path.abspath(str(path)) + os.sep
                for path in (
                    *sysconfig.get_paths().values(),
                    sys.prefix,
                    Path(__file__).parents[2],
                    folder,
                    "/proc",
                    "/dev",
                    "/usr",
                )
            }
        )
        self._docs = os.path.abspath(config.docs_dir) + os.sep
        self._digests: dict[str, bytes | None] = {}
        self._stamped: dict[str, tuple[object, object]] = {
            str(path): (written, content)
            for path, written, content in self.store.rows("file", "path, stat, digest")
        }
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._size = 0
        self._seen: dict[str, set[str]] = {"page": set(), "html": set()}
        self.listeners: list[Callable[[str], None]] = []
        self.templates = CompiledTemplates(self.environment, templates)
        self.authors_files: list[str] = []
        # The rows of pages that are those of this build, by locale and source URI.
        self.converted: set[str] = set()

    def advance(self, step: str) -> None:
        """One more page is through `step`, here or in a worker."""
        for listener in self.listeners:
            listener(step)

    def is_package_file(self, path: str) -> bool:
        """Whether versions or code in the key stand for the file already."""
        # The authors' folder may lie below one of them; what is known of pictures elsewhere does.
        return path.startswith(self._packages) and not path.startswith((self._docs, self._outside))

    def source(self, path: str) -> bytes:
        """The digest of a small file, read anew in every build; empty if there is none."""
        content = self._digests.get(path)
        if content is None:
            try:
                content = digest(Path(path).read_bytes())
            except OSError:
                content = b""
            self._digests[path] = content
        return content

    def file_digest(self, path: str) -> bytes:
        """The digest of any file, read only if it was touched; empty if there is none."""
        content = self._digests.get(path)
        if content is None:
            written = stamp(path)
            known = self._stamped.get(path)
            if (
                known
                and written is not None
                and known[0] == written
                and isinstance(known[1], bytes)
            ):
                content = self._digests[path] = known[1]
                return content
            content = self.source(path)
            if written is not None:
                changed = max(int(part) for part in written.split()[1:3])
                if changed < time.time_ns() - _SETTLED_NS:
                    self._rows["file"].append((path, written, content))
        return content

    def remember(self, table: str, row: tuple[object, ...]) -> None:
        """Store a row now or soon."""
        self._rows[table].append(row)
        self._size += sum(len(value) for value in row if isinstance(value, bytes))
        if self._size > FLUSH_BYTES:
            self.flush()

    def seen(self, table: str, name: str) -> None:
        """Keep the row of that name: the site still has its page."""
        self._seen[table].add(name)

    def flush(self) -> None:
        """Write what was remembered, so that an interrupted build has not lost it."""
        if any(self._rows.values()):
            self.store.write(dict(self._rows), {})
        self._rows.clear()
        self._size = 0

    def finish(self) -> None:
        """All languages are written: drop what the site no longer has."""
        self.outputs.finish()
        rows, gone = self.outputs.changes()
        self._rows["output"] = list(rows)
        removed: dict[str, Any] = {"output": gone}
        for table, names in self._seen.items():
            stored = {str(name) for (name,) in self.store.rows(table, "name")}
            removed[table] = stored - names
        if any(self._rows.values()) or any(removed.values()):
            self.store.write(dict(self._rows), removed)
        self.store.forget_old_sites()
        self.store.close()

    def abandon(self) -> None:
        """The build has failed: keep what is right so far."""
        self.flush()
        self.store.close()
