"""Search as a reader uses it, in Material's own dialog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from site_builder import REPOSITORY, Built, build_site
from site_server import serve

RESULTS = ".md-search-result__item"


def search(page: Page, query: str) -> None:
    """Open the dialog with its key and type."""
    page.wait_for_function("() => window.component$")  # the theme's scripts have run
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text(query)
    page.keyboard.press("Shift")  # a key that types nothing: the dialog listens to keys
    page.locator(f"{RESULTS}, .search-hint:not(.search-start)").first.wait_for()


def test_a_chinese_reader_finds_marks_and_opens_a_section(page: Page, own_url: str) -> None:
    page.goto(own_url)
    search(page, "数据卷")
    first = page.locator(RESULTS).first
    expect(first.locator("mark").first).to_have_text("数据卷")
    page.keyboard.press("Enter")
    page.wait_for_url("**/docker/**")
    assert "数据卷" in page.locator("article mark").first.inner_text()


def test_a_pasted_word_is_searched_for(page: Page, own_url: str) -> None:
    page.goto(own_url)
    page.wait_for_function("() => window.component$")
    page.keyboard.press("/")
    page.keyboard.insert_text("数据卷")
    page.locator(RESULTS).first.wait_for()


def test_on_a_phone_the_results_fill_the_window(phone: Page, own_url: str) -> None:
    phone.goto(own_url)
    phone.locator("label.md-header__button[for=__search]").tap()
    expect(phone.locator(".md-search__input")).to_be_focused()
    phone.keyboard.insert_text("数据卷")
    phone.keyboard.press("Shift")
    third = phone.locator(RESULTS).nth(2)
    expect(third).to_be_in_viewport()
    phone.wait_for_timeout(500)  # a tap while the dialog is still opening is lost
    third.locator("a").first.tap()
    phone.wait_for_url(re.compile(r"\?h="))
    expect(phone.locator("article mark").first).to_be_attached()


def test_only_the_readers_index_is_loaded_and_only_when_needed(page: Page, own_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(own_url + "en/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith((".js",)) and "/search/en" in url]
    search(page, "container")
    assert own_url + "search/en.js" in asked
    assert own_url + "search/zh.js" not in asked


def test_results_are_in_the_readers_language(page: Page, own_url: str) -> None:
    page.goto(own_url + "en/")
    search(page, "container")
    link = page.locator(f"{RESULTS} a").first.get_attribute("href")
    assert link is not None and link.startswith(own_url + "en/")


def test_a_link_with_a_query_opens_its_results(page: Page, own_url: str) -> None:
    page.goto(own_url + "?q=容器")
    expect(page.locator(f"{RESULTS} mark").first).to_have_text("容器")


def test_nothing_found_suggests_something(page: Page, own_url: str) -> None:
    page.goto(own_url)
    search(page, "xyzzy")
    hint = page.locator(".search-hint")
    expect(hint).to_contain_text("没有哪一页写到这些")
    target = hint.locator("a").first.get_attribute("href")
    assert target is not None and page.request.get(target).ok


def test_a_corrected_word_is_said(page: Page, own_url: str) -> None:
    page.goto(own_url)
    search(page, "dokcer")
    expect(page.locator(".search-hint")).to_contain_text("docker")


def test_what_fits_only_in_part_comes_under_an_honest_line(page: Page, own_url: str) -> None:
    page.goto(own_url)
    search(page, "镜花水月")
    expect(page.locator(".search-hint")).to_contain_text("没有完全符合的")
    expect(page.locator(RESULTS).first).to_be_visible()


def test_ctrl_k_opens_a_dialog_in_the_middle_of_a_wide_screen(page: Page, own_url: str) -> None:
    page.goto(own_url)
    page.wait_for_function("() => window.component$")
    expect(page.locator(".search-key")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text("docker run")
    page.locator(RESULTS).first.wait_for()
    box = page.locator(".md-search__form").bounding_box()
    size = page.viewport_size
    assert box is not None and size is not None
    assert abs(box["x"] + box["width"] / 2 - size["width"] / 2) < 2
    expect(page.locator(f"{RESULTS} code").first).to_be_visible()
    expect(page.locator(f"{RESULTS} .search-path").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"\d"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()


def test_what_was_searched_for_and_opened_is_offered_again_and_forgotten(
    page: Page, own_url: str
) -> None:
    page.goto(own_url)
    search(page, "数据卷")
    page.keyboard.press("Enter")
    page.wait_for_url("**/docker/**")
    page.wait_for_function("() => window.component$")
    page.keyboard.press("/")
    again = page.locator(".search-recent button")
    expect(again).to_have_text(["数据卷"])
    again.click()
    expect(page.locator(f"{RESULTS} mark").first).to_have_text("数据卷")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator(".search-forget").click()
    expect(page.locator(".search-recent")).to_have_count(0)
    assert page.evaluate("Object.values(localStorage).join().includes('数据卷')") is False


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose Chinese texts are a file of their own, with plain file names."""
    numbers = "\n\n".join(
        " ".join(str(n * 7919 % 1_000_003) for n in range(row, row + 5000))
        for row in range(0, 85_000, 5000)
    )
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n[存放](data/volume.md)\n",
        "index.en.md": "# Home\n\nRead on.\n",
        "data/volume.md": "# 存放\n\n匿名数据卷的迁移。\n",
        "data/volume.en.md": "# Storage\n\nHow to move a volume.\n",
        "long.md": f"# 许多数字\n\n{numbers}\n",
    }
    config: dict[str, object] = {"use_directory_urls": False}
    built = build_site(tmp_path_factory.mktemp("large"), files, config=config)
    assert built.status == 0, built.log
    assert (built.site_dir / "search" / "zh.texts.js").is_file()
    return built


def test_search_works_in_both_languages_from_a_folder_without_a_server(
    page: Page, large: Built
) -> None:
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    for home, query, title in (
        ("index.html", "数据卷", "存放"),
        ("en/index.html", "volumes", "Storage"),
    ):
        address = (large.site_dir / home).as_uri()
        page.goto(address)
        search(page, query)
        expect(page.locator(f"{RESULTS} mark").first).to_have_text(query.removesuffix("s"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/data/volume.html*")
        assert page.url.startswith(address.removesuffix("index.html"))
        expect(page.locator("article h1")).to_contain_text(title)
        expect(page.locator("article mark").first).to_be_visible()
        page.goto(f"{address}?q={query}")
        expect(page.locator(f"{RESULTS} mark").first).to_be_visible()
    # A slow browser leaves out the passage from page to page and says so.
    assert [error for error in failed if not error.startswith("Transition was")] == []


def test_titles_answer_while_the_texts_are_on_their_way(page: Page, large: Built) -> None:
    held: list[Route] = []
    page.context.route("**/zh.texts.js", lambda route: held.append(route))
    with serve(large.site_dir) as url:
        page.goto(url)
        search(page, "存放")
        expect(page.locator(f"{RESULTS} h1 mark").first).to_have_text("存放")
        expect(page.locator(".search-hint")).to_contain_text("正文还在下载")
        page.keyboard.insert_text(" 匿名")
        page.keyboard.press("Shift")
        page.wait_for_timeout(200)
        for _ in range(100):
            if not held:
                page.wait_for_timeout(50)
        assert len(held) == 1  # asked for once, whatever is typed meanwhile
        held[0].continue_()
        expect(page.locator(f"{RESULTS} mark", has_text="匿名")).to_be_visible()
        expect(page.locator(".search-hint")).to_have_count(0)


def test_switching_the_language_without_loading_a_page_switches_the_index(
    page: Page, tmp_path: Path
) -> None:
    theme = {
        "custom_dir": str(REPOSITORY / "overrides"),
        "features": ["navigation.instant", "search.highlight", "search.suggest"],
    }
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n容器。\n\n[下一页](next.md)\n",
        "index.en.md": "# Home\n\nA container.\n",
        "next.md": "# 下一页\n\n镜像。\n",
        "next.en.md": "# Next\n\nAn image.\n",
    }
    with serve(tmp_path / "site") as url:
        # Instant navigation follows only what the sitemap names, port and all.
        env = {"SITE_URL": url}
        built = build_site(tmp_path, files, config={"theme": theme}, strict=False, env=env)
        assert built.status == 0, built.log
        page.goto(url, wait_until="networkidle")
        page.evaluate("window.same = true")
        page.get_by_role("link", name="下一页").first.click()
        page.wait_for_url("**/next/")
        assert page.evaluate("window.same")
        page.wait_for_timeout(300)  # the theme closes the dialog a moment after a navigation
        search(page, "容器")
        expect(page.locator(f"{RESULTS} mark").first).to_have_text("容器")
        page.keyboard.press("Escape")
        page.locator("a[hreflang=en]").first.evaluate("link => link.click()")
        page.wait_for_url("**/en/**")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        search(page, "container")
        link = page.locator(f"{RESULTS} a").first
        expect(link).to_have_attribute("href", f"{url}en/?h=container")
