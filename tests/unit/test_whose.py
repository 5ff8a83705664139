"""A copy with another club's pages runs the tests of the generator, and ours runs them all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from whose import CLUB, FILES, PAGES, REPOSITORY, is_ours, names_us

# Ours also where club.yml is not.
SETTINGS = (REPOSITORY / "tests/cases/club.yml").read_text(encoding="utf-8")


def repository(folder: Path, club: str, pages: tuple[str, ...]) -> Path:
    (folder / "club.yml").write_text(club, encoding="utf-8")
    for name in pages:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    return folder


@pytest.mark.content
def test_here_everything_runs() -> None:
    assert is_ours()
    assert [name for name in FILES if not (REPOSITORY / "tests" / name).is_file()] == []


@pytest.mark.parametrize(
    ("club", "ours"),
    [
        (f"site_name: {CLUB} 文档\n", True),
        (f"site_name: 机器人社\nsite_author: {CLUB}\n", True),
        (f'site_name: !ENV [SITE_NAME, "{CLUB} 文档"]\n', True),
        ("site_name: 机器人社\nsite_author: 机器人社\n", False),
        (f"# 从 {CLUB} 复制来的\nsite_name: 机器人社  # 不是 {CLUB}\n", False),
    ],
)
def test_any_setting_with_our_name_is_ours(club: str, ours: bool) -> None:
    assert names_us(club) == ours


def test_our_own_pages_are_never_left_out_because_one_is_missing(tmp_path: Path) -> None:
    assert is_ours(repository(tmp_path, f"site_author: {CLUB}\n", PAGES))
    (tmp_path / PAGES[1]).unlink()
    with pytest.raises(ValueError, match=r"可是没有 docs/docker\.md"):
        is_ours(tmp_path)
    assert not is_ours(repository(tmp_path, "site_author: 机器人社\n", ()))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What "Use this template" makes, with the pages and the settings of another club."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        REPOSITORY / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("hooks", "tools", "overrides", "mkdocs.yml", "run.py", "Makefile"):
        (folder / name).symlink_to(REPOSITORY / name)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    repository(folder, SETTINGS.replace(CLUB, "机器人社"), ("docs/index.md", "docs/robot/arm.md"))
    return folder


def collected(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
    )


def test_a_copy_collects_the_generators_tests_and_none_of_our_pages(copy: Path) -> None:
    done = collected(copy)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    found = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert len(found) > 100
    assert found & {f"tests/{name}" for name in FILES} == set()
    assert "this_sites_own" not in done.stdout
    assert "deselected" in done.stdout


def test_a_copy_that_forgot_the_name_is_told_once_what_to_change(tmp_path: Path) -> None:
    for name in ("conftest.py", "whose.py", "picture_host.py"):
        (tmp_path / "tests").mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / "tests" / name, tmp_path / "tests")
    for name in ("hooks", "tools"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    repository(tmp_path, SETTINGS, ("docs/index.md",))
    done = collected(tmp_path)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"club.yml 里还写着 {CLUB}" in said
    assert "Traceback" not in said
