import re

import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "index.en.md": "# Home\n",
    "git.md": "# Git 入门\n\n## 1. 提交\n\n甲\n\n## 分支 {#branch}\n",
    "git.en.md": "# Git, first steps\n\n## 1. Committing\n\nA\n\n## Branches {#branch}\n",
    "only.md": "# 只有中文\n\n## 小节\n",
    "link.md": "# 链接\n\n[到](more.md#新的一节)\n",
    "more.md": "# 更多\n\n## 旧的\n\n文\n\n## 新的一节\n\n文\n",
    "more.en.md": "# More\n\n## Old\n\nText\n",
}


def ids(built: Built, url: str) -> list[str]:
    tags = ("h1", "h2", "span")
    return sorted(a["id"] for tag in tags for a in built.tags(url, tag) if "id" in a)


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    folder = tmp_path_factory.mktemp("anchors")
    built = build_site(folder, FILES, config={"use_directory_urls": request.param})
    assert built.status == 0, built.log
    return built


def page(built: Built, name: str) -> str:
    folder = (built.site_dir / name).is_dir()
    return name if folder else f"{name}.html"


def test_both_languages_anchors_work_on_both_pages(built: Built) -> None:
    expected = sorted(["git-入门", "提交", "branch", "git-first-steps", "committing"])
    assert ids(built, page(built, "git")) == expected
    assert ids(built, page(built, "en/git")) == expected


def test_the_link_beside_a_heading_says_what_it_is_in_the_pages_language(built: Built) -> None:
    titles = {
        url: {
            a.get("title")
            for a in built.tags(page(built, url), "a")
            if a.get("class") == "headerlink"
        }
        for url in ("git", "en/git", "en/only")
    }
    assert titles == {
        "git": {"这一节的链接"},
        "en/git": {"Link to this section"},
        "en/only": {"这一节的链接"},
    }


def test_a_section_that_the_twin_lacks_is_no_authors_mistake(built: Built) -> None:
    """The strict build passes, and in English the link leads to the page."""
    assert "docs/link.md" not in built.log
    addresses = [built.article(page(built, url)) for url in ("link", "en/link")]
    assert re.search(r'href="[^"#]*more[^"#]*#新的一节">到<', addresses[0])
    assert re.search(r'href="[^"#]*more[^"#]*">到<', addresses[1])


def test_a_page_without_twin_has_its_own_anchors_only(built: Built) -> None:
    assert ids(built, page(built, "only")) == ["只有中文", "小节"]
    assert ids(built, page(built, "en/only")) == ["只有中文", "小节"]
