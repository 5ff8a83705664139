"""A video asks nothing of another site before a reader plays it, and plays where it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from site_builder import Built

PLAYER = "<!doctype html><title>player</title><p>playing"


def strangers(page: Page) -> list[str]:
    """The addresses on other hosts that the page asks for from now on; all get a player."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=PLAYER, content_type="text/html")

    page.context.route(lambda url: "127.0.0.1" not in url and url.startswith("http"), answer)
    return asked


@pytest.mark.parametrize("key", ["", "Enter", " "])
def test_it_plays_in_its_place_after_a_click_or_a_key(
    page: Page, everything_url: str, key: str
) -> None:
    asked = strangers(page)
    page.goto(everything_url + "all/", wait_until="networkidle")
    card = page.get_by_role("button", name="一段讲解")
    expect(card).to_have_accessible_name(
        "一段讲解，题目很长，长到在手机上一定要折成两行甚至三行，看看它还在不在框里"
        " 点击播放，从 youtube-nocookie.com 加载"
    )
    card.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked == []
    before = card.bounding_box()
    if key:
        card.focus()
        page.keyboard.press(key)
    else:
        card.click()
    frame = page.locator(".video iframe")
    expect(frame.content_frame.get_by_text("playing")).to_be_visible()
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=42&autoplay=1"]
    assert frame.bounding_box() == before
    expect(frame).to_be_focused()
    assert (frame.get_attribute("title") or "").startswith("一段讲解")
    link = page.get_by_role("link", name="在 youtube.com 上看")
    expect(link).to_have_attribute("href", "https://youtu.be/dQw4w9WgXcQ?t=42")
    assert page.url.startswith(everything_url + "all/")
    # The others are cards still, and a link in a table is a link.
    assert page.locator(".video-card").count() == 2
    assert page.locator("td .video-card").count() == 0


def test_without_script_on_paper_and_on_a_phone_it_is_there(
    browser: Browser, everything_url: str
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    page = context.new_page()
    asked = strangers(page)
    page.goto(everything_url + "en/all/", wait_until="networkidle")
    card = page.get_by_role("link", name="A talk")
    expect(card).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s")
    expect(card.get_by_text("Click to play, loaded from youtube-nocookie.com")).to_be_visible()
    box = card.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.05
    for inner in card.locator("span").all():
        line = inner.bounding_box()
        assert line is not None and line["y"] >= box["y"]
        assert line["y"] + line["height"] <= box["y"] + box["height"]

    page.emulate_media(media="print")
    expect(card).to_be_visible()
    expect(card.locator(".video-note")).to_be_hidden()
    printed = "(link) => getComputedStyle(link, '::after').content"
    assert "https://www.youtube.com/watch" in card.evaluate(printed)
    assert (card.bounding_box() or box)["height"] < 100
    assert asked == []
    context.close()


def test_from_a_folder_bilibili_plays_and_youtube_is_a_link(page: Page, everything: Built) -> None:
    asked = strangers(page)
    page.goto((everything.site_dir / "all/index.html").as_uri(), wait_until="networkidle")
    # Its player refuses pages without an address.
    expect(page.get_by_role("link", name="一段讲解")).to_be_visible()
    page.get_by_role("button", name="第 2 集").click()
    expect(page.locator(".video iframe").content_frame.get_by_text("playing")).to_be_visible()
    assert len(asked) == 1 and asked[0].startswith("https://player.bilibili.com/player.html?")
    assert "p=2" in asked[0] and "autoplay=1" in asked[0]
