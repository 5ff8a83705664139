import shutil
import subprocess
import sys
from pathlib import Path

from site_builder import MKDOCS, PNG, build_site


def test_a_page_is_published_in_both_languages(tmp_path: Path) -> None:
    built = build_site(
        tmp_path, {"index.md": "# 首页\n", "git.md": "# 用 Git\n", "git.en.md": "# Using Git\n"}
    )
    assert built.status == 0, built.log
    assert built.warnings == []
    assert "用 Git" in built.read("git/")
    assert "Using Git" in built.read("en/git/")


def test_a_poor_environment_builds_the_same(tmp_path: Path) -> None:
    """No git, no home, another mask, the C locale, and a folder with spaces and Chinese."""
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n![图](我的 图/甲 乙.png) [页](第一 章/用 法.md)\n",
        "第一 章/用 法.md": "---\ndate: 2024.04.25\n---\n# 用法\n\n&emsp;&emsp;文字。\n",
        "第一 章/用 法.en.md": "# Usage\n",
        "我的 图/甲 乙.png": PNG,
    }
    usual = build_site(tmp_path / "usual", files)
    poor = tmp_path / "我的 文档"
    build_site(poor, files)
    shutil.rmtree(poor / "site")
    shutil.rmtree(poor / ".cache")
    done = subprocess.run(
        [sys.executable, MKDOCS, "build", "--strict", "-f", str(poor / "mkdocs.yml")],
        env={
            "PATH": "/nowhere",
            "LC_ALL": "C",
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(poor / "docs"),
            "SITE_DIR": str(poor / "site"),
        },
        umask=0o077,
        capture_output=True,
        check=False,
    )
    assert done.returncode == usual.status == 0, done.stderr.decode(errors="replace") + usual.log
    ours, theirs = (
        {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }
        for site in (poor / "site", usual.site_dir)
    )
    assert ours.keys() == theirs.keys()
    assert [name for name in theirs if ours[name] != theirs[name]] == []


def test_a_long_build_says_how_far_it_is_in_plain_lines(tmp_path: Path) -> None:
    # The author’s page, and those on translations, tags and contributors.
    built = build_site(tmp_path, {"index.md": "# 首页\n"}, config={"extra": {"progress_after": 0}})
    for line in ("[zh] 转换 4/4", "[zh] 写出 4/4", "[en] 写出 4/4"):
        assert line in built.log.splitlines()
