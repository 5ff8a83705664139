"""`make site` twice: the second run looks, says the same and leaves the site alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY

import build_site
from build_site import unsettled_seconds

NOTHING_CHANGED = "没有变化"


def run(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    # Every variable counts, and pytest changes one between a fixture and its test.
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools/build_site.py"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **inherited,
            "PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}",
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(folder / "docs"),
            "SITE_DIR": str(folder / "site"),
            "BUILD_CACHE": str(folder / "cache"),
            **env,
        },
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("---\nauther: 我\n---\n# 首页\n", encoding="utf-8")
    first = run(tmp_path, "--strict")
    assert first.returncode == 0, first.stderr
    assert NOTHING_CHANGED not in first.stdout
    return tmp_path


def test_an_unchanged_site_is_left_alone_and_says_what_it_said(built: Path) -> None:
    page = built / "site/index.html"
    before = page.stat().st_ctime_ns
    again = run(built, "--strict")
    assert again.returncode == 0
    assert NOTHING_CHANGED in again.stdout
    assert "index.md:2" in again.stderr
    assert page.stat().st_ctime_ns == before


@pytest.mark.parametrize("change", ["page", "same size", "new file", "output", "environment"])
def test_any_change_is_built(built: Path, change: str) -> None:
    page, env = built / "docs/index.md", {}
    match change:
        case "page":
            page.write_text("# 改了\n", encoding="utf-8")
        case "same size":
            times = page.stat()
            page.write_text(page.read_text("utf-8").replace("首页", "主页"), encoding="utf-8")
            os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
        case "new file":
            (built / "docs/a.png").write_bytes(b"")
        case "output":
            (built / "site/index.html").unlink()
        case _:
            env = {"SITE_NAME": "别的名字"}
    again = run(built, "--strict", **env)
    assert again.returncode == 0, again.stderr
    assert NOTHING_CHANGED not in again.stdout
    assert (built / "site/index.html").is_file()


def test_a_failed_build_is_not_taken_for_a_finished_one(built: Path) -> None:
    (built / "docs/index.md").write_text("# 首页\n\n![](没有.png)\n", encoding="utf-8")
    for _ in range(2):
        failed = run(built, "--strict", "--no-such-option")
        assert failed.returncode != 0
        assert NOTHING_CHANGED not in failed.stdout


@pytest.mark.parametrize(("ago", "wait"), [(5, 0), (0.05, 0.15), (0, 0.2), (-3600, 0.2)])
def test_a_build_waits_for_a_fresh_change_to_settle_and_not_for_the_clock(
    ago: float, wait: float
) -> None:
    now = 1_800_000_000.0
    assert unsettled_seconds(now - ago, now) == pytest.approx(wait, abs=1e-3)


@pytest.mark.parametrize("name", ["build", "tests", "offline", "node_modules", "my_cache", ".venv"])
def test_pages_in_a_folder_of_any_name_are_looked_at(tmp_path: Path, name: str) -> None:
    """Seen in the fingerprint, which spares a build."""
    repository = tmp_path / "repository"
    for docs in (repository / name, repository / "docs" / name, tmp_path / "usr" / name):
        docs.mkdir(parents=True)
        page = docs / "a.md"
        page.write_text("# 一\n", encoding="utf-8")
        root = docs.parent if docs.parent.name == "docs" else docs
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build_site, "REPOSITORY", repository)
            before, _ = build_site.inputs(root, tmp_path / "site", [])
            page.write_text("# 二二\n", encoding="utf-8")
            after, _ = build_site.inputs(root, tmp_path / "site", [])
        assert before != after
