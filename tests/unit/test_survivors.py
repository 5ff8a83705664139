"""What a sample of tools/mutants.py broke without any unit test's noticing."""

from __future__ import annotations

import pytest

from docskit.headings.anchor_problems import FragmentLink, fragment_problems
from docskit.messages.characters import fit
from docskit.messages.problem import Severity
from docskit.pages.draft_pages import left_out
from docskit.pages.redirect_pages import alias_destinations, destination
from docskit.pictures.image_sizes import dress_images
from docskit.reading.author_page import read_author_page
from docskit.reading.front_matter import read_front_matter
from docskit.typesetting.reading_time import reading_minutes
from fidelity import own_html


def test_signs_that_separate_words_go_on_to_do_so() -> None:
    assert fit("甲\x0b乙\x0c丙\x00丁\ufffe") == "甲 乙 丙丁"


@pytest.mark.parametrize(
    ("identity", "folder", "folders", "name"),
    [
        ("git/first.md", "", True, "git/first/index.html"),
        ("git/first.md", "en/", True, "en/git/first/index.html"),
        ("git/first.md", "en/", False, "en/git/first.html"),
        ("git/README.md", "", False, "git/index.html"),
    ],
)
def test_where_a_page_was_published(identity: str, folder: str, folders: bool, name: str) -> None:
    assert destination(identity, folder, folders) == name


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("old/page", "old/page/index.html"),
        ("/old/page/", "old/page/index.html"),
        ("old.html", "old.html"),
        ("old.md", "old/index.html"),
        ("%E6%97%A7", "旧/index.html"),
        *((wrong, "") for wrong in ["/", "https://a.example/x", "a?b", "a#b", "../a", "a/./b"]),
        *((wrong, "") for wrong in ["x" * 241, "字" * 81, "a\0b", "a\nb"]),
        ("y" * 240, "y" * 240 + "/index.html"),
    ],
)
def test_a_former_address_is_a_file_or_told(alias: str, file: str) -> None:
    files, problems = alias_destinations([alias], "a.md", True)
    assert files == [file] * bool(file)
    assert [problem.severity for problem in problems] == [Severity.WARNING] * (not file)
    assert all(len(problem.zh) < 200 and "\n" not in problem.zh for problem in problems)


def test_a_draft_is_named_and_a_translation_with_its_original() -> None:
    own, with_it = left_out({"b.md": "b.md", "b.en.md": "b.md"})[::-1]
    assert (own.path, own.severity) == ("b.md", Severity.INFO)
    assert own.zh.startswith("它是草稿") and own.en.startswith("it is a draft")
    assert with_it.zh.startswith("原文 b.md 是草稿")
    assert with_it.en.startswith("its original b.md is a draft")


def test_a_bad_anchor_is_told_at_each_link_that_has_it() -> None:
    text = "---\ntitle: 甲\n---\n\n[一](b.md#没有) [二](b.md#^abc) [三](#没有)\n\n[四](b.md#没有)\n"
    page, _ = read_author_page(text.encode(), "a.md")
    links = [
        FragmentLink("没有", "b.md", None, ("有", "还有")),
        FragmentLink("^abc", "b.md", None, ()),
    ]
    links += [FragmentLink("没有", "a.md", "这里", ())]
    told = fragment_problems(links, page, lambda path: path)
    assert [(problem.line, problem.column, problem.code) for problem in told] == [
        (5, 9, "anchor-missing"),
        (7, 9, "anchor-missing"),
        (5, 22, "anchor-missing"),
        (5, 33, "anchor-spelling"),
    ]
    assert "是不是 '#有' 或 '#还有'？" in told[0].zh
    assert "Did you mean '#有' or '#还有'?" in told[0].en
    assert "Obsidian" in told[2].zh and "Obsidian" in told[2].en
    assert told[3].severity is Severity.INFO and "'#这里'" in told[3].zh


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 1), ("字" * 300, 1), ("字" * 301, 2), ("word " * 200, 1), ("word " * 201, 2),
        ("<img>" * 6, 1), ("<img>" * 7, 2), ("字" * 150 + " word" * 100, 1),
        ("字" * 151 + " word" * 100, 2),
    ],
)  # fmt: skip
def test_how_long_a_page_takes(html: str, minutes: int) -> None:
    assert reading_minutes(html) == minutes


def test_a_stray_end_tag_ends_no_picture() -> None:
    html, problems = dress_images(
        '</img><p><img src="a.png" alt="甲"></p>', lambda _: (3, 2), lambda _: [], "", "a.md"
    )
    assert html.count('width="3" height="2"') == 1
    assert problems == []


def test_what_no_browser_shows_is_told_with_its_line() -> None:
    for name in ("a.HEIC", "b.tif", "c.psd", "d.heic?x#y"):
        source = f"文\n\n![甲]({name})\n"
        _, (problem,) = dress_images(
            f'<img src="{name}" alt="甲">', lambda _: None, lambda _: [], source, "a.md"
        )
        assert (problem.line, problem.code) == (3, "image-format")
    for name in ("a.png", "https://e.example/a.heic", "a.svg", "heic"):
        _, problems = dress_images(
            f'<img src="{name}" alt="甲">', lambda _: None, lambda _: [], "", "a.md"
        )
        assert problems == []


def test_a_key_that_only_begins_with_a_wide_colon_is_read_by_yaml() -> None:
    front_matter, _ = read_front_matter('---\n"标题：a": b\nfoo：c: d\n---\n', "a.md")
    assert front_matter.meta["foo：c"] == "d"


@pytest.mark.parametrize("indent", ["", "   "])
def test_a_table_of_one_column_stands_where_its_list_does(indent: str) -> None:
    shown = own_html(f"{indent}甲\n{indent}|---|\n{indent}|乙|\n")
    assert ("<table>" in shown) and "乙" in shown
    listed = own_html("- 甲\n|---|\n")
    assert "<table" not in listed
