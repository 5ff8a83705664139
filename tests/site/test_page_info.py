from pathlib import Path

import pytest
from site_builder import Built, build_site

PAGE = "---\nauthor: ISC-WEB\ndate: 2024-04-25\n---\n# 标题\n\n正文。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(
        tmp_path_factory.mktemp("info"),
        {"index.md": "# 首页\n", "git.md": PAGE, "plain.md": "没有标题的一页。\n"},
    )


def test_author_and_date_stand_between_title_and_text(built: Built) -> None:
    html = built.read("git/").split("<body")[1]
    places = [html.index(text) for text in ("</h1>", "ISC-WEB</span>", "2024-04-25", "<p>正文")]
    assert places == sorted(places)
    assert "April 25, 2024" in built.read("en/git/")


def test_a_page_without_a_title_gets_one_from_its_name(built: Built) -> None:
    html = built.read("plain/")
    assert html.count("<h1") == 1
    assert html.index("Plain</h1>") < html.index("分钟读完") < html.index("没有标题的一页")


def test_without_the_hook_nothing_of_it_is_shown(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"index.md": "# 首页\n", "git.md": PAGE}
    off = build_site(tmp_path, files, without_hook="page_info.py", strict=False)
    assert off.status != 0 or "2024-04-25" not in off.read("git/")


def test_a_page_that_begins_with_a_lower_heading_has_one_title(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "README.md": "说明\n",
        "run.md": "## 5.1 启动\n\n正文\n\n### 5.1.1 概述\n",
    }
    for _ in ("from nothing", "from the cache"):
        built = build_site(tmp_path, files)
        html = built.read("run/")
        assert "<title>5.1 启动 - " in html
        assert html.count("<h1") == 1
        assert "5.1 启动" in html[html.index("<h1") : html.index("</h1>")]
        navigation = html[html.index("md-nav--primary") : html.index("<article")]
        assert "首页" in navigation and "5.1 启动" in navigation
        (tmp_path / "docs" / "other.md").write_text("# 别的\n", encoding="utf-8")
