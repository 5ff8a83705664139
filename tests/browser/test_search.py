"""Search as a reader uses it, in Material's own dialog."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, Route, expect
from site_builder import REPOSITORY, Built, build_site
from site_server import serve

from docskit.search import index
from docskit.search.index import IndexedPage, index_files
from docskit.search.sections import Section

RESULTS = ".md-search-result__item"


def wait_for(page: Page, done: Callable[[], bool]) -> None:
    """Let the page go on until something is so."""
    for _ in range(400):
        if done():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came")


class Held:
    """Requests that wait until they are let go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.waiting: list[Route] = []
        self._free = False
        page.context.route(pattern, self._meet)

    def _meet(self, route: Route) -> None:
        if self._free:
            route.continue_()
        else:
            self.waiting.append(route)

    def release(self) -> None:
        self._free = True
        for route in self.waiting:
            route.continue_()


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


def test_the_link_to_share_a_search_opens_the_same_results(page: Page, own_url: str) -> None:
    page.goto(own_url + "en/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    search(page, "bind mount & volume")
    titles = page.locator(f"{RESULTS} h1").all_inner_texts()
    assert titles
    page.locator("[data-md-component=search-share]").click()
    copied = "navigator.clipboard.readText()"
    wait_for(page, lambda: "?q=" in page.evaluate(copied))
    shared = page.evaluate(copied)
    assert shared.startswith(own_url + "en/")
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator(".md-search__input")).to_have_value("bind mount & volume")
    expect(page.locator(f"{RESULTS} h1")).to_have_text(titles, use_inner_text=True)


@pytest.mark.parametrize("address", ["?q=", "?h=", "en/?q=", "en/?h=", "nowhere/?q=", "?q=x#", "#"])
def test_an_address_puts_nothing_into_the_page(page: Page, own_url: str, address: str) -> None:
    attack = "容器 container <img src=x onerror=hit()><script>hit()</script>\"'`${hit()}"
    page.add_init_script("window.hits = 0; window.hit = () => { window.hits++; }")
    page.goto(own_url + address + quote(attack))
    if "q=" in address and "nowhere" not in address:
        page.locator(f"{RESULTS} a, .search-hint").first.wait_for()
    assert page.evaluate("[window.hits, document.querySelectorAll('img[src=x]').length]") == [0, 0]


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


@pytest.fixture(scope="module")
def parted(large: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large site with an index as a very large one has."""
    site = tmp_path_factory.mktemp("parted") / "site"
    shutil.copytree(large.site_dir, site)
    lessons = [
        IndexedPage(f"lesson-{n}.html", f"第 {n} 课", [Section("", "", "别的事情，很长的一课。")])
        for n in range(40)
    ]
    volume = [Section("", "", "匿名数据卷的迁移。"), Section("_1", "命名", "起个名字。")]
    pages = [
        IndexedPage("data/volume.html", "存放", volume),
        IndexedPage("index.html", "首页", [Section("", "", "镜像与容器。")]),
        *lessons,
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "TWO_FILES", 0)
        patch.setattr("docskit.search.parts.PART", 100)
        for name, text in index_files("zh", pages).items():
            (site / "search" / name).parent.mkdir(exist_ok=True)
            (site / "search" / name).write_text(text, encoding="utf-8")
    return site


def asked_for(page: Page) -> list[str]:
    """The index files that the page and its worker ask for, as they do."""
    asked: list[str] = []

    def note(request: Request) -> None:
        path = request.url.partition("/search/")[2]
        if path.endswith(".js") and "javascripts" not in request.url:
            asked.append(path)

    page.context.on("request", note)
    return asked


def test_of_a_very_large_index_only_what_a_query_asks_for_is_loaded(
    page: Page, parted: Path
) -> None:
    asked = asked_for(page)
    with serve(parted) as url:
        page.goto(url)
        search(page, "匿名数据卷")
        expect(page.locator(f"{RESULTS} mark", has_text="匿名数据卷")).to_be_visible()
        expect(page.locator(".search-hint")).to_have_count(0)
    posted = [name for name in asked if name.startswith("zh/")]
    texts = [name for name in asked if name.startswith("texts/")]
    assert 1 <= len(posted) <= 5 < len(list((parted / "search" / "zh").iterdir()))
    assert len(set(texts)) == len(texts) == 1


def test_a_very_large_index_works_from_a_folder_without_a_server(page: Page, parted: Path) -> None:
    page.goto((parted / "index.html").as_uri())
    search(page, "数据卷")
    expect(page.locator(f"{RESULTS} mark", has_text="数据卷").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/volume.html*")


def test_a_very_large_index_works_under_a_sub_path(page: Page, parted: Path) -> None:
    with serve(parted.parent) as url:
        page.goto(url + "site/")
        search(page, "数据卷")
        expect(page.locator(f"{RESULTS} mark", has_text="数据卷").first).to_be_visible()
        link = page.locator(f"{RESULTS} a").first.get_attribute("href")
        assert link is not None and link.startswith(url + "site/data/volume.html")


def test_a_superseded_query_asks_for_no_texts_and_shows_nothing(page: Page, parted: Path) -> None:
    held = Held(page, "**/search/zh/*.js")
    asked = asked_for(page)
    with serve(parted) as url:
        page.goto(url)
        page.wait_for_function("() => window.component$")
        page.keyboard.press("/")
        page.keyboard.insert_text("匿名")
        page.keyboard.press("Shift")
        wait_for(page, lambda: len(held.waiting) > 0)
        first = len(held.waiting)
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("第 7 课")
        page.keyboard.press("Shift")
        wait_for(page, lambda: len(held.waiting) > first)
        held.release()
        expect(page.locator(f"{RESULTS} h1").first).to_have_text("第 7 课")
        expect(page.locator(".search-hint")).to_have_count(0)
        expect(page.locator(RESULTS, has_text="存放")).to_have_count(0)
    volume = next(
        path.name
        for path in (parted / "search" / "texts").iterdir()
        if "匿名数据卷" in path.read_text(encoding="utf-8")
    )
    assert f"texts/{volume}" not in asked


@pytest.mark.parametrize("broken", ["zh.js", "zh/*.js", "texts/*.js"])
def test_what_failed_to_load_is_said_and_asked_for_again(
    page: Page, parted: Path, broken: str
) -> None:
    page.context.route(f"**/search/{broken}", lambda route: route.abort())
    with serve(parted) as url:
        page.goto(url)
        search(page, "匿名数据卷")
        expect(page.locator(".search-hint")).to_contain_text("搜索没有加载成功")
        page.context.unroute(f"**/search/{broken}")
        page.keyboard.press("Backspace")
        page.keyboard.press("Shift")
        expect(page.locator(f"{RESULTS} mark", has_text="匿名数据").first).to_be_visible()
        expect(page.locator(".search-hint")).to_have_count(0)


# What readers type, by kind: the kind, what is typed, the page that answers (a pattern).
TYPED = {
    "": [
        ("an English term", "named volume", "docker/data/"),
        ("an English title", "branches", "git/branches/"),
        ("an abbreviation", "虚环", "python/"),
        ("pinyin", "shujujuan", "docker/data/"),
        ("initials", "hjbl", "docker/(deploy|glossary)/"),
        ("a question", "怎么删除没用的镜像", "docker/clean/"),
        ("a question why", "为什么容器一启动就退出", "docker/first-container/"),
        ("a command", "docker run -d", "docker/first-container/"),
        ("an option", "--no-cache", "docker/dockerfile/"),
        ("a file name", "docker-compose.yml", "docker/compose/"),
        ("a place of git's", "HEAD~1", "git/undo/"),
        ("full-width letters", "ＤＯＣＫＥＲ　ＣＯＭＰＯＳＥ", "docker/compose/"),
        ("traditional characters", "鏡像", "docker/images/"),
        ("a doubled character", "数据卷卷", "docker/data/"),
        ("a 的 too many", "数据的卷", "docker/data/"),
    ],
    "en/": [
        ("a Chinese term", "数据卷", "en/docker/data/"),
        ("a question", "how do I delete unused images", "en/docker/clean/"),
        ("a typo", "volumse", "en/docker/data/"),
        ("full-width letters", "ｖｏｌｕｍｅｓ", "en/docker/data/"),
        ("another form", "branching", "en/git/branches/"),
        ("a plural", "volumes", "en/docker/data/"),
    ],
}


def test_each_kind_of_query_finds_its_page_first(page: Page, own_url: str) -> None:
    wrong = []
    for home, typed in TYPED.items():
        page.goto(own_url + home)
        page.wait_for_function("() => window.component$")
        page.keyboard.press("/")
        # The answer to what was typed last: the theme says again what it said before.
        page.evaluate("() => component$.subscribe((c) => { if (c.items) window.said = c; })")
        for kind, query, answer in typed:
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(query)
            page.wait_for_function("(q) => window.said && window.said.query === q", arg=query)
            found = page.evaluate("window.said.items.map((group) => group[0].location)")
            if not found or not re.fullmatch(answer, found[0].split("#")[0]):
                wrong.append((home, kind, query, found[:3]))
            shown = page.locator(f"{RESULTS} a").first
            expect(shown).to_have_attribute("href", re.compile(re.escape(own_url) + answer))
            number = page.get_by_role("status").filter(has_text=re.compile(r"\d"))
            expect(number).to_be_visible()
    assert not wrong


def test_the_keyboard_goes_through_the_results_and_comes_back(page: Page, own_url: str) -> None:
    page.goto(own_url)
    search(page, "容器")
    field = page.locator(".md-search__input")
    links = page.locator(f"{RESULTS} a.md-search-result__link:visible")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.first).not_to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    # Tab goes through the dialog and not past it to the page behind.
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = page.evaluate("!!document.activeElement.closest('.md-search')")
        assert inside or page.evaluate("!document.querySelector('#__search').checked")
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()
    # And it opens again where it was left.
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("容器")


def test_a_superseded_query_of_a_small_site_is_not_shown(page: Page, own_url: str) -> None:
    held = Held(page, "**/search/zh.js")
    page.goto(own_url)
    page.wait_for_function("() => window.component$")
    page.keyboard.press("/")
    for text in ("数据卷", "容器"):
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
        page.keyboard.press("Shift")
        wait_for(page, lambda: len(held.waiting) > 0)
    held.release()
    expect(page.locator(f"{RESULTS} mark").first).to_have_text("容器")


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
