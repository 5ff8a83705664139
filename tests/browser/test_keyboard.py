"""The site with the keyboard alone: every stop is seen, and everything can be opened and left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

PAGES = ("", "docker/", "authors/markdown/", "docker/glossary/", "translations/", "en/docker/")
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // A box without a face of its own shows its focus on its label.
  let shown = element;
  if (element.matches("input[type=radio], input[type=checkbox]"))
    shown = document.querySelector(`label[for="${element.id}"]:not([hidden])`)
      || element.nextElementSibling || element;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown), own = getComputedStyle(element);
  const label = element.id && document.querySelector(`label[for="${element.id}"]`);
  return {
    name: (element.innerText || element.ariaLabel || element.title || element.id).trim(),
    text: element.outerHTML.slice(0, 160),
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
      && style.visibility !== "hidden",
    focused: [style, own].some(s => s.outlineStyle !== "none" || s.boxShadow !== "none"),
  };
}"""


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => window.component$")  # the theme's scripts have run


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("device", ["page", "phone"])
def test_every_stop_is_seen(
    request: pytest.FixtureRequest, own_url: str, device: str, path: str
) -> None:
    page: Page = request.getfixturevalue(device)
    ready(page, own_url + path)
    stops = []
    for _ in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail("the keyboard never comes out again")
    assert len(stops) > 10
    assert "skip" in stops[0]["text"]
    assert [stop for stop in stops if not stop["seen"] or not stop["focused"]] == []


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
