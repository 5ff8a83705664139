from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a.md": "---\ntags: [容器, C#, 网络, a/b, 🐳]\n---\n# 甲\n\n这一页说容器怎样连上网络。\n",
    "b.md": "---\n分类: [容器, a b]\n---\n# 乙\n",
    "b.en.md": "---\ntags: [container, only]\n---\n# Second\n",
    "c.md": "# 丙\n\n看[戊](e.md)。\n",
    # A translation says nothing of tags.
    "a.en.md": "# First\n\nText.\n",
    "d.md": "---\ndraft: true\ntags: [未发布]\n---\n# 丁\n",
    "e.md": "---\ntags: [自己的]\n---\n# 戊\n",
    # An author's own page at the address of a tag's.
    "tags/自己的.md": "# 我写的\n",
    "glossary.yml": "- {zh: 容器, en: container}\n",
    **{
        f"many/{n}.md": f"---\ntags: {[f't{n}{more}' for more in range(20)]}\n---\n# 第 {n} 页\n"
        for n in range(5)
    },
    "many/z.md": "# 己\n\n看[戊](../e.md)。\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    env = {"SITE_URL": "https://example.org/docs/"}
    return build_site(tmp_path_factory.mktemp("tags"), FILES, env=env)


def chips(built: Built, url: str) -> list[str]:
    """Where the tags of the page at `url` lead, from the site's root."""
    links = [tag["href"] for tag in built.tags(url, "a") if tag.get("class") == "md-tag"]
    return [unquote(urljoin(f"/{url}", href))[1:] for href in links]


def links(built: Built, url: str) -> set[str]:
    return {unquote(urljoin(f"/{url}", tag["href"]))[1:] for tag in built.tags(url, "a")}


def test_a_page_shows_its_tags_as_links_to_pages_that_are_there(built: Built) -> None:
    assert built.status == 0, built.log
    slugs = ["container", "c-sharp", "网络", "a-b", "spouting-whale"]
    assert chips(built, "a/") == [f"tags/{slug}/" for slug in slugs]
    assert chips(built, "en/a/") == [f"en/tags/{slug}/" for slug in slugs]
    assert chips(built, "en/b/") == ["en/tags/container/", "en/tags/only/"]
    assert chips(built, "c/") == []
    pages = [path.parent for path in built.site_dir.rglob("index.html")]
    every = {
        link
        for path in pages
        for link in chips(built, f"{path.relative_to(built.site_dir)}/".removeprefix("./"))
    }
    assert len(every) > 200
    assert all((built.site_dir / link / "index.html").is_file() for link in every)
    # In an address there is nothing but what a browser sends as it is.
    hrefs = [tag["href"] for tag in built.tags("a/", "a") if tag.get("class") == "md-tag"]
    assert all(href.isascii() for href in hrefs)


def test_the_page_of_a_tag_names_its_pages_in_its_language(built: Built) -> None:
    zh, en = built.article("tags/container/"), built.article("en/tags/container/")
    assert "标签：容器" in zh and "2 页" in zh and ">甲</a>" in zh and ">乙</a>" in zh
    assert "这一页说容器怎样连上网络。" in zh
    assert "Tag: container" in en and "2 pages" in en and ">Second</a>" in en
    assert {"a/", "b/", "tags/"} <= links(built, "tags/container/")
    assert "1 page " in built.article("en/tags/c-sharp/")


def test_the_page_of_all_tags_has_each_with_its_count(built: Built) -> None:
    assert len(chips(built, "tags/")) == len(set(chips(built, "tags/"))) == 106
    assert chips(built, "tags/")[:2] == ["tags/a-b/", "tags/container/"]
    assert "en/tags/only/" in chips(built, "en/tags/")
    assert '容器 <span class="tag-count">2</span>' in built.article("tags/")


def test_search_engines_are_told_of_the_twin_where_there_is_one(built: Built) -> None:
    def told(url: str) -> dict[str, str]:
        return {
            tag.get("hreflang") or tag["rel"]: unquote(tag["href"])
            for tag in built.tags(url, "link")
            if tag.get("hreflang") or tag["rel"] == "canonical"
        }

    home = "https://example.org/docs/"
    assert told("en/tags/网络/") == {
        "canonical": f"{home}en/tags/网络/",
        "zh": f"{home}tags/网络/",
        "en": f"{home}en/tags/网络/",
        "x-default": f"{home}tags/网络/",
    }
    assert told("en/tags/only/") == {"canonical": f"{home}en/tags/only/"}
    assert not (built.site_dir / "tags/only").exists()


def test_pages_of_tags_are_found_by_tags_alone(built: Built) -> None:
    for name in ("sitemap.xml", "feed.xml", "llms.txt", "addresses.txt", "search/zh.js"):
        text = unquote(built.read(name))
        assert "tags/container" not in text and "标签：" not in text, name
    # Not in the navigation either.
    assert "tags/container/" not in links(built, "c/")


def test_a_draft_gives_no_tag(built: Built) -> None:
    assert not (built.site_dir / "tags/未发布").exists()


def test_an_authors_page_keeps_its_address_and_he_is_told(built: Built) -> None:
    assert "我写的" in built.article("tags/自己的/")
    assert chips(built, "e/") == ["tags/自己的/"]
    assert "docs/tags/自己的.md: 标签“自己的”" in built.log


def test_tags_that_differ_in_signs_are_one_and_told(built: Built) -> None:
    assert "docs/b.md:2: 标签“a b”和 a.md 的“a/b”只差符号" in built.log
    assert {"a/", "b/"} <= links(built, "tags/a-b/")


def test_related_pages_stand_below_the_text(built: Built) -> None:
    assert 'class="related"' in built.article("a/") and ">乙</a>" in built.article("a/")
    # It links here; the page before does too, and is offered as such.
    assert ">己</a>" in built.article("e/")
    assert 'class="related"' not in built.article("many/3/")


def test_without_directory_urls_the_tags_lead_to_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n",
        "a.md": "---\ntags: [C#, index]\n---\n# 甲\n",
    }
    flat = build_site(tmp_path, files, config={"use_directory_urls": False})
    assert flat.status == 0, flat.log
    hrefs = [tag["href"] for tag in flat.tags("a.html", "a") if tag.get("class") == "md-tag"]
    assert hrefs == ["tags/c-sharp.html", "tags/index-tag.html"]
    assert all((flat.site_dir / href).is_file() for href in hrefs)
