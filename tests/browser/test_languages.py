"""What readers of two languages see: the switcher, notices, anchors, the 404 page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect
from site_builder import Built, build_site
from site_server import serve
from translated_site import FILES, recorded

LONG = "\n\n".join(f"第 {n} 段。" for n in range(60))
ZH = f"# 长页\n\n{LONG}\n\n## 安装\n\n{LONG}\n\n## 用法\n\n{LONG}\n"
EN = f"# Long\n\n{LONG}\n\n## Install\n\n{LONG}\n\n## Usage\n\n{LONG}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build_site(
        tmp_path_factory.mktemp("languages"),
        {**FILES, "long.md": ZH, "long.en.md": recorded(ZH, EN)},
        env={"SITE_URL": "https://example.org/docs/"},
    )
    assert built.status == 0, built.log
    return built


@pytest.fixture(scope="module")
def url(site: Built) -> Iterator[str]:
    with serve(site.site_dir) as address:
        yield address


def at_top(page: Page, text: str) -> None:
    """The heading is what the reader sees first, below the theme's header."""
    heading = page.locator("article h2", has_text=text)
    page.wait_for_function(
        "heading => { const top = heading.getBoundingClientRect().top;"
        " return top >= 0 && top < innerHeight / 3; }",
        arg=heading.element_handle(),
    )


def switch(page: Page, language: str) -> None:
    page.locator(".md-header__button[aria-label]:near(.md-select)").first.hover()
    page.locator(".md-select").hover()
    page.locator(f"a.md-select__link[hreflang={language}]").click()


def test_the_link_to_a_section_is_copied_as_it_reads(page: Page, url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{url}long/?h=用法")
    page.wait_for_function("() => window.component$")
    link = page.locator("article h2", has_text="用法").locator("a.headerlink")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-dialog")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{url}long/#用法"
    at_top(page, "用法")


def test_switching_languages_lands_on_the_same_section_and_back(page: Page, url: str) -> None:
    page.goto(f"{url}long/#用法")
    at_top(page, "用法")
    switch(page, "en")
    page.wait_for_url("**/en/long/**")
    at_top(page, "Usage")
    switch(page, "zh")
    page.wait_for_url("**/docs/long/**")
    at_top(page, "用法")


def test_a_shared_link_works_in_the_other_language(page: Page, url: str) -> None:
    page.goto(f"{url}en/long/#安装")
    at_top(page, "Install")
    page.goto(f"{url}long/#usage")
    at_top(page, "用法")
    link = page.locator("article h2 a.headerlink").last.get_attribute("href")
    assert unquote(link or "") == "#用法"


def test_a_stale_page_leads_to_the_section_that_differs(page: Page, url: str) -> None:
    page.goto(f"{url}en/stale/")
    notice = page.locator(".translation-notice")
    expect(notice).to_contain_text("has changed since this translation")
    notice.get_by_role("link", name="Install").click()
    assert page.url.endswith("#install")
    expect(page.locator("h2#install + .translation-mark")).to_be_visible()
    page.locator(".translation-notice").get_by_role("link", name="卸载").click()
    page.wait_for_url("**/docs/stale/**")
    expect(page.locator("html")).to_have_attribute("lang", "zh")


def test_a_page_without_translation_says_so_and_how_to_help(page: Page, url: str) -> None:
    page.goto(f"{url}en/missing/")
    notice = page.locator(".translation-notice")
    expect(notice).to_contain_text("not translated yet")
    assert page.locator("article h1").evaluate("h => h.closest('[lang]').lang") == "zh-CN"
    assert notice.evaluate("n => n.closest('[lang]').lang") == "en"
    notice.get_by_role("link", name="How to help").click()
    expect(page.locator("h2#help")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "language", "title", "home"),
    [
        ("nowhere/", "zh", "找不到这一页", ""),
        ("a/b/c.html", "zh", "找不到这一页", ""),
        ("en/nowhere/", "en", "Page not found", "en/"),
        ("en/a/b/", "en", "Page not found", "en/"),
        ("english/", "zh", "找不到这一页", ""),
    ],
)
def test_a_lost_reader_is_told_in_the_language_of_the_address(
    page: Page, url: str, path: str, language: str, title: str, home: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    response = page.goto(url + path)
    assert response is not None
    assert response.status == 404
    expect(page.locator("h1:visible")).to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert title in page.title()
    page.locator("article a.md-button--primary").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("article a.md-button").last.click()
    page.wait_for_url(url + home)
    assert errors == []


def test_without_scripts_a_lost_reader_is_told_in_both(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}en/nowhere/")
    expect(page.get_by_role("heading", name="找不到这一页")).to_be_visible()
    page.get_by_role("link", name="Go to the home page").click()
    assert page.url == f"{url}en/"
    context.close()
