import datetime
import logging
import pickle
from pathlib import Path

import pytest

from docskit.problem import Problem, Severity
from mkdocs_bridge.cache_store import SCOPES, Store, pack, unpack


def test_plain_data_and_the_cores_dataclasses_come_back() -> None:
    problem = Problem("a.md", 1, 2, "code", Severity.INFO, "中", "en")
    value = {"day": datetime.date(2024, 4, 25), "tags": {"a"}, "problems": [problem]}
    assert unpack(pack(value)) == value


@pytest.mark.parametrize("value", [Path("x"), print, logging.getLogger("x")])
def test_what_is_not_plain_is_refused_when_it_is_stored(value: object) -> None:
    with pytest.raises((pickle.UnpicklingError, AttributeError, TypeError)):
        pack(value)


class Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("ran",))


def test_a_cache_from_elsewhere_cannot_run_anything(capsys: pytest.CaptureFixture[str]) -> None:
    import zlib

    data = pickle.dumps(Trap())
    with pytest.raises(ValueError, match="plain"):
        unpack(zlib.crc32(data).to_bytes(4, "big") + data)
    assert capsys.readouterr().out == ""


def test_a_changed_bit_is_noticed() -> None:
    packed = bytearray(pack(["text"]))
    packed[-3] ^= 1
    with pytest.raises(ValueError, match="checksum"):
        unpack(bytes(packed))


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
