"""Pictures that are still on other hosts: asked quietly, and nothing moves, come they or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from picture_host import drawn
from playwright.sync_api import Browser, Route
from site_builder import build_site
from site_server import serve

from mkdocs_bridge.stores.outside_store import KnownPicture, OutsideStore

ADDRESSES = [f"http://h.example/picture-{number}.png" for number in range(20)]
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("outside")
    store = OutsideStore(folder / "cache")
    for address in ADDRESSES:
        store.keep(KnownPicture(address, ".png", True, 0.0, 600, 300))
    page = "".join(
        f'第 {number} 段。\n\n<img src="{address}" alt="图 {number}" width="{50 + number}%">\n\n'
        if number % 3
        else f"第 {number} 段。\n\n![图 {number}]({address})\n\n"
        for number, address in enumerate(ADDRESSES)
    )
    built = build_site(
        folder, {"index.md": f"# 图\n\n{page}"}, env={"BUILD_CACHE": str(folder / "cache")}
    )
    assert built.status == 0, built.log
    with serve(built.site_dir) as url:
        yield url


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_and_what_is_gone_says_what_it_was(
    browser: Browser, site: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    headers: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        headers.append(route.request.headers)
        if int(route.request.url.split("-")[-1].split(".")[0]) % 2:
            route.abort()
        else:
            route.fulfill(body=drawn("PNG", "", (600, 300)), content_type="image/png")

    # By https, which is known to answer; nobody answers by http.
    context.route("https://h.example/**", answer)
    page.add_init_script(SHIFTS)
    page.goto(site, wait_until="networkidle")
    for _ in range(30):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(60)
    gone = page.locator(".outside-gone")
    gone.nth(9).wait_for()
    page.wait_for_function(
        "[...document.querySelectorAll('article img')].every((image) => image.complete)"
    )
    assert gone.count() == 10
    assert [gone.nth(index).locator("span").inner_text() for index in (0, 9)] == ["图 1", "图 19"]
    assert gone.first.locator("small").inner_text() == "https" + ADDRESSES[1][4:]
    shown = page.locator("article img[referrerpolicy]")
    assert shown.count() == 10
    assert shown.evaluate_all("images => images.every((image) => image.naturalWidth === 600)")
    assert len(headers) == 20 and not any("referer" in one for one in headers)
    assert page.evaluate("window.shifted") == 0
    context.close()
