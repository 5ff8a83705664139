"""What is left out of the pages for their size is missed by nobody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

LOOKS = """entry => {
  const link = entry.firstElementChild
  const looks = () => [entry, link].flatMap(element => [null, "::before", "::after"].map(part => {
    const style = getComputedStyle(element, part)
    return [...style].map(name => `${name}: ${style.getPropertyValue(name)}`).join("; ")
  }))
  const plain = looks()
  entry.classList.add("md-nav__item")
  link.classList.add("md-nav__link")
  return [plain, looks()]
}"""


@pytest.mark.parametrize("width", [390, 1440])
def test_an_entry_of_the_navigation_looks_as_if_it_had_the_classes(
    browser: Browser, own_url: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(own_url + "docker/install/")
    for kind in ("li:not([class])", "li.pruned"):
        plain, classed = page.locator(f".md-sidebar--primary {kind}").first.evaluate(LOOKS)
        assert plain == classed
    link = page.locator(".md-sidebar--primary li:not([class]) > a").first
    assert link.evaluate("link => getComputedStyle(link).display") == "flex"
    weight = "link => getComputedStyle(link).fontWeight"
    section = page.locator(".md-sidebar--primary li.pruned > a").first
    assert section.evaluate(weight) == ("650" if width == 1440 else "400")
    context.close()


def test_the_icons_have_their_colour_and_shape(browser: Browser, own_url: str) -> None:
    for colours in ("none", "active"):
        context = browser.new_context(forced_colors=colours)
        page = context.new_page()
        page.goto(own_url + "docker/install/")
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        icons = page.locator("svg[class^='i-']").evaluate_all(
            """icons => icons.map(icon => {
              const style = getComputedStyle(icon)
              return [style.backgroundColor, style.maskImage.slice(0, 15)]
            })"""
        )
        assert len(icons) > 10
        for paint, shape in icons:
            assert paint not in {canvas, "rgba(0, 0, 0, 0)"}
            assert shape == 'url("data:image'
        context.close()


def test_tabs_are_as_the_reader_left_them(page: Page, everything_url: str) -> None:
    page.goto(everything_url + "all/", wait_until="networkidle")
    blocks = page.locator(".tabbed-block")
    page.locator(".tabbed-labels > label").nth(1).click()
    expect(blocks.nth(1)).to_be_visible()
    page.reload()
    expect(blocks.nth(1)).to_be_visible()
    first = page.locator(".tabbed-set > input").first.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{everything_url}all/#{first}")
    expect(blocks.nth(0)).to_be_visible()
