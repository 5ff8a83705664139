from playwright.sync_api import Page


def test_a_picture_opens_large_and_escape_returns_to_it(page: Page, own_url: str) -> None:
    page.goto(own_url + "docker/", wait_until="networkidle")
    assert page.evaluate("typeof GLightbox") == "undefined"
    picture = page.locator("a.glightbox").nth(1)
    picture.focus()
    page.keyboard.press("Enter")
    large = page.locator(".gslide.current img")
    large.wait_for()
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    # The theme adds the section that is being read.
    assert page.url.split("#")[0] == own_url + "docker/"
    assert page.locator(".gclose").get_attribute("aria-label") == "关闭"
    page.keyboard.press("Escape")
    page.locator(".glightbox-container").wait_for(state="detached")
    assert picture.evaluate("link => link === document.activeElement")


def test_a_phone_takes_a_small_copy_and_zoom_opens_the_original(phone: Page, own_url: str) -> None:
    phone.goto(own_url + "docker/", wait_until="networkidle")
    picture = phone.locator("a.glightbox > img[srcset]").first
    picture.scroll_into_view_if_needed()
    phone.wait_for_function("image => image.complete", arg=picture.element_handle())
    shown = picture.evaluate("image => [image.currentSrc, image.naturalWidth, image.width]")
    assert shown[0].endswith(".webp") and shown[1] > 0
    assert 0 < shown[2] <= 390
    picture.click()
    large = phone.locator(".gslide.current img")
    large.wait_for()
    assert large.evaluate("image => image.currentSrc") == picture.evaluate("image => image.src")
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
