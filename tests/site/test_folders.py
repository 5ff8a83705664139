"""Any folder of Markdown is a site, without a list of its pages."""

import os
import subprocess
from pathlib import Path

import pytest
from site_builder import REPOSITORY, Built, build_site


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Pages without any index."""
    return build_site(
        tmp_path_factory.mktemp("loose"),
        {"笔记/第一天.md": "# 第一天的笔记\n", "笔记/深/b.md": "# 更深处\n", "a.md": "# 甲\n"},
    )


def test_a_folder_without_a_home_page_gets_a_list_of_its_pages(loose: Built) -> None:
    assert loose.status == 0, loose.log
    for url, up in (("", ""), ("en/", "")):
        hrefs = [tag.get("href") for tag in loose.tags(url, "a")]
        assert f"{up}a/" in hrefs
        assert "第一天的笔记</a>" in loose.read(url)
        assert "更深处</a>" in loose.read(url)


def test_readme_is_the_index_of_its_folder(tmp_path: Path) -> None:
    built = build_site(
        tmp_path, {"README.md": "# 说明\n\n[甲](甲/README.md)\n", "甲/README.md": "# 甲的说明\n"}
    )
    assert built.status == 0, built.log
    assert "甲的说明" in built.read("甲/")
    assert "说明" in built.read("en/")


def test_order_comes_from_nav_yml(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n",
        "a.md": "# 后面\n",
        "b.md": "# 前面\n",
        ".nav.yml": "nav: [index.md, b.md, a.md]\n",
    }
    html = build_site(tmp_path, files).read("")
    nav = html[html.index("md-nav--primary") :]
    assert nav.index("前面") < nav.index("后面")


def test_sources_are_not_touched_by_a_build(tmp_path: Path) -> None:
    page = "\ufeff---\nauther: A\n---\n# 甲\r\n* a\n  * b\n\n<img src='A.PNG'>\n"
    build_site(tmp_path, {"index.md": page, "a.png": b""}, strict=False)
    docs = tmp_path / "docs"
    assert {path.name: path.read_bytes() for path in docs.iterdir()} == {
        "index.md": page.encode(),
        "a.png": b"",
    }


@pytest.mark.parametrize("absolute", [True, False])
def test_make_site_takes_any_folder(tmp_path: Path, absolute: bool) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("# 甲\n", encoding="utf-8")
    base = tmp_path if absolute else Path(os.path.relpath(tmp_path, REPOSITORY))
    done = subprocess.run(
        ["make", "site", f"DOCS={base / 'in'}", f"OUT={base / 'out'}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "a" / "index.html").is_file()
