"""The site with the keyboard alone: every stop is seen, and everything can be opened and left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PAGES = (
    "",
    "docker/",
    "authors/markdown/",
    "docker/glossary/",
    "translations/",
    "en/docker/",
    "404.html",
)
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A box without a face of its own shows its focus on its label.
  let shown = element;
  if (element.matches("input[type=radio], input[type=checkbox]"))
    shown = document.querySelector(`label[for="${element.id}"]:not([hidden])`)
      || element.nextElementSibling || element;
  const box = shown.getBoundingClientRect();
  const header = document.querySelector(".md-header").getBoundingClientRect();
  const style = getComputedStyle(shown), own = getComputedStyle(element);
  const label = element.id && document.querySelector(`label[for="${element.id}"]`);
  return {
    name: (element.innerText || element.ariaLabel || element.title || element.id).trim(),
    text: element.outerHTML.slice(0, 160),
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
      && style.visibility !== "hidden",
    focused: [style, own].some(s => s.outlineStyle !== "none" || s.boxShadow !== "none"),
    covered: !!element.closest("article") && box.bottom <= header.bottom,
  };
}"""


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => window.component$")  # the theme's scripts have run


def walk(page: Page, key: str) -> list[dict[str, object]]:
    """Every stop that `key` comes to, from nowhere to the end of the page or its skip link."""
    stops: list[dict[str, object]] = []
    for _ in range(300):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
        if key != "Tab" and "md-skip" in stop["text"]:
            return stops
    pytest.fail("the keyboard never comes out again")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_stop_is_seen(
    request: pytest.FixtureRequest, own_url: str, device: str, path: str
) -> None:
    page: Page = request.getfixturevalue(device)
    ready(page, own_url + path)
    stops = walk(page, "Tab")
    assert len(stops) > 8
    assert "skip" in str(stops[0]["text"])
    assert [stop for stop in stops if not stop["seen"] or not stop["focused"]] == []


@pytest.mark.parametrize("device", ["page", "phone"])
def test_backwards_no_stop_lies_below_the_header(
    request: pytest.FixtureRequest, everything_url: str, device: str
) -> None:
    page: Page = request.getfixturevalue(device)
    ready(page, everything_url + "all/")
    page.locator("footer a").last.focus()
    # The button to the top goes once the page has scrolled down, and with it the focus it had.
    page.wait_for_function("document.querySelector('.md-top').tabIndex < 0")
    stops = walk(page, "Shift+Tab")
    assert len(stops) > 30
    assert [s for s in stops if not s["seen"] or not s["focused"] or s["covered"]] == []


def test_the_skip_link_leads_to_the_text(page: Page, own_url: str) -> None:
    ready(page, own_url + "docker/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "#" in page.url
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")


def test_a_phone_with_a_keyboard_opens_and_leaves_the_menu(phone: Page, own_url: str) -> None:
    ready(phone, own_url + "docker/")
    button = phone.locator('.md-header__button[for="__drawer"]')
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".md-sidebar--primary .md-nav__title").first).to_be_in_viewport()
    assert phone.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
    phone.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert phone.evaluate("document.querySelector('.md-sidebar--primary').inert")


def test_the_hidden_skip_link_lies_above_nothing(phone: Page, own_url: str) -> None:
    ready(phone, own_url + "docker/")
    phone.locator('.md-header__button[for="__drawer"]').tap(timeout=5000)
    expect(phone.locator(".md-sidebar--primary .md-nav__title").first).to_be_in_viewport()


def test_the_language_menu_opens_and_is_followed(page: Page, own_url: str) -> None:
    ready(page, own_url + "docker/")
    page.locator(".md-select button").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hreflang") == "en"
    expect(page.locator('.md-select__link[hreflang="en"]')).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/docker/")


def test_a_picture_opens_and_gives_the_focus_back(page: Page, own_url: str) -> None:
    ready(page, own_url + "docker/")
    picture = page.locator("a.glightbox").first
    picture.focus()
    page.keyboard.press("Enter")
    page.locator(".glightbox-container").wait_for()
    page.keyboard.press("Escape")
    page.locator(".glightbox-container").wait_for(state="detached")
    expect(picture).to_be_focused()


def test_the_palette_changes_with_a_key(page: Page, own_url: str) -> None:
    ready(page, own_url)
    before = page.evaluate("document.body.dataset.mdColorMedia")
    page.locator("input.md-option").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.body.dataset.mdColorMedia") != before


def test_the_language_menu_closes_with_escape(page: Page, own_url: str) -> None:
    ready(page, own_url)
    switch, link = page.locator(".md-select button"), page.locator(".md-select__link").first
    switch.focus()
    page.keyboard.press("Tab")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    expect(switch).to_be_focused()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()


@pytest.mark.parametrize("leave", ["field", "result"])
def test_the_search_gives_the_focus_back(page: Page, own_url: str, leave: str) -> None:
    ready(page, own_url + "docker/")
    link = page.locator("article a.external").first
    link.focus()
    page.keyboard.press("/")
    field = page.locator(".md-search__input")
    expect(field).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()
    if leave == "result":
        page.keyboard.insert_text("数据卷")
        page.keyboard.press("Shift")
        results = page.locator(".md-search-result__link")
        results.nth(1).wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(results.nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        for stop in (".md-search__options a", "[type=reset]", ".md-search__scrollwrap"):
            page.keyboard.press("Tab")
            expect(page.locator(stop)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(results.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()


def test_leaving_the_search_closes_it(page: Page, own_url: str) -> None:
    ready(page, own_url + "docker/")
    page.keyboard.press("/")
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#__search")).not_to_be_checked()


def test_a_phone_with_a_keyboard_opens_and_leaves_the_search(phone: Page, own_url: str) -> None:
    ready(phone, own_url + "docker/")
    button = phone.locator('.md-header__button[for="__search"]')
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".md-search__input")).to_be_focused()
    expect(phone.locator("#__search")).to_be_checked()
    phone.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_missing_page_opens_the_search(page: Page, own_url: str) -> None:
    ready(page, own_url + "gone/")
    page.locator("article .md-button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()


def test_what_a_page_holds_is_worked_with_keys(page: Page, everything_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready(page, everything_url + "all/")
    tabs = page.locator(".tabbed-block")
    page.locator(".tabbed-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(tabs.nth(1)).to_be_visible()
    expect(tabs.nth(0)).not_to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(tabs.nth(0)).to_be_visible()
    folded = page.locator("article details.question")
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(folded).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(folded).not_to_have_attribute("open", "")
    copy = page.locator('.md-code__button[data-md-type="copy"]').nth(1)
    copy.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-dialog")).to_contain_text("已复制")
    expect(copy).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()").startswith("docker run --rm")
