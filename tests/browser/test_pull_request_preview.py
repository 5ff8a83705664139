"""The site as a pull request makes it, under /pr/7/ of the published one, in no index."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from site_builder import Built
from site_server import serve

from previews import LEFT_OUT, add_preview


@pytest.fixture(scope="module")
def preview_url(own_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the preview is served; the site around it has one page that reads otherwise."""
    folder = tmp_path_factory.mktemp("preview")
    with zipfile.ZipFile(folder / "7.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in own_site.site_dir.rglob("*"):
            archive.write(path, path.relative_to(own_site.site_dir).as_posix())
    shutil.copytree(own_site.site_dir, folder / "site")
    assert add_preview(folder / "7.zip", folder / "site", 7) > 200
    with serve(folder / "site") as url:
        yield f"{url}pr/7/"


def test_search_links_and_languages_stay_within_the_preview(page: Page, preview_url: str) -> None:
    strange: list[str] = []
    page.on(
        "response", lambda r: strange.append(f"{r.status} {r.url}") if r.status >= 400 else None
    )
    page.on(
        "request",
        lambda r: None if r.url.startswith(preview_url) else strange.append(f"outside {r.url}"),
    )
    page.goto(f"{preview_url}git/")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    links = page.eval_on_selector_all(
        "a[href]", "all => all.map(a => a.href).filter(url => url.startsWith(location.origin))"
    )
    assert len(links) > 50
    assert [link for link in links if not link.startswith(preview_url)] == []
    page.keyboard.press("/")
    page.keyboard.type("容器")
    result = page.locator(".md-search-result__link, .search-result a").first
    result.wait_for()
    assert str(result.evaluate("a => a.href")).startswith(preview_url)
    page.keyboard.press("Escape")
    page.goto(f"{preview_url}en/docker/")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert strange == []


def test_the_site_lists_no_preview(preview_url: str, own_site: Built, page: Page) -> None:
    for name in sorted(LEFT_OUT):
        assert page.request.get(f"{preview_url}{name}").status == 404
    root = preview_url.removesuffix("pr/7/")
    listed = page.request.get(f"{root}addresses.txt").text()
    assert listed == own_site.read("addresses.txt")
    assert "pr/7" not in listed + page.request.get(f"{root}sitemap.xml").text()
