"""A reader who follows a link that is wrong is told which page was meant."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("address", "title", "link"),
    [
        ("docker/instal/", "找不到这一页", "docker/"),
        ("en/docker/instal/", "Page not", "en/docker/"),
    ],
)
def test_pages_like_it_are_proposed(
    browser: Browser, own_url: str, address: str, title: str, link: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(own_url + address)
    links = page.locator("#proposals a")
    links.first.wait_for()
    assert title in page.locator("h1").inner_text()
    found = [str(item.get_attribute("href")) for item in links.all()]
    assert 1 <= len(found) <= 4
    assert all(f"/{link}" in one for one in found), found
    links.first.click()
    page.wait_for_url("**/" + link + "**")
    assert page.locator("#proposals").count() == 0
    # Only the 404 page asks for the list.
    assert sum(url.endswith("404.json") for url in asked) == 1
    context.close()
