"""Every kind of page: no request to another host, no error, nothing missing, and axe content."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

OWN = ["", "en/", "docker/", "en/docker/", "authors/", "maintain/"]
EVERYTHING = ["", "all/", "en/all/", "en/"]


def complaints(page: Page, address: str, site: str) -> list[str]:
    """What a reader's browser would complain about while the whole page is read."""
    found: list[str] = []
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith((site, "data:", "blob:"))
            else found.append(f"stranger {r.url}")
        ),
    )
    page.on("response", lambda r: found.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("console", lambda m: found.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    # The network has been idle once, so waiting for that again would not wait.
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    return found


@pytest.mark.parametrize("name", OWN)
def test_own_pages_ask_nobody_else(page: Page, own_url: str, name: str) -> None:
    assert complaints(page, own_url + name, own_url) == []


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_way_of_writing_asks_nobody_else(page: Page, everything_url: str, name: str) -> None:
    assert complaints(page, everything_url + name, everything_url) == []
    assert page.evaluate("[...document.images].filter((i) => !i.naturalWidth).length") == 0
    if "all" in name:
        assert page.locator("div.diagram > svg").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, own_url: str, everything_url: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    addresses = [own_url + name for name in OWN] + [everything_url + name for name in EVERYTHING]
    found: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address, wait_until="networkidle")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[address] = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in violations]
    context.close()
    assert found == {}


@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_no_page_is_wider_than_the_window(
    browser: Browser, everything_url: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(everything_url + "all/", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("path", ["", "docker/", "en/docker/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(page: Page, own_url: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    # Scripts come late enough that the page is painted without what they do.
    page.route("**/*.js", _later)
    page.add_init_script(
        """window.moved = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            for (const { node } of entry.sources) moved.push(node ? node.className : "?");
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(own_url + path, wait_until="networkidle")
    assert page.evaluate("moved") == []


def _later(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()
