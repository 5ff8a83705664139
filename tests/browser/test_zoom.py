from playwright.sync_api import Page


def test_a_picture_opens_large_and_escape_returns_to_it(page: Page, own_url: str) -> None:
    page.goto(own_url + "docker/", wait_until="networkidle")
    assert page.evaluate("typeof GLightbox") == "undefined"
    picture = page.locator("a.glightbox").nth(1)
    picture.focus()
    page.keyboard.press("Enter")
    large = page.locator(".gslide.current img")
    large.wait_for()
    assert large.evaluate("image => image.naturalWidth") > 0
    assert page.url == own_url + "docker/"
    page.keyboard.press("Escape")
    page.locator(".glightbox-container").wait_for(state="detached")
    assert picture.evaluate("link => link === document.activeElement")
