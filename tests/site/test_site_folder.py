"""`make site OUT=`: a folder that holds other things is not emptied."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY, build_site

from mkdocs_bridge.folders.site_folder import MARKER, why_not


def run(folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools/build_site.py"), "--strict"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}",
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(folder / "docs"),
            "SITE_DIR": str(out),
            "BUILD_CACHE": str(folder / "cache"),
        },
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# 首页\n", encoding="utf-8")
    return tmp_path


def test_other_things_are_kept_and_named(folder: Path) -> None:
    out = folder / "homework"
    out.mkdir()
    (out / "论文.docx").write_bytes(b"years of work")
    done = run(folder, out)
    assert done.returncode == 2
    assert "里面有别的东西（论文.docx）" in done.stderr
    assert [path.name for path in out.iterdir()] == ["论文.docx"]
    # Also for who runs MkDocs itself.
    built = build_site(folder, {}, env={"SITE_DIR": str(out)})
    assert built.status != 0
    assert "里面有别的东西" in built.log
    assert "Traceback" not in built.log
    assert [path.name for path in out.iterdir()] == ["论文.docx"]


def test_our_own_site_is_written_again(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    (out / ".git").mkdir()
    assert run(folder, out).returncode == 0
    assert (out / MARKER).is_file()
    (out / "left.html").write_bytes(b"")
    (folder / "docs/a.md").write_text("# 甲\n", encoding="utf-8")
    assert run(folder, out).returncode == 0
    assert (out / "a/index.html").is_file()
    assert (out / ".git").is_dir()
    assert not (out / "left.html").exists()


@pytest.mark.parametrize("out", ["docs", "docs/site", ".", "docs/index.md"])
def test_the_pages_themselves_are_never_the_output(folder: Path, out: str) -> None:
    before = (folder / "docs/index.md").read_bytes()
    done = run(folder, folder / out)
    assert done.returncode == 2
    assert re.search("输出不能写到|网站不能写|网站要写进文件夹", done.stderr)
    assert (folder / "docs/index.md").read_bytes() == before


def test_the_repository_is_no_output_and_its_site_folder_is(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_bytes(b"")
    (tmp_path / "elsewhere").mkdir()
    assert why_not(tmp_path / "site", tmp_path / "docs", tmp_path) == ""
    assert why_not(tmp_path / "new", tmp_path / "docs", tmp_path) == ""
    assert why_not(tmp_path / "elsewhere", tmp_path / "docs", tmp_path) == ""
    assert "仓库" in why_not(tmp_path, tmp_path.parent / "docs", tmp_path)
    assert "仓库" in why_not(tmp_path.parent, "/nowhere/docs", tmp_path)
