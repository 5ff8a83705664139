from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from mkdocs_bridge.cache.page_build import contribute_key, keep, kept, page_build


def a_page(uri: str) -> Page:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": "docs", "site_dir": "site"})
    return Page(None, File(uri, "docs", "site", True), config)


def test_what_is_kept_belongs_to_one_page() -> None:
    git, linux = a_page("git.md"), a_page("linux.md")
    keep(git, "sections", ["用 Git"])
    contribute_key(git, "title of linux.md")
    assert kept(git, "sections") == ["用 Git"]
    assert kept(linux, "sections", []) == []
    assert page_build(git).contributions == ["title of linux.md"]
    assert page_build(linux).contributions == []
