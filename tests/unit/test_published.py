from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from docskit.pages.redirect_pages import successors
from docskit.publishing.feed import atom
from docskit.publishing.machine_pages import (
    file_references,
    llms,
    markdown_file,
    markdown_path,
    moved_references,
    with_references,
)
from docskit.publishing.published import (
    PublishedPage,
    description,
    head_title,
    open_graph,
    structured_data,
)
from docskit.publishing.sitemap import sitemap
from docskit.translation.translation import State

ROOT = "https://example.org/docs/"


def page(**values: Any) -> PublishedPage:
    standard: dict[str, Any] = {
        "identity": "git.md",
        "locale": "en",
        "path": "en/git/",
        "title": "Git & <you>",
        "description": "About Git.",
        "canonical": f"{ROOT}en/git/",
        "state": State.CURRENT,
        "versions": {"zh": f"{ROOT}git/", "en": f"{ROOT}en/git/"},
        "default_locale": "zh",
        "written": date(2026, 1, 2),
        "changed": datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        "authors": ("甲",),
        "section": "Tools",
        "ancestors": (("Tools", f"{ROOT}en/tools/"),),
        "stale_sections": (),
    }
    return PublishedPage(**{**standard, **values})


FALLBACK = page(
    path="en/a/", title="只有中文", state=State.MISSING, versions={}, canonical=f"{ROOT}a/"
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<h1>T</h1><p>短</p><p>这一段 <b>够长</b>，可以 &amp; 当作描述。</p>",
            "这一段 够长，可以 & 当作描述。",
        ),
        ('<p class="translation-mark">Not part of the page.</p>', ""),
        ("<p>" + "一句话说完了。" * 40 + "</p>", "一句话说完了。" * 11),
        ("<p>" + "word " * 60 + "</p>", ("word " * 31).strip() + "…"),
        ("", ""),
    ],
)
def test_a_description_is_the_first_whole_sentences(html: str, expected: str) -> None:
    assert description(html) == expected


def test_readers_of_other_languages_are_sent_to_the_original() -> None:
    assert page().alternates == [
        ("zh", f"{ROOT}git/"),
        ("en", f"{ROOT}en/git/"),
        ("x-default", f"{ROOT}git/"),
    ]
    assert page(versions={"zh": f"{ROOT}git/"}).alternates == []
    assert FALLBACK.alternates == []


def test_structured_data_names_the_article_and_the_way_to_it() -> None:
    text = structured_data(page(title="</script>"), "Docs", f"{ROOT}en/", "en")
    assert "</script>" not in text
    article, crumbs = json.loads(text)["@graph"]
    assert article["@type"] == "TechArticle"
    assert article["headline"] == "</script>"
    assert (article["datePublished"], article["inLanguage"]) == ("2026-01-02", "en")
    assert article["dateModified"] == "2026-03-04T05:06:07+00:00"
    assert article["translationOfWork"]["@id"] == f"{ROOT}git/"
    assert [(item["position"], item["item"]) for item in crumbs["itemListElement"]] == [
        (1, f"{ROOT}en/"),
        (2, f"{ROOT}en/tools/"),
        (3, f"{ROOT}en/git/"),
    ]


def test_open_graph_has_a_country_with_each_language() -> None:
    properties = open_graph(page(), "Docs")
    assert ("og:locale", "en_US") in properties
    assert ("og:locale:alternate", "zh_CN") in properties
    assert ("og:type", "article") in properties
    assert ("og:type", "website") in open_graph(page(is_home=True), "Docs")


def test_the_home_page_is_called_as_the_site() -> None:
    assert head_title(page(is_home=True), "Docs") == "Docs"
    assert head_title(page(title="A"), "Docs") == "A - Docs"


def test_the_sitemap_has_true_dates_and_no_fallback() -> None:
    root = ElementTree.fromstring(sitemap([page(), FALLBACK, page(is_listed=False, canonical="x")]))
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    assert [loc.text for loc in root.iterfind("s:url/s:loc", names)] == [f"{ROOT}en/git/"]
    assert root.findtext("s:url/s:lastmod", namespaces=names) == "2026-03-04T05:06:07+00:00"
    links = root.findall("s:url/x:link", names)
    assert [link.get("hreflang") for link in links] == ["zh", "en", "x-default"]


def feed(*pages: PublishedPage) -> ElementTree.Element:
    text = atom(
        pages,
        title="Docs",
        subtitle="",
        home=f"{ROOT}en/",
        address=f"{ROOT}en/feed.xml",
        author="Club",
        language="en",
    )
    return ElementTree.fromstring(text)


def test_the_feed_has_the_newest_pages_first_and_marks_the_stale() -> None:
    name = {"a": "http://www.w3.org/2005/Atom"}
    new = page(canonical=f"{ROOT}en/new/", changed=date(2026, 5, 1), state=State.STALE)
    root = feed(page(), new, FALLBACK, page(written=None, changed=None))
    assert [entry.text for entry in root.iterfind("a:entry/a:id", name)] == [
        f"{ROOT}en/new/",
        f"{ROOT}en/git/",
    ]
    assert root.findtext("a:updated", namespaces=name) == "2026-05-01T00:00:00+00:00"
    categories = root.findall("a:entry/a:category", name)
    assert [category.get("term") for category in categories] == ["stale"]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert feed().findtext("{http://www.w3.org/2005/Atom}updated")


@pytest.mark.parametrize(
    ("identity", "locale", "expected"),
    [
        ("git.md", "zh", "git.md"),
        ("a/index.md", "en", "en/a/index.md"),
        ("README.md", "en", "en/index.md"),
        ("a/README.md", "zh", "a/index.md"),
    ],
)
def test_where_the_markdown_of_a_page_is(identity: str, locale: str, expected: str) -> None:
    assert markdown_path(page(identity=identity, locale=locale)) == expected


def test_the_markdown_of_a_translation_finds_the_originals_files() -> None:
    site = {"a/x.png", "a/y.png", "en/a/y.png", "top.zip"}
    body = (
        "![x](x.png) ![y](./y.png) <img src='x.png?1'> [b](b.md) [z](../top.zip) "
        "[no](no.png) `![x](x.png)` <https://example.org/x.png>\n"
    )
    english = page(identity="a/git.md")
    assert with_references(
        body, moved_references(english, file_references(body), site.__contains__)
    ) == (
        "![x](../../a/x.png) ![y](./y.png) <img src='../../a/x.png?1'> [b](b.md) "
        "[z](../../top.zip) [no](no.png) `![x](x.png)` <https://example.org/x.png>\n"
    )
    chinese = page(identity="a/git.md", locale="zh")
    assert not moved_references(chinese, file_references(body), site.__contains__)


def test_the_markdown_says_how_far_it_can_be_trusted() -> None:
    stale = page(state=State.STALE, stale_sections=("Install",))
    assert markdown_file(stale, "\n# Git\n") == (
        "---\ntitle: Git & <you>\nurl: https://example.org/docs/en/git/\nlang: en\nstatus: stale\n"
        "updated: '2026-03-04T05:06:07+00:00'\noriginal: https://example.org/docs/git/\n"
        "stale_sections:\n- Install\n---\n\n# Git\n"
    )
    assert "lang: zh\nstatus: fallback\n" in markdown_file(FALLBACK, "# 甲")


def test_the_overview_groups_pages_and_marks_what_is_not_current() -> None:
    text = llms(
        [page(title="A [b]"), FALLBACK, page(section="", state=State.STALE)],
        title="Docs",
        summary="All.",
        site_url=ROOT,
        locale="en",
    )
    assert text.startswith("# Docs\n\n> All.\n\n## Tools\n\n- [A \\[b\\]](")
    assert f"({ROOT}en/git.md): About Git." in text
    assert "[not translated yet, in the original language]" in text
    assert "## Other pages\n\n- [Git & \\<you>]" in text
    assert "[outdated translation]" in text


def test_the_feed_has_the_newest_thirty() -> None:
    name = {"a": "http://www.w3.org/2005/Atom"}
    pages = [page(canonical=f"{ROOT}{day}/", changed=date(2026, 5, day)) for day in range(1, 32)]
    root = feed(*pages, *[page(canonical=f"{ROOT}old/", changed=date(2025, 1, 1))] * 20)
    entries = [entry.text for entry in root.iterfind("a:entry/a:id", name)]
    assert entries == [f"{ROOT}{day}/" for day in range(31, 1, -1)]


def test_a_deleted_page_is_followed_by_its_folder_or_where_its_neighbours_went() -> None:
    existing = {"index.md", "git/index.md", "git/a.md", "07_dockerfile/README.md", "b.md"}
    moves = {"image/dockerfile/run.md": "07_dockerfile/7.1_run.md"}
    gone = [
        "git/old.md",
        "git/deep/old.md",
        "image/dockerfile/x.md",
        "image/y.md",
        "x/y.md",
        "z.md",
    ]
    assert successors(gone, existing, moves) == {
        "git/old.md": "git/index.md",
        "git/deep/old.md": "git/index.md",
        "image/dockerfile/x.md": "07_dockerfile/README.md",
        "image/y.md": "07_dockerfile/README.md",
    }
