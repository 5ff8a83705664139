"""Every kind of page: no request to another host, no error, nothing missing, and axe content."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from site_builder import Built

OWN = ["", "en/", "docker/", "en/docker/", "authors/", "maintain/", "tags/linux/"]
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


# What the parser paints while the page is still arriving moves on a busy machine and says
# nothing; what moves once the whole page is there (its scripts are its last elements) does.
MOVED = """window.moved = [];
    let whole = Infinity;
    new MutationObserver((_, observer) => {
      if (!document.querySelector("body > script[src]")) return;
      whole = performance.now();
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.startTime >= whole)
          for (const { node } of entry.sources) moved.push(node ? node.className : "?");
    }).observe({ type: "layout-shift", buffered: true });"""


def test_on_a_phone_nothing_moves_on_any_page_and_none_asks_a_stranger(
    browser: Browser, own_site: Built, own_url: str
) -> None:
    addresses = own_site.read("addresses.txt").splitlines()
    pages = [
        address
        for address in addresses
        if 'http-equiv="refresh"' not in own_site.read(address or "./")
    ]
    assert len(pages) > 50
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.route("**/*.js", _later)
    context.add_init_script(MOVED)
    found: dict[str, object] = {}
    for address in pages:
        # A busy machine paints half a header now and then; what moves on its own moves twice.
        for _ in range(2):
            page = context.new_page()
            said = complaints(page, own_url + quote(address), own_url)
            moved = page.evaluate("moved")
            page.close()
            if said or not moved:
                break
        if said or moved:
            found[address] = [*said, *(f"moved: {name}" for name in moved)]
    context.close()
    assert found == {}


@pytest.mark.parametrize("path", ["", "docker/", "en/docker/network/"])
def test_nothing_moves_on_a_desktop(page: Page, own_url: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 844})
    # Scripts come late enough that the page is painted without what they do.
    page.route("**/*.js", _later)
    page.add_init_script(MOVED)
    page.goto(own_url + path, wait_until="networkidle")
    assert page.evaluate("moved") == []


def _later(route: Route) -> None:
    time.sleep(0.1)
    route.continue_()
