"""Titles are text: whatever they look like, each place shows exactly them."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import nasty_titles
import pytest
import yaml
from markdown_it import MarkdownIt
from nasty_titles import ROOT, SECTION
from search_engine import Engine
from selectolax.lexbor import LexborHTMLParser, LexborNode
from site_builder import Built, build_site

TITLES = nasty_titles.titles()
SITES = {"": "站 & <名>", "en/": "ISC-WEB Docs"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return nasty_titles.build(tmp_path_factory.mktemp("titles"))


def tree(built: Built, url: str) -> LexborHTMLParser:
    return LexborHTMLParser(built.read(url))


def text(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def content(page: LexborHTMLParser, prop: str) -> str:
    node = page.css_first(f'meta[property="{prop}"]')
    assert node is not None
    return node.attributes["content"] or ""


@pytest.mark.parametrize("folder", SITES)
@pytest.mark.parametrize("name", TITLES)
def test_the_page_itself(built: Built, folder: str, name: str) -> None:
    title, page = TITLES[name], tree(built, f"{folder}{name}")
    assert text(page.css_first("title")) == f"{title} - {SITES[folder]}"
    assert content(page, "og:title") == title
    assert content(page, "og:site_name") == SITES[folder]
    script = page.css_first('script[type="application/ld+json"]')
    assert script is not None
    article, crumbs = json.loads(script.text())["@graph"]
    assert article["headline"] == title
    assert crumbs["itemListElement"][-1]["name"] == title
    assert text(page.css("[data-md-component=header-topic] .md-ellipsis")[-1]) == title
    heading = page.css_first("article h1")
    assert text(heading).removesuffix("¶").strip() == ("别的名字" if name == "named" else title)
    # All of the page is there.
    assert page.css_first("footer") is not None
    assert page.css_first("#__config") is not None
    assert page.css_first("article script, article textarea, article img") is None


@pytest.mark.parametrize("folder", SITES)
def test_navigation_and_neighbours(built: Built, folder: str) -> None:
    for name in ("index", "named", "zz/q&a <b>"):
        url = f"{folder}{name.removesuffix('index')}"
        page = tree(built, url)
        shown = {
            unquote(urljoin(ROOT + url + "/", link.attributes["href"] or "")).strip("/"): text(link)
            for link in page.css("nav.md-nav--primary li a")
        }
        for other, title in TITLES.items():
            if not other.startswith("zz/") or name.startswith("zz/"):
                assert shown.get(f"{ROOT}{folder}{other}", title) == title
        assert len(set(shown.values()) & set(TITLES.values())) > 10
        assert any(text(node) == SECTION for node in page.css("nav.md-nav--primary a, nav label"))
    names = list(TITLES)
    for before, name, after in zip(names, names[1:], names[2:], strict=False):
        if "heading" not in name:
            continue
        page = tree(built, f"{folder}{name}")
        for direction, other in (("prev", before), ("next", after)):
            link = page.css_first(f".md-footer__link--{direction}")
            assert link is not None
            assert text(link).endswith(TITLES[other])
            assert (link.attributes["aria-label"] or "").endswith(f": {TITLES[other]}")


@pytest.mark.parametrize("folder", SITES)
def test_the_table_of_contents(built: Built, folder: str) -> None:
    for number, (_, shown) in enumerate(nasty_titles.HEADINGS):
        page = tree(built, f"{folder}heading{number}")
        links = page.css("nav.md-nav--secondary .md-nav__list a")
        assert [text(link) for link in links] == [shown]


@pytest.mark.parametrize("folder", SITES)
def test_what_programs_read(built: Built, folder: str) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(built.read(f"{folder}feed.xml"))
    assert feed.findtext(f"{atom}title") == SITES[folder]
    entries = {entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")}
    assert entries == {*nasty_titles.FRONT_MATTER, nasty_titles.UNFIT_SHOWN}
    overview = MarkdownIt().parse(built.read(f"{folder}llms.txt"))
    inline = [token for token in overview if token.type == "inline"]
    shown = set()
    for token in inline:
        children = token.children or []
        shown.add("".join(child.content for child in children).partition(":")[0])
        opened = [i for i, child in enumerate(children) if child.type == "link_open"]
        for start in opened:
            rest = children[start + 1 :]
            close = next(i for i, child in enumerate(rest) if child.type == "link_close")
            shown.add("".join(child.content for child in rest[:close]))
    assert {*TITLES.values(), SITES[folder], SECTION} <= shown
    for name, title in TITLES.items():
        markdown = built.read(f"{folder}{name}.md")
        assert yaml.safe_load(markdown.split("---\n")[1])["title"] == title


@pytest.mark.parametrize("folder", SITES)
def test_characters_that_no_xml_can_hold(built: Built, folder: str) -> None:
    shown, url = nasty_titles.UNFIT_SHOWN, f"{ROOT}{folder}unfit/"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(built.read(f"{folder}feed.xml"))
    (entry,) = (e for e in feed.iter(f"{atom}entry") if e.findtext(f"{atom}title") == shown)
    assert "复制来的一段文字，够长" in (entry.findtext(f"{atom}summary") or "")
    sitemap = ElementTree.fromstring(built.read("sitemap.xml"))
    assert url in [node.text for node in sitemap.iter() if node.tag.endswith("}loc")]
    page = tree(built, f"{folder}unfit")
    script = page.css_first('script[type="application/ld+json"]')
    assert script is not None
    article = json.loads(script.text())["@graph"][0]
    assert article["headline"] == shown
    assert "复制来的一段文字，够长" in content(page, "og:description")
    assert text(page.css_first("title")) == f"{shown} - {SITES[folder]}"
    for name in ("feed.xml", "llms.txt", "llms-full.txt", "unfit/index.html", "unfit.md"):
        assert not set("\b\x00\x1b\ufffe") & set(built.read(folder + name)), name
    assert "docs/unfit.md:" in built.log and "U+001B" in built.log


@pytest.mark.parametrize("folder", SITES)
def test_search_and_its_suggestions(built: Built, folder: str) -> None:
    engine = Engine(built.read(f"search/{'en' if folder else 'zh'}.js"))
    for query, title in (
        ("入门", "Vue 的 <script setup> 入门"),
        ("vector", "C++ <vector>"),
        ("textarea", "<textarea>"),
        ("plaintext", nasty_titles.NAVIGATION),
    ):
        groups = engine.search(query).raw["items"]
        found = [LexborHTMLParser(f"<div>{group[0]['title']}</div>") for group in groups]
        assert title in [text(answer.css_first("div")) for answer in found], query
        assert not [a for a in found if a.css_first("script, textarea, template, vector")]
    for suggestion in engine.search("<text").raw["suggest"]:
        assert "<" not in suggestion


def test_generated_lists(built: Built, tmp_path: Path) -> None:
    page = tree(built, "translations")
    cells = {text(row.css_first("td")) for row in page.css("tbody tr")}
    assert {f"{name}.md" for name in TITLES} <= cells
    listed = build_site(
        tmp_path, {f"{name}.md": "文字。\n" for name in nasty_titles.FILES}, strict=False
    )
    links = {text(link) for link in tree(listed, "").css("article li a")}
    assert {f"{name[0].upper()}{name[1:]}" for name in nasty_titles.FILES} <= links


def test_the_page_that_is_not_there(built: Built) -> None:
    page = tree(built, "404.html")
    assert text(page.css_first("title")) == "找不到这一页 - 站 & <名>"
    assert "ISC-WEB Docs" in unescape(built.read("en/404.html"))
