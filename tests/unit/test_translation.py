from __future__ import annotations

import pytest

from docskit.pages.page_names import split_locale
from docskit.pages.page_tree import check_tree, page_tree
from docskit.pages.page_tree_problems import misnamed_pages
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.reading.heading_anchors import Heading
from docskit.reading.sections import Section, split_sections
from docskit.translation.translation import (
    Kind,
    SectionChange,
    State,
    Translation,
    compare,
    counterparts,
    matched,
    record_of,
    sections_of,
)
from docskit.translation.translation_notice import mark_sections, notice
from docskit.translation.translation_origin import likely_original

ORIGINAL = """---
title: 甲
---
# 标题

引言。

## 安装

装一下。

```sh
apt install x
```

## 用法

用吧。
"""
BODY = "# Title\n\nIntro.\n\n## Install\n\nDo.\n\n## Usage\n\nUse.\n"


def page(text: str, path: str = "a.md") -> AuthorPage:
    return read_author_page(text.encode(), path)[0]


def translated(body: str = BODY, original: str = ORIGINAL) -> AuthorPage:
    record = record_of(sections_of(page(original)))
    lines = "".join(f"  {key}: '{value}'\n" for key, value in record.items())
    return page(f"---\ntranslated_from:\n{lines}---\n{body}", "a.en.md")


def changes(original: str, body: str = BODY) -> list[tuple[str, str, str, str]]:
    found = compare(page(original), translated(body))[0].changes
    return [(str(c.kind), c.title, c.anchor, c.original_anchor) for c in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("装一下。", "  装一 下 。  "),
        ("引言。\n", "引言。\n\n\n<!-- 记着改 -->\n"),
        ("引言。", "&emsp;&emsp;引言。"),
        ("\n", "\r\n"),
        ("title: 甲", "title: 乙"),
        ("apt install x\n", "apt install x  \n"),
    ],
)
def test_what_a_translation_is_none_the_worse_for(old: str, new: str) -> None:
    assert compare(page(ORIGINAL.replace(old, new)), translated())[0].state is State.CURRENT


@pytest.mark.parametrize(
    ("old", "new"),
    [("装一下", "不装"), ("apt install x", "apt  install x"), ("## 用法", "## 用途")],
)
def test_what_makes_a_translation_stale(old: str, new: str) -> None:
    state, problems = compare(page(ORIGINAL.replace(old, new)), translated())
    assert (state.state, problems) == (State.STALE, [])
    assert state.done == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("用吧。", "别用。", ("changed", "Usage", "usage", "用法")),
        ("## 用法", "## 用途", ("changed", "Usage", "usage", "用途")),
        ("用吧。\n", "用吧。\n\n## 卸载\n\n删。\n", ("added", "卸载", "", "卸载")),
        ("## 用法", "## 卸载\n\n删。\n\n## 用法", ("added", "卸载", "", "卸载")),
        ("## 用法\n\n用吧。\n", "", ("removed", "Usage", "usage", "")),
        ("\n# 标题", "\n先说一句。\n\n# 标题", ("added", "", "", "")),
    ],
)
def test_the_section_that_changed_is_named(
    old: str, new: str, expected: tuple[str, str, str, str]
) -> None:
    assert changes(ORIGINAL.replace(old, new)) == [expected]


def test_sections_that_only_moved_are_not_stale_and_no_section_is_taken_for_another() -> None:
    first, second = ORIGINAL.split("## 安装")
    middle, last = second.split("## 用法")
    swapped = f"{first}## 用法{last}\n## 安装{middle}"
    state = compare(page(swapped), translated())[0]
    assert state.state is State.CURRENT
    own, theirs = sections_of(translated()), sections_of(page(swapped))
    record = record_of(sections_of(page(ORIGINAL)))
    assert counterparts(theirs, own, record) == {0: 0}


def test_sections_keep_their_counterparts_while_the_original_grows() -> None:
    grown = page(ORIGINAL.replace("## 用法", "## 卸载\n\n删。\n\n## 用法"))
    record = record_of(sections_of(page(ORIGINAL)))
    pairs = counterparts(sections_of(grown), sections_of(translated()), record)
    assert pairs == {0: 0, 1: 1, 3: 2}


def test_without_a_record_nothing_is_claimed() -> None:
    state, problems = compare(page(ORIGINAL), page(BODY, "a.en.md"))
    assert (state.state, state.changes, problems) == (State.UNRECORDED, (), [])


def test_a_section_that_is_still_to_be_translated_is_said_to_be() -> None:
    body = BODY.replace("Do.", "<!-- to be translated -->\n\n装一下。")
    state = compare(page(ORIGINAL), translated(body))[0]
    assert [(c.kind, c.anchor) for c in state.changes] == [(Kind.UNTRANSLATED, "install")]


@pytest.mark.parametrize(
    ("front_matter", "line", "value"),
    [
        ("translated_from: yesterday", 2, "yesterday"),
        ("title: x\ntranslated_from: []", 3, "[]"),
        ("translated_from:\n  标题: 12ab34cd\n  安装: 没有", 4, "没有"),
    ],
)
def test_a_hash_that_is_none_is_located_and_claims_nothing(
    front_matter: str, line: int, value: str
) -> None:
    own = page(f"---\n{front_matter}\n---\n{BODY}", "a.en.md")
    state, problems = compare(page(ORIGINAL), own)
    assert [(p.code, p.line) for p in problems] == [("translation-record", line)]
    assert value in problems[0].zh
    assert "make translated PAGE=a" in problems[0].zh
    assert "安装" not in [change.original_anchor for change in state.changes]


def test_a_twin_whose_headings_differ_in_number_is_located_and_no_section_is_marked() -> None:
    own = page("---\nx: y\n---\n# Title\n\nAll in one.\n", "a.en.md")
    state, problems = compare(page(ORIGINAL), own)
    assert [(p.path, p.line, p.code) for p in problems] == [("a.en.md", 4, "translation-headings")]
    assert state.changes == ()


def test_the_parts_of_a_page_are_the_page() -> None:
    body = page(ORIGINAL).front_matter.body
    parts = split_sections(body, 4)
    assert "".join(part.source for part in parts) == body
    assert [part.line for part in parts] == [4, 8, 16]


LOCALES = ["zh", "en", "pt-BR"]


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("a/git.en.md", ("a/git.md", "en")),
        ("a/git.md", ("a/git.md", "")),
        ("node.js.md", ("node.js.md", "")),
        ("my.en.notes.en.md", ("my.en.notes.md", "en")),
        ("x.pt-BR.md", ("x.md", "pt-BR")),
        ("en.md", ("en.md", "")),
    ],
)
def test_the_locale_in_a_file_name(uri: str, expected: tuple[str, str]) -> None:
    assert split_locale(uri, LOCALES) == expected


def test_files_that_claim_the_same_page_or_none_are_problems() -> None:
    tree = page_tree(
        ["git.md", "git.zh.md", "README.md", "index.en.md", "README.en.md", "old.en.md", "new.md"],
        "zh",
        LOCALES,
    )
    assert tree.refused == ["git.zh.md", "index.en.md"]
    assert tree.orphans() == ["old.en.md"]
    problems = check_tree(tree, lambda orphan, candidates: candidates[-1])
    assert [(p.path, p.code) for p in problems] == [
        ("git.zh.md", "translation-claimed"),
        ("index.en.md", "translation-claimed"),
        ("old.en.md", "translation-orphan"),
    ]
    assert "git.md" in problems[0].zh
    assert "new.en.md" in problems[2].zh


def test_a_suffix_in_capitals_is_told_the_name_it_needs() -> None:
    problems = misnamed_pages(["a/用 Git.MD", "b.md", "c.Markdown", "d.PNG", "e.mdx"])
    assert [problem.path for problem in problems] == ["a/用 Git.MD", "c.Markdown", "e.mdx"]
    assert "请改名为 用 Git.md" in problems[0].zh


def test_an_orphan_is_known_by_what_it_was_translated_from() -> None:
    others = [page("# 别的\n\n字\n", "b.md"), page(ORIGINAL + "\n## 新\n", "c.md")]
    assert likely_original(translated(), others) == "c.md"
    assert likely_original(translated(), others[:1]) is None
    assert likely_original(page(BODY, "a.en.md"), others) is None


def test_a_stale_page_names_its_sections_with_links() -> None:
    state = compare(
        page(ORIGINAL.replace("用吧", "别用") + "\n## 卸载\n"),
        translated(),
    )[0]
    told = notice(state, "en", "zh", page_url="en/a/", original_url="a/", help_url="h/")
    assert told is not None
    assert [(line.title, line.url, line.lang) for line in told.lines] == [
        ("Usage", "en/a/#usage", ""),
        ("卸载", "a/#卸载", "zh-CN"),
    ]


def test_nothing_is_told_about_a_page_that_is_current() -> None:
    current = Translation(State.CURRENT, 3)
    assert notice(current, "en", "zh", page_url="", original_url="", help_url="") is None


def test_the_sections_that_differ_are_marked() -> None:
    state = compare(page(ORIGINAL.replace("用吧", "别用")), translated())[0]
    html = '<h2 id="install">Install</h2>\n<p>a</p>\n<h2 class="x" id="usage">Usage</h2>\n<p>b</p>'
    marked = mark_sections(html, state, "en")
    assert marked.count('class="translation-mark"') == 1
    assert marked.index("translation-mark") > marked.index("Usage</h2>")
    assert marked.index("translation-mark") < marked.index("<p>b</p>")


def test_words_that_moved_below_another_heading_are_known_by_their_words() -> None:
    sections = [
        Section(Heading(2, "乙"), 1, "## 乙\n\n二。\n", "乙"),
        Section(Heading(2, "新"), 5, "## 甲\n\n一。\n", "新"),
    ]
    record = {"甲": sections[1].hash, "乙": sections[0].hash}
    assert matched(record, sections) == {0: "乙", 1: "甲"}


@pytest.mark.parametrize(
    ("kinds", "done"),
    [
        ([Kind.REMOVED], 1.0),
        ([Kind.REMOVED, Kind.CHANGED], 0.75),
        ([Kind.ADDED, Kind.UNTRANSLATED], 0.5),
        ([Kind.CHANGED] * 5, 0.0),
    ],
)
def test_a_section_that_the_original_no_longer_has_is_none_that_is_missing(
    kinds: list[Kind], done: float
) -> None:
    changes = tuple(SectionChange(kind, "", "", "") for kind in kinds)
    assert Translation(State.STALE, 4, changes).done == done


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("* 甲\n* 乙\n", "- 甲\n- 乙\n"),
        ("## 题\n\n+ 甲\n  * 乙\n", "## 题\n\n- 甲\n  - 乙\n"),
        ("> * 甲\n", "> - 甲\n"),
        ("```\nx\n```\n* 甲\n", "```\nx\n```\n- 甲\n"),
    ],
)
def test_bullets_do_not_count_wherever_they_stand(one: str, other: str) -> None:
    assert Section(None, 1, one, "").hash == Section(None, 1, other, "").hash
    assert Section(None, 1, f"```\n{one}```\n", "").hash != (
        Section(None, 1, f"```\n{other}```\n", "").hash
    )


def test_a_heading_that_was_reworded_is_known_by_its_neighbours() -> None:
    sections = [
        Section(Heading(2, "甲"), 1, "## 甲\n\n一。\n", "甲"),
        Section(Heading(2, "新"), 5, "## 新\n\n别的。\n", "新"),
        Section(Heading(2, "丙"), 9, "## 丙\n\n三。\n", "丙"),
    ]
    hashes = [section.hash for section in sections]
    record = {"甲": hashes[0], "乙": "00000000", "丙": hashes[2]}
    assert matched(record, sections) == {0: "甲", 1: "乙", 2: "丙"}
    # With one more, nobody can say which of the two it was.
    more = [*sections[:2], Section(Heading(2, "又"), 7, "## 又\n", "又"), sections[2]]
    assert matched(record, more) == {0: "甲", 3: "丙"}
    # The same heading with other words is the same section.
    assert matched({"甲": "00000000"}, sections[:1]) == {0: "甲"}
