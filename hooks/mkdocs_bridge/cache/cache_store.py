"""Results of earlier builds in one SQLite file.

SQLite gives what a folder of files does not: a build that is killed leaves the last complete
state, two builds at once wait for each other, and two thousand results are read in one go.
What goes wrong with the file is never the author's problem: it is said once, and the build
goes on without it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bridge.cache.mkdocs_log import mkdocs_log

log = mkdocs_log("builds")

FORMAT = 6
SCOPES = 6
"""How many sites (configuration and folder) are remembered; the least recent is forgotten."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS scope (scope TEXT PRIMARY KEY, used REAL);
CREATE TABLE IF NOT EXISTS page (
    scope TEXT, name TEXT, key BLOB, value BLOB, PRIMARY KEY (scope, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS html (
    scope TEXT, name TEXT, key BLOB, digest BLOB, value BLOB, PRIMARY KEY (scope, name)
);
CREATE TABLE IF NOT EXISTS output (
    scope TEXT, path TEXT, digest BLOB, stat TEXT, PRIMARY KEY (scope, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    scope TEXT, path TEXT, stat TEXT, digest BLOB, PRIMARY KEY (scope, path)
) WITHOUT ROWID;
"""
TABLES = ("page", "html", "output", "file")


def cache_folder(config: MkDocsConfig) -> Path:
    """Where everything is that may be deleted and costs time to have again."""
    own = config.config_file_path or "mkdocs.yml"
    return Path(os.environ.get("BUILD_CACHE") or Path(own).resolve().parent / ".cache")


class Store:
    """The cache of one site; every method does nothing once the file has failed."""

    def __init__(self, folder: Path, scope: str) -> None:
        self._path = folder / f"builds-{FORMAT}.sqlite"
        self._scope = scope
        self._connection: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                self._give_up(error)
            else:
                self._start_again(error)
        except OSError as error:
            self._give_up(error)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        # The file may come from elsewhere: its own views and triggers call no functions.
        connection.execute("PRAGMA trusted_schema = OFF")
        # The file may be lost with the machine's power, not with a killed build.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.executescript(_SCHEMA)
        connection.execute(
            "INSERT INTO scope VALUES (?, ?) ON CONFLICT DO UPDATE SET used = excluded.used",
            (self._scope, time.time()),
        )
        return connection

    def _give_up(self, error: Exception) -> None:
        log.info("构建缓存用不了（%s: %s），这次不用缓存，结果一样，只是慢些。", self._path, error)
        self.close()

    def _start_again(self, error: Exception) -> None:
        log.info("构建缓存已损坏（%s: %s），重新建立。", self._path, error)
        self.close()
        try:
            for leftover in (self._path, self._path.with_name(self._path.name + "-journal")):
                leftover.unlink(missing_ok=True)
            self._connection = self._open()
        except (OSError, sqlite3.Error) as again:
            self._give_up(again)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            self._give_up(error)
        except sqlite3.DatabaseError as error:
            self._start_again(error)

    def rows(self, table: str, columns: str) -> Iterator[tuple[object, ...]]:
        """Every row of this site in `table`; none where the cache fails."""
        with self._guard():
            if self._connection:
                query = f"SELECT {columns} FROM {table} WHERE scope = ?"  # noqa: S608
                yield from self._connection.execute(query, (self._scope,))

    def value(self, table: str, name: str) -> bytes | None:
        """The `value` of that name in `table`."""
        with self._guard():
            if self._connection:
                query = f"SELECT value FROM {table} WHERE scope = ? AND name = ?"  # noqa: S608
                row = self._connection.execute(query, (self._scope, name)).fetchone()
                return row[0] if row and isinstance(row[0], bytes) else None
        return None

    def write(
        self, changes: dict[str, Iterable[tuple[object, ...]]], removed: dict[str, Iterable[str]]
    ) -> None:
        """Replace rows and remove names, all or nothing."""
        with self._guard():
            if not self._connection:
                return
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                for table, names in removed.items():
                    column = "name" if table in ("page", "html") else "path"
                    self._connection.executemany(
                        f"DELETE FROM {table} WHERE scope = ? AND {column} = ?",  # noqa: S608
                        [(self._scope, name) for name in names],
                    )
                for table, rows in changes.items():
                    values = [(self._scope, *row) for row in rows]
                    if values:
                        marks = ", ".join("?" * len(values[0]))
                        self._connection.executemany(
                            f"INSERT OR REPLACE INTO {table} VALUES ({marks})",  # noqa: S608
                            values,
                        )
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def forget_old_sites(self) -> None:
        """Keep the cache bounded: only the most recent sites stay."""
        with self._guard():
            if not self._connection:
                return
            query = "SELECT scope FROM scope ORDER BY used DESC LIMIT -1 OFFSET ?"
            old = self._connection.execute(query, (SCOPES,)).fetchall()
            for (scope,) in old:
                for table in (*TABLES, "scope"):
                    self._connection.execute(
                        f"DELETE FROM {table} WHERE scope = ?",  # noqa: S608
                        (scope,),
                    )
            if old:
                self._connection.execute("VACUUM")

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
