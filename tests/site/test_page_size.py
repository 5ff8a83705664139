"""A page costs its reader the same, however many pages the site or its own folder has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_builder import Built, build_site

from docskit.pages import LONG

NEIGHBOUR = re.compile(
    r'<link rel="(?:prev|next)"[^>]*>|<a [^>]*class="md-footer__link.*?</a>', re.S
)
MANY = 3 * LONG


def build(folder: Path, pages: int) -> Built:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n",
        "docker/index.md": "# Docker\n\n正文。\n",
        "docker/run.md": "# 运行\n\n正文。\n",
        "other/index.md": "# 其他\n",
    }
    files |= {f"other/{name:03}.md": f"# 第 {name} 页\n\n正文。\n" for name in range(pages)}
    return build_site(folder, files)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("many"), MANY)


def navigation(built: Built, url: str) -> str:
    html = built.read(url)
    start = html.index('<nav class="md-nav md-nav--primary"')
    return html[start : html.index('data-md-component="content"', start)]


def test_a_page_does_not_grow_with_the_site(many: Built, tmp_path: Path) -> None:
    html = {}
    for name, built in (("few", build(tmp_path / "few", LONG - 10)), ("many", many)):
        html[name] = NEIGHBOUR.sub("", built.read("docker/run/"))
        assert "正文。" in html[name]
    # What has many pages has a page that lists them.
    assert html["few"] == html["many"]


@pytest.mark.parametrize(
    ("page", "shown", "hidden", "more"),
    [
        ("other/090/", ("第 80 页", "第 90 页", "第 100 页"), ("第 60 页", "第 120 页"), 2),
        ("other/000/", ("第 0 页", "第 20 页"), ("第 60 页", "第 179 页"), 1),
        ("other/179/", ("第 160 页", "第 179 页"), ("第 0 页", "第 120 页"), 1),
        ("other/", ("第 0 页", "第 20 页"), ("第 60 页",), 1),
        ("en/other/090/", ("第 80 页", "第 100 页"), ("第 60 页",), 2),
    ],
)
def test_a_long_folder_shows_what_is_around_the_page_and_the_way_to_the_rest(
    many: Built, page: str, shown: tuple[str, ...], hidden: tuple[str, ...], more: int
) -> None:
    html = navigation(many, page)
    for title in shown:
        assert f">{title}<" in html, title
    for title in hidden:
        assert f">{title}<" not in html, title
    links = re.findall(r'class="more"><a href="([^"#]*)#([^"]*)"', html)
    assert len(links) == more
    listing = many.read("en/contents/" if page.startswith("en/") else "contents/")
    for url, name in links:
        up = page.count("/") - ("en/" in page)
        assert url == "../" * up + "contents/"
        part = listing.split(f'id="{name}"')[1].split("</ul>")[0]
        assert part.count("<li>") == MANY + 1


def test_a_site_of_short_folders_has_no_page_of_all_pages(tmp_path: Path) -> None:
    built = build(tmp_path, 3)
    assert not (built.site_dir / "contents").exists()
    assert 'class="more"' not in built.read("other/002/")


def test_an_authors_page_of_that_name_stays_and_the_navigation_is_whole(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"index.md": "# 首页\n", "contents.md": "# 我的目录\n"}
    files |= {f"a/{name:03}.md": f"# 第 {name} 页\n" for name in range(LONG + 5)}
    built = build_site(tmp_path, files)
    assert "我的目录" in built.article("contents/")
    html = navigation(built, "a/000/")
    assert f"第 {LONG + 4} 页" in html
