"""The page as Markdown on the clipboard, and a report that quotes what is selected."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser
from site_builder import build_site
from site_server import serve


@pytest.fixture(scope="module")
def reported_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of a site that has a repository."""
    built = build_site(
        tmp_path_factory.mktemp("reported"),
        {"index.md": "# 首页\n", "page.md": "# 题\n\n## 第二节 {#two}\n\n错误的话在这里。\n"},
        env={"REPO_URL": "https://github.com/example/docs"},
    )
    with serve(built.site_dir) as url:
        yield url + "page/"


def test_the_button_copies_the_page(browser: Browser, own_url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(own_url + "docker/install/", wait_until="networkidle")
    page.locator(".page-tools__copy").click()
    page.wait_for_selector(".md-dialog--active")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("---\ntitle:") and "docker run hello-world" in text
    context.close()


def test_a_selection_can_be_reported(browser: Browser, reported_url: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(reported_url, wait_until="networkidle")
    page.evaluate(
        "() => { const text = document.querySelector('#two').nextElementSibling.firstChild;"
        " getSelection().setBaseAndExtent(text, 0, text, 4); }"
    )
    button = page.locator(".report-selection")
    button.wait_for(state="visible")
    asked = parse_qs(urlsplit(str(button.get_attribute("href"))).query)
    assert "> 错误的话" in asked["body"][0]
    assert "第二节" in asked["body"][0] and "page.md" in asked["body"][0]
    box = button.bounding_box()
    assert box is not None and box["x"] + box["width"] <= 390
    page.evaluate("getSelection().removeAllRanges()")
    button.wait_for(state="hidden")
    context.close()
