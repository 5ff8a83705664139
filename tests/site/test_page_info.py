from pathlib import Path

import pytest
from site_builder import PNG, Built, build_site

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


NAMED = {
    "toc": ("[TOC]\n\n# 目录之后\n\n文字\n", "目录之后"),
    "logo": ("![标](a.png)\n\n# 图片之后\n", "图片之后"),
    "quote": ("> 引文\n\n# 引文之后\n", "引文之后"),
    "anchor": ('<a name="top"></a>\n\n# 锚点之后\n', "锚点之后"),
    "html": ('<p align="center"><img src="a.png"></p>\n\n# 居中之后\n', "居中之后"),
    "switch": ("[English](en.md) | 中文\n\n# 切换之后\n", "切换之后"),
    "comment": ("<!-- # 注 -->\n\n# 注释之后\n", "注释之后"),
    "raw": ('<div align="center">\n<h1 align="center">原样</h1>\n</div>\n\n文字\n', "原样"),
    "below": ("先说几句。\n\n## 安装\n\n文字\n\n## 使用\n", "安装"),
    "docker/README": ("没有标题。\n", "Docker"),
    "web-site/index": ("没有标题。\n", "Web site"),
}


def test_a_page_is_called_by_its_heading_wherever_it_stands_or_by_its_folder(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {f"{name}.md": text for name, (text, _) in NAMED.items()}
    files |= {"index.md": "# 首页\n", "en.md": "# English\n", "a.png": PNG}
    for _ in ("from nothing", "from the cache"):
        built = build_site(tmp_path, files)
        for folder in ("", "en/"):
            for name, (_, title) in NAMED.items():
                url = folder + name.removesuffix("README").removesuffix("index")
                html = built.read(url)
                assert f"<title>{title} - " in html, name
                assert html.count("<h1") == 1, name
                navigation = html[html.index("md-nav--primary") : html.index("<article")]
                assert all(other in navigation for _, other in NAMED.values())
        below = built.article("below")
        assert below.index("title-below") < below.index("分钟读完") < below.index("先说几句")
        toc = built.article("logo")
        assert toc.index("<img") < toc.index("</h1>") < toc.index("分钟读完")
        (tmp_path / "docs" / "other.md").write_text("# 别的\n", encoding="utf-8")
