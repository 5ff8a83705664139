from pathlib import Path

from site_builder import build_site


def test_a_page_is_published_in_both_languages(tmp_path: Path) -> None:
    built = build_site(
        tmp_path, {"index.md": "# 首页\n", "git.md": "# 用 Git\n", "git.en.md": "# Using Git\n"}
    )
    assert built.status == 0, built.log
    assert built.warnings == []
    assert "用 Git" in built.read("git/")
    assert "Using Git" in built.read("en/git/")


def test_a_long_build_says_how_far_it_is_in_plain_lines(tmp_path: Path) -> None:
    # The author’s page, and those on translations, tags and contributors.
    built = build_site(tmp_path, {"index.md": "# 首页\n"}, config={"extra": {"progress_after": 0}})
    for line in ("[zh] 转换 4/4", "[zh] 写出 4/4", "[en] 写出 4/4"):
        assert line in built.log.splitlines()


def test_without_the_hook_it_does_not(tmp_path: Path) -> None:
    built = build_site(
        tmp_path,
        {"index.md": "# 首页\n"},
        config={"extra": {"progress_after": 0}},
        without_hook="progress.py",
    )
    assert built.status == 0, built.log
    assert "[zh]" not in built.log
