from pathlib import Path

import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n[装](git.md#安装-git) <a href='git.md#%E5%AE%89装 Git'>装</a>\n"
    "[无](git.md#没有) [顶](#top) [它的](git.md#TOP)\n",
    "git.md": "# Git\n\n## 安装 Git {#install}\n\n[自己](#安装-git) [对](#install) [下](#卸载)\n\n"
    "<h2 align='center'>卸载</h2>\n\n<h3>卸载</h3>\n\n<h3 id='own'>自己的</h3>\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("fragments"), FILES, strict=False)


def hrefs(built: Built, url: str) -> list[str]:
    return [tag["href"] for tag in built.tags(url, "a") if "#" in tag.get("href", "")]


def test_fragments_lead_to_the_heading(built: Built) -> None:
    for locale in ("", "en/"):
        assert hrefs(built, locale).count("git/#install") == 2
        own = hrefs(built, f"{locale}git/")
        assert "#安装-git" not in own
        assert own.count("#install") >= 2


def test_a_heading_of_raw_html_has_an_anchor(built: Built) -> None:
    page = built.read("git/")
    assert '<h2 id="卸载"' in page
    assert page.count('id="卸载"') == 1, "the heading with the same words has none"
    assert "<h3 id='own'" in page


def test_a_heading_that_is_nowhere_is_named_once(built: Built) -> None:
    assert len(built.warnings) == 1
    assert "docs/index.md:4:" in built.warnings[0]
    assert "'git.md' 里没有标题 '#没有'" in built.warnings[0]


def test_a_template_or_icon_that_is_not_there_is_named(tmp_path: Path) -> None:
    page = "---\ntemplate: none.html\nicon: no/such\n---\n# 首页\n"
    built = build_site(tmp_path, {"index.md": page}, strict=False)
    assert built.status == 0, built.log
    places = [line.split("docs/")[1].split(": ")[0] for line in built.warnings]
    assert places == ["index.md:2:1"]
    assert "docs/index.md:3:1: 没有名叫 'no/such' 的图标" in built.log


@pytest.mark.parametrize("closing", ["</div>\n", ""], ids=["closed", "unclosed"])
def test_a_page_that_cannot_be_converted_is_shown_as_written(tmp_path: Path, closing: str) -> None:
    deep = "<div markdown>\n\n" * 3000 + "文字\n\n" + closing * 3000
    built = build_site(tmp_path, {"index.md": "# 首页\n", "deep.md": deep}, strict=False)
    assert built.status == 0, built.log[-3000:]
    page = built.read("deep/")
    assert page.count("&lt;div markdown&gt;") == 3000
    assert "文字" in page
    assert "docs/deep.md:1:1: 从这里开始的列表、引用或标签套得太深" in built.log
