"""What an author writes stays within the article, as a real browser reads it."""

from __future__ import annotations

from pathlib import Path

import nasty_titles
from playwright.sync_api import Dialog, Page
from site_builder import build_site
from site_server import serve
from tag_soup import AFTER, BEFORE, soup

from docskit.html.html_balance import balance

REST = """html => {
  const page = new DOMParser().parseFromString(html, "text/html")
  const article = page.getElementById("it"), inner = article.innerHTML
  article.innerHTML = ""
  return [inner, page.documentElement.outerHTML]
}"""


def test_random_fragments_stay_within_the_article(page: Page) -> None:
    rest = page.evaluate(REST, BEFORE + AFTER)[1]
    for seed in range(700_000, 702_000):
        fragment, _ = soup(seed)
        balanced, _ = balance(fragment)
        assert page.evaluate(REST, BEFORE + balanced + AFTER)[1] == rest, (seed, fragment, balanced)


def test_no_title_blanks_a_page(page: Page, tmp_path: Path) -> None:
    built = nasty_titles.build(tmp_path)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    with serve(built.site_dir) as url:
        for folder in ("", "en/"):
            for name, title in nasty_titles.titles().items():
                page.goto(f"{url}{folder}{name.replace('%', '%25').replace('<', '%3C')}/")
                shown = "别的名字" if name == "named" else title
                assert title in page.title()
                assert shown in page.inner_text("article h1")
                assert page.inner_text("article").strip()
                assert page.is_visible("footer")
                assert page.is_visible("nav.md-nav--primary")
    assert dialogs == []


def test_a_page_with_broken_html_is_whole(page: Page, tmp_path: Path) -> None:
    text = "# 页\n\n开头</div></div></center>\n\n<details>\n<summary>折叠</summary>\n\n里面\n\n"
    text += "输出到<textarea>中，<b>粗\n\n## 末尾\n\n<table><tr><td>格\n\n结束。\n"
    # Not strict: what parses the page may say that it has lost a heading here.
    built = build_site(tmp_path, {"index.md": text}, strict=False)
    assert built.status == 0, built.log
    with serve(built.site_dir) as url:
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        shown = page.inner_text("article")
        for words in ("开头", "里面", "输出到<textarea>中，粗", "末尾", "格", "结束。"):
            assert words in shown
        assert page.evaluate("!document.querySelector('footer').closest('article')")
        assert page.is_visible("footer")
