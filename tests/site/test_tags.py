import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a.md": "---\ntags: [容器, C#]\n---\n# 甲\n\n正文。\n",
    "b.md": "---\n分类: 容器\n---\n# 乙\n",
    "b.en.md": "---\ntags: [container]\n---\n# Second\n",
    "c.md": "# 丙\n",
    # A translation says nothing of tags.
    "a.en.md": "# First\n\nText.\n",
    "glossary.yml": "- {zh: 容器, en: container}\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("tags"), FILES)


def chips(built: Built, url: str) -> list[str]:
    return [tag["href"] for tag in built.tags(url, "a") if tag.get("class") == "md-tag"]


def test_a_page_shows_its_tags_as_links_that_lead_somewhere(built: Built) -> None:
    assert built.status == 0, built.log
    assert chips(built, "a/") == ["../tags/#容器", "../tags/#c-23"]
    assert chips(built, "b/") == ["../tags/#容器"]
    assert chips(built, "en/a/") == ["../tags/#container", "../tags/#c-23"]
    assert chips(built, "c/") == []
    for place in ("", "en/"):
        ids = {tag.get("id") for tag in built.tags(f"{place}tags/", "h2")}
        wanted = {
            href.partition("#")[2] for page in "ab" for href in chips(built, f"{place}{page}/")
        }
        assert wanted and wanted <= ids


def test_the_page_of_all_tags_names_the_pages_in_its_language(built: Built) -> None:
    links = {tag["href"] for tag in built.tags("en/tags/", "a")}
    assert {"../a/", "../b/"} <= links
    assert "Second" in built.article("en/tags/") and "乙" in built.article("tags/")


def test_related_pages_stand_below_the_text(built: Built) -> None:
    assert 'class="related"' in built.article("a/") and ">乙</a>" in built.article("a/")
    assert 'class="related"' not in built.article("c/")
