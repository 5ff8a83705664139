"""What helps while reading: notes of terms and footnotes, frames, copied commands, folded code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

TERM = ".term >> text=页首信息"
NOTE = "页首信息（front matter）：两行 --- 之间的内容。"
LEFT_EDGES = """selectors => selectors.flatMap(selector => {
  const element = document.querySelector(selector);
  if (!element) return [];
  const range = document.createRange();
  range.selectNodeContents(element);
  return [(element.closest("svg") ? element : range).getBoundingClientRect().left];
})"""


def test_a_term_says_both_languages_to_pointer_keyboard_and_finger(
    page: Page, phone: Page, everything_url: str
) -> None:
    for reader, act in ((page, "hover"), (page, "focus"), (phone, "tap")):
        reader.goto(everything_url + "all/", wait_until="networkidle")
        term = reader.locator(TERM)
        term.scroll_into_view_if_needed()
        before = term.bounding_box()
        getattr(term, act)()
        note = reader.locator(".md-tooltip2--active")
        expect(note).to_have_text(NOTE)
        shown = note.bounding_box()
        assert shown is not None and reader.viewport_size is not None
        assert shown["x"] >= 0 and shown["x"] + shown["width"] <= reader.viewport_size["width"]
        assert term.bounding_box() == before, "nothing moves"


def test_a_term_is_marked_once_in_a_section_and_not_in_code(
    page: Page, everything_url: str
) -> None:
    page.goto(everything_url + "all/")
    section = page.locator("h2#术语 + p")
    expect(section.locator(".term")).to_have_text(["页首信息", "终端"])
    expect(page.locator("article :is(code, a, h2, h3) .term")).to_have_count(0)


def test_who_listens_hears_the_note(page: Page, everything_url: str) -> None:
    page.goto(everything_url + "all/")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    said = [
        str(node.get(part, {}).get("value", ""))
        for node in nodes
        for part in ("name", "description")
    ]
    assert NOTE in said


@pytest.mark.parametrize("act", ["hover", "focus"])
def test_a_footnote_shows_beside_its_mark(page: Page, everything_url: str, act: str) -> None:
    page.goto(everything_url + "all/", wait_until="networkidle")
    getattr(page.locator(".footnote-ref").first, act)()
    expect(page.locator(".md-tooltip2--active")).to_contain_text("脚注的内容")


def test_of_a_session_the_commands_are_copied(browser: Browser, everything_url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(everything_url + "all/", wait_until="networkidle")
    for kind, expected in (
        ("console", "docker run \\\n--rm alpine\napt install git"),
        ("text", "输出在这里，没有栏"),
    ):
        block = page.locator(f".language-{kind}").first
        block.hover()
        block.locator("[data-clipboard-target]").click()
        page.wait_for_selector(".md-dialog--active")
        assert page.evaluate("navigator.clipboard.readText()").strip() == expected
    context.close()


def test_no_code_passes_below_the_button(phone: Page, everything_url: str) -> None:
    phone.goto(everything_url + "all/", wait_until="networkidle")
    block = phone.locator(".language-console").first
    button = block.locator(".md-code__nav").bounding_box()
    code = block.locator("code").bounding_box()
    assert button is not None and code is not None
    assert button["y"] + button["height"] <= code["y"] + 1
    frames = phone.evaluate(
        "() => ['console', 'python.long', 'text'].map(name => getComputedStyle("
        "document.querySelector(`.language-${name}`), '::before').content)"
    )
    assert frames == ['"终端"', '"Python"', "none"]


def test_long_code_is_folded_and_unfolds_with_the_keyboard(page: Page, everything_url: str) -> None:
    page.goto(everything_url + "all/")
    code = page.locator(".long code")
    folded = code.bounding_box()
    page.get_by_label("展开全部 60 行").press("Space")
    unfolded = code.bounding_box()
    assert folded is not None and unfolded is not None
    assert folded["height"] < unfolded["height"] / 2
    page.reload()
    page.emulate_media(media="print")
    printed = code.bounding_box()
    assert printed is not None and printed["height"] > folded["height"] * 1.5


@pytest.mark.parametrize("width", [1440, 1920])
def test_every_page_has_one_left_edge(page: Page, own_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    edges = []
    for path in ("", "docker/commands/", "en/", "tags/"):
        page.goto(own_url + path)
        edges += page.evaluate(
            LEFT_EDGES,
            [
                ".md-header .md-logo rect:nth-of-type(2)",
                "body:not(:has(.home)) .md-nav--primary > .md-nav__list > li > a",
                ".home h2",
                ".home__mark rect:nth-of-type(2)",
                ".md-copyright",
            ],
        )
    assert len(edges) == 4 * 2 + 2 * 2 + 2
    assert max(edges) - min(edges) <= 1, edges


def test_on_a_tablet_the_text_begins_where_the_home_page_does(page: Page, own_url: str) -> None:
    edges = []
    for path in ("", "docker/commands/"):
        page.goto(own_url + path)
        for width in (768, 1024):
            page.set_viewport_size({"width": width, "height": 900})
            edges += page.evaluate(
                LEFT_EDGES,
                [".home h2", "article:not(:has(.home)) > h1", ".md-copyright", ".home h1 ~ p"],
            )
    assert len(edges) >= 8
    assert max(edges) - min(edges) <= 1, edges


def test_the_header_leads_to_the_sections(page: Page, own_url: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(own_url)
    page.locator(".md-header__sections").get_by_text("Git 入门").click()
    expect(page).to_have_url(own_url + "git/")
    expect(page.locator(".md-header__sections [aria-current]")).to_have_text("Git 入门")


def test_a_tag_leads_to_its_pages_in_both_languages(page: Page, own_url: str) -> None:
    page.goto(own_url + "docker/install/")
    page.locator("nav.md-tags").get_by_role("link", name="Linux").click()
    expect(page.locator("h1")).to_have_text("标签：Linux")
    first = page.locator(".tag-pages a").first.bounding_box()
    title = page.locator("h1").bounding_box()
    assert first and title and abs(first["x"] - title["x"]) <= 1
    page.goto(page.locator('.md-select a[hreflang="en"]').evaluate("link => link.href"))
    expect(page.locator("h1")).to_have_text("Tag: Linux")
    page.get_by_role("link", name="Install Docker").last.click()
    assert page.url.startswith(own_url + "en/docker/install/")


def test_commands_in_tables_break_between_their_words(phone: Page, own_url: str) -> None:
    phone.goto(own_url + "docker/commands/")
    broken = phone.evaluate(
        "() => [...document.querySelectorAll('td code')].flatMap(code => {"
        " const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);"
        " const found = [];"
        " for (let node; (node = walker.nextNode()); )"
        "  for (const word of node.data.matchAll(/[^\\s,]+/g)) {"
        "   const range = document.createRange();"
        "   range.setStart(node, word.index);"
        "   range.setEnd(node, word.index + word[0].length);"
        "   if (range.getClientRects().length > 1) found.push(word[0]);"
        "  }"
        " return found; })"
    )
    assert broken == []


def test_the_glossary_is_filtered_by_what_is_typed(page: Page, own_url: str) -> None:
    page.goto(own_url + "docker/glossary/")
    entries = page.locator("h2.glossary ~ h3")
    everything = entries.count()
    assert everything > 50
    assert page.locator("h2.glossary").count() == 3
    columns = {entries.nth(n).bounding_box()["x"] for n in range(everything)}  # type: ignore[index]
    assert len(columns) == 2
    page.locator(".glossary-filter").fill("branch 提交")
    expect(entries.locator("visible=true")).not_to_have_count(everything)
    expect(page.locator("#branch")).to_be_visible()
    expect(page.locator("#container")).to_be_hidden()
    page.locator(".glossary-filter").fill("")
    expect(entries.locator("visible=true")).to_have_count(everything)
