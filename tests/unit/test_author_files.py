"""An author's file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docskit.terminal import NotWrittenError, create_file, replace_file

OLD = "---\ntitle: 旧\n---\n".encode() + "字".encode() * 50_000
NEW = OLD.replace("旧".encode(), "新".encode())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "页.md"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def folder(page: Path) -> list[str]:
    return sorted(path.name for path in page.parent.iterdir())


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755])
def test_the_new_text_takes_the_place_with_mode_and_owner(page: Path, mode: int) -> None:
    page.chmod(mode)
    before = page.stat()
    replace_file(page, OLD, NEW, page.parent)
    after = page.stat()
    assert page.read_bytes() == NEW
    assert stat.S_IMODE(after.st_mode) == mode
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert folder(page) == ["页.md"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_somebody_elses_file_stays_theirs(page: Path) -> None:
    os.chown(page, 12345, 12346)
    replace_file(page, OLD, NEW, page.parent)
    assert (page.stat().st_uid, page.stat().st_gid) == (12345, 12346)


def test_an_owner_that_cannot_be_kept_is_a_reason_not_to_write(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    true = os.fstat

    def another(handle: int) -> Any:
        found = list(true(handle))
        found[4] += 1
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", another)
    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(NotWrittenError, match="权限"):
        replace_file(page, OLD, NEW, page.parent)
    assert page.read_bytes() == OLD
    assert folder(page) == ["页.md"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from docskit.terminal import NotWrittenError, create_file, replace_file
page = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (70_001, 70_001))
old = page.read_bytes()
for work in (
    lambda: replace_file(page, old, old + b"more", page.parent),
    lambda: create_file(page.with_name("new.md"), old, page.parent),
):
    try:
        work()
    except NotWrittenError as error:
        print(error)
"""


def test_a_full_disk_leaves_the_file_as_it_was(page: Path) -> None:
    """The system itself stops the writing, in the middle of a character."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(page)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": f"tools{os.pathsep}hooks", "PYTHONUTF8": "1"},
    )
    assert done.stdout.count("没有写") == 2
    assert page.read_bytes() == OLD
    assert folder(page) == ["页.md"]


@pytest.mark.parametrize("step", ["fsync", "replace", "mkstemp"])
def test_whatever_fails_on_the_way_leaves_the_file_as_it_was(
    page: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    owner: object = {"fsync": os, "replace": Path, "mkstemp": tempfile}[step]
    monkeypatch.setattr(owner, step, full)
    with pytest.raises(NotWrittenError, match="磁盘满了"):
        replace_file(page, OLD, NEW, page.parent)
    monkeypatch.undo()
    assert page.read_bytes() == OLD
    assert folder(page) == ["页.md"]


def test_no_handler_catches_the_end_of_the_program_but_the_file_beside_goes(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_file(page, OLD, NEW, page.parent)
    assert page.read_bytes() == OLD
    assert folder(page) == ["页.md"]


def _linked(page: Path) -> Path:
    link = page.with_name("link.md")
    link.symlink_to(page)
    return link


def _linked_folder(page: Path) -> Path:
    outside = page.parent.parent / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(OLD)
    (page.parent / "linked").symlink_to(outside)
    return page.parent / "linked" / "a.md"


def _with_two_names(page: Path) -> Path:
    os.link(page, page.with_name("two.md"))
    return page


def _outside(page: Path) -> Path:
    path = page.parent.parent / "a.md"
    path.write_bytes(OLD)
    return path


def _changed(page: Path) -> Path:
    page.write_bytes(OLD + b"more")
    return page


def _gone(page: Path) -> Path:
    page.unlink()
    return page


def _folder(page: Path) -> Path:
    page.unlink()
    page.mkdir()
    return page


@pytest.mark.parametrize(
    "odd", [_linked, _linked_folder, _with_two_names, _outside, _changed, _gone, _folder]
)
def test_an_odd_file_is_not_written(page: Path, odd: Callable[[Path], Path]) -> None:
    path = odd(page)
    before = {p: p.read_bytes() for p in page.parent.parent.rglob("*") if p.is_file()}
    with pytest.raises(NotWrittenError, match="没有写"):
        replace_file(path, OLD, NEW, page.parent)
    assert {p: p.read_bytes() for p in page.parent.parent.rglob("*") if p.is_file()} == before


def test_a_new_file_has_the_usual_mode_and_replaces_nothing(page: Path) -> None:
    new = page.with_name("页.en.md")
    mask = os.umask(0o027)
    try:
        create_file(new, NEW, page.parent)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640
    with pytest.raises(NotWrittenError, match="已经有"):
        create_file(new, OLD, page.parent)
    dangling = page.with_name("dangling.md")
    dangling.symlink_to(page.parent.parent / "outside.md")
    with pytest.raises(NotWrittenError, match="已经有"):
        create_file(dangling, OLD, page.parent)
    assert new.read_bytes() == NEW
    assert not (page.parent.parent / "outside.md").exists()
