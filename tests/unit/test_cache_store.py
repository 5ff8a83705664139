import logging
from pathlib import Path

import pytest

from mkdocs_bridge.cache.cache_store import SCOPES, Store


def test_a_full_disk_is_said_once_and_nothing_else_happens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mkdocs.builds")
    store = Store(tmp_path, "site")
    assert store._connection
    store._connection.execute("PRAGMA max_page_count = 20")
    for number in range(3):
        store.write({"page": [(f"p{number}", b"key", bytes(200_000))]}, {})
    assert list(store.rows("page", "name")) == []
    assert len(caplog.messages) == 1
    assert "full" in caplog.messages[0]


def test_a_cache_that_cannot_be_opened_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mkdocs.builds")
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "file" / ".cache", "site")
    store.write({"page": [("p", b"key", b"value")]}, {})
    assert list(store.rows("page", "name")) == []
    assert len(caplog.messages) == 1


def test_only_the_most_recent_sites_are_remembered(tmp_path: Path) -> None:
    for number in range(SCOPES + 3):
        store = Store(tmp_path, f"site {number}")
        store.write({"page": [("p", b"key", b"value")]}, {})
        store.forget_old_sites()
        store.close()
    kept = [
        number
        for number in range(SCOPES + 3)
        if list(Store(tmp_path, f"site {number}").rows("page", "name"))
    ]
    assert len(kept) <= SCOPES
    assert SCOPES + 2 in kept
