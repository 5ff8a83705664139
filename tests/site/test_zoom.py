import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n![图](a.svg)\n",
    "plain.md": "---\nglightbox: false\n---\n# 不放大\n\n![图](a.svg)\n",
    "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("zoom"), FILES)


def test_pictures_are_links_to_themselves_in_every_language(built: Built) -> None:
    for url, target in (("", "a.svg"), ("en/", "../a.svg")):
        links = [tag for tag in built.tags(url, "a") if tag.get("class") == "glightbox"]
        assert [link["href"] for link in links] == [target]
    assert not any(tag.get("class") == "glightbox" for tag in built.tags("plain/", "a"))


def test_the_script_and_style_come_from_the_site(built: Built) -> None:
    for name in ("stylesheets/glightbox.min.css", "javascripts/glightbox.min.js"):
        assert (built.site_dir / "assets" / name).stat().st_size > 1000
