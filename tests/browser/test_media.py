"""The pages on paper, in colours of the reader's own, and wide tables on a phone."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

# A4 without its margins, at 96 dots per inch.
PAPER = 673


def test_a_printed_page_is_light_and_fits(browser: Browser, own_url: str) -> None:
    context = browser.new_context(
        viewport={"width": PAPER, "height": 900}, color_scheme="dark", locale="zh-CN"
    )
    page = context.new_page()
    page.goto(own_url + "maintain/figures/", wait_until="networkidle")
    page.emulate_media(media="print")
    for frame in (".md-header", ".md-sidebar--primary", ".md-footer", ".headerlink"):
        assert not page.locator(frame).first.is_visible(), frame
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).color") == "rgb(0, 0, 0)"
    # A page that is too wide is shrunk by the printer, all of it.
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    edges = "[...document.querySelectorAll('article :is(table, pre code)')].map"
    assert page.evaluate(f"Math.max(...{edges}(e => e.getBoundingClientRect().right))") <= PAPER
    link = "getComputedStyle(document.querySelector('a.external'), '::after').content"
    assert "http" in page.evaluate(link)
    context.close()


def test_a_short_page_is_one_sheet_of_paper(page: Page, own_url: str) -> None:
    page.goto(own_url + "404.html", wait_until="networkidle")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


def test_what_is_drawn_with_a_background_is_seen_in_the_readers_colours(
    browser: Browser, everything_url: str
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(everything_url + "all/", wait_until="networkidle")
    paint = "([e, p]) => getComputedStyle(document.querySelector(e), p).backgroundColor"
    canvas = page.evaluate(paint, ["body", None])
    for element, part in (
        (".md-code__button", "::after"),
        (".md-annotation__index", "::after"),
        (".admonition-title", "::before"),
        (".task-list-indicator", "::before"),
        (".tabbed-labels", "::before"),
    ):
        assert page.evaluate(paint, [element, part]) != canvas, element
    border = "getComputedStyle(document.querySelector('.admonition')).borderTopWidth"
    assert page.evaluate(border) == "1px"
    context.close()


def test_a_phone_has_a_closed_table_of_contents_above_the_text(
    page: Page, phone: Page, own_url: str
) -> None:
    phone.goto(own_url + "docker/")
    contents = phone.locator(".on-this-page")
    link = contents.get_by_role("link", name="基本概念")
    expect(link).not_to_be_visible()
    contents.locator("summary").tap()
    link.tap()
    expect(phone.locator("#基本概念")).to_be_in_viewport()
    page.goto(own_url + "docker/")
    expect(page.locator(".on-this-page")).not_to_be_visible()


def test_a_wide_table_scrolls_on_a_phone_and_its_words_stay_whole(
    phone: Page, everything_url: str
) -> None:
    phone.goto(everything_url + "all/", wait_until="networkidle")
    cell = phone.locator("td", has_text="内容内容内容").first
    lines = cell.evaluate("""cell => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getClientRects().length;
    }""")
    assert lines == 1
