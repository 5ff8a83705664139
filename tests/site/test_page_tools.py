import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a/b.md": "---\nauther: 小明\n---\n# 题 & 目\n\n正文。\n",
    "a/b.en.md": "# Title\n\nText.\n",
    "c.md": "# 没有译文\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("tools")
    return build_site(folder, FILES, env={"REPO_URL": "https://github.com/example/docs"})


def links(built: Built, url: str) -> dict[str, str]:
    return {tag["class"]: tag["href"] for tag in built.tags(url, "a") if "class" in tag}


def test_the_page_leads_to_its_own_markdown(built: Built) -> None:
    assert built.status == 0, built.log
    for url, name in (("a/b/", "a/b.md"), ("en/a/b/", "en/a/b.md"), ("en/c/", "en/c.md")):
        places = [tag["data-markdown"] for tag in built.tags(url, "div") if "data-markdown" in tag]
        assert len(places) == 1
        assert (built.site_dir / url / places[0]).resolve() == (built.site_dir / name).resolve()
        assert (built.site_dir / name).is_file()


def test_the_tools_say_what_they_do(built: Built) -> None:
    for url, words in (("a/b/", ("复制 Markdown", "有错")), ("en/a/b/", ("Copy as", "Report a"))):
        assert all(word in built.article(url) for word in words)
        assert "built-in" not in built.article(url)


def test_a_mistake_is_reported_with_the_source_file(built: Built) -> None:
    report = links(built, "a/b/")["page-tools__report"]
    assert report.startswith("https://github.com/example/docs/issues/new?title=")
    assert "a%2Fb.md" in report.replace("a/b.md", "a%2Fb.md")
    assert "a/b.en.md" in links(built, "en/a/b/")["page-tools__report"].replace("%2F", "/")


def test_all_pages_are_in_one_file_as_well(built: Built) -> None:
    zh, en = built.read("llms-full.txt"), built.read("en/llms-full.txt")
    assert "正文。" in zh and "Text." not in zh
    assert "Text." in en and "status: fallback" in en
    for text in (zh, en):
        assert text.count("\ntitle: ") + text.startswith("title: ") >= 3


def test_pages_that_nobody_wrote_have_no_tools(built: Built) -> None:
    assert "page-tools" not in built.article("translations/")
