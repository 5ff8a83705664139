"""Every key with a value of every type: nothing raises, nothing is lost, nothing is unfit."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docskit.messages.problem import Problem, Severity
from docskit.publishing.feed import atom
from docskit.reading.front_matter import FrontMatter, read_front_matter
from docskit.reading.front_matter_schema import KEYS, SPELLINGS, known_key

SPELLED = sorted({*KEYS, *(word for words in SPELLINGS.values() for word in words.split())})
FOREIGN = ["tile", "wide", "time", "x", "published", "translated_from", "search.boost", "1", "~"]
SCALARS = (
    st.sampled_from(
        [
            "1",
            "-1",
            "0",
            "1.10",
            "007",
            "0x10",
            "1e400",
            ".nan",
            ".inf",
            "-.inf",
            "~",
            "null",
            "true",
            "No",
            "on",
            "12:30",
            "2024-04-25",
            "2024-02-30",
            "0001-01-01",
            "9999-12-31T23:59:59-14:00",
            "2024-04-25T25:00:00",
            "+99:99",
            "C#",
            "#a",
            "''",
            '"\\u0001"',
            '"\\ud800"',
            "!!binary:aGk=",
            "!!python/name:os.system",
            "<<",
        ]
    )
    | st.sampled_from(
        [
            "9" * 5000,
            "0x" + "f" * 5000,
            "1" + ":59" * 3000,
            "[" * 500,
            "{a: " * 300,
            "&a [*a]",
            "*none",
            "!!binary aGk=",
            "!!set {a, b}",
            "!!omap [a: 1]",
            "a: b: c",
            "甲\x08乙",
            "\ufffe",
            "a\u2028b",
            "x" * 3000,
        ]
    )
    | st.text(max_size=8)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(["name", "a", "boost", "exclude", "created"]), inner, max_size=2
        ).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=6,
)
LINES = st.tuples(st.sampled_from(SPELLED + FOREIGN), st.sampled_from([": ", "：", ":"]), VALUES)
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(front_matter: str) -> tuple[FrontMatter, list[Problem]]:
    return read_front_matter(f"---\n{front_matter}\n---\n# 页\n", "a.md")


@given(st.lists(LINES, min_size=1, max_size=4))
def test_whatever_is_written_is_read_or_told(lines: list[tuple[str, str, str]]) -> None:
    text = "\n".join(key + colon + value for key, colon, value in lines)
    front_matter, problems = read(text)
    rendered = front_matter.render()
    rendered.encode("utf-8")
    assert not UNFIT.search(rendered)
    if "# 页" not in front_matter.body:
        # The author's own line ended the block: then it all is text of the page.
        return
    # MkDocs reads the same again, and so do programs.
    block = rendered.partition("---\n")[2].partition("\n---\n")[0]
    assert yaml.safe_load(block) is not None or not front_matter.meta
    json.dumps(front_matter.meta, default=str)
    count = text.count("\n") + 3
    assert all(0 <= problem.line <= count for problem in problems)
    assert all("\n" not in problem.zh + problem.en for problem in problems)
    taken = {known_key(key) or key for key in front_matter.meta}
    for key, _, value in lines:
        name = known_key(key) or key
        said = {problem.line for problem in problems}
        # Nothing is lost of an empty list, of null or of a comment.
        if re.sub(r"null|<<|[\[\]{}'\",~\s]", "", value) and not value.lstrip().startswith("#"):
            # YAML may take more than the author did for the name of somebody else's key.
            kept = name in taken or any(other.startswith(key) for other in taken)
            assert kept or said, f"{key} is gone without a word"


@pytest.mark.parametrize("key", sorted(KEYS))
@pytest.mark.parametrize("value", [".nan", "{a: [1]}", "[[1]]", "9" * 5000, "1e999", "!!set {a}"])
def test_a_value_of_another_kind_is_told_with_its_line(key: str, value: str) -> None:
    front_matter, problems = read(f"x: 1\n{key}: {value}")
    if key not in front_matter.meta:
        assert [problem.line for problem in problems if problem.severity is Severity.WARNING] == [3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: No", {"title": "No"}),
        ("title: 1.10", {"title": "1.10"}),
        ("title: 007", {"title": "007"}),
        ("title: 12:30", {"title": "12:30"}),
        ("title: 2024-04-25", {"title": "2024-04-25"}),
        ("title: ~", {}),
        ("tags: C#", {"tags": ["C#"]}),
        ("tags: C#, F#", {"tags": ["C#", "F#"]}),
        ("tags: [C#, '#Go', 1.10, on]", {"tags": ["C#", "Go", "1.10", "on"]}),
        ("tags: #docker #linux", {"tags": ["docker", "linux"]}),
        ("tags: '#docker#容器#'", {"tags": ["docker", "容器"]}),
        ("published: true", {"published": True}),
        ("published: 2024-01-02", {"date": date(2024, 1, 2)}),
        ("time: 5 min", {"time": "5 min"}),
        ("tile: big", {"tile": "big"}),
        ("wide: true", {"wide": True}),
        ("category: {a: b}", {"category": {"a": "b"}}),
        (
            "date: {created: 2024-01-02, updated: 2024年3月4日}",
            {"date": date(2024, 1, 2), "updated": date(2024, 3, 4)},
        ),
        ("search: {boost: '2', exclude: 否}", {"search": {"boost": 2.0, "exclude": False}}),
        ("search.boost: 2", {"search": {"boost": 2.0}}),
        ("author: 007", {"author": "007"}),
        ("author: [{name: 甲, url: x}, 乙]", {"author": ["甲", "乙"]}),
        (
            "title：T\ntranslated_from:  # make translated\n  '-': 1f0c2a9b\n  简介: 5d3e8f10\n",
            {"title": "T", "translated_from": {"-": "1f0c2a9b", "简介": "5d3e8f10"}},
        ),
    ],
)
def test_values_are_what_their_author_wrote(text: str, expected: dict[str, object]) -> None:
    front_matter, problems = read(text)
    assert front_matter.meta == expected
    assert not [problem for problem in problems if problem.severity is Severity.WARNING]


@pytest.mark.parametrize(
    ("value", "word"),
    [("new", "new"), ("已完成", "已完成"), ("in progress", "in-progress"), ("0xff", "0xff"),
     ("'\"><img src=x onerror=hit()>'", "img-src-x-onerror-hit")],
)  # fmt: skip
def test_a_status_is_a_word_for_the_theme_to_make_a_class_of(value: str, word: str) -> None:
    front_matter, problems = read_front_matter(f"---\nstatus: {value}\n---\n", "a.md")
    assert (front_matter.meta["status"], problems) == (word, [])


@pytest.mark.parametrize(
    "text",
    [
        "search: {boost: high}",
        "search: {boost: .nan}",
        "search: {boost: .inf}",
        "search: {boost: -1}",
        "search: {bost: 2}",
        "search: {exclude: perhaps}",
        "author: [{nick: x}]",
        "日期: 2024-02-30",
        "date: {created: 昨天}",
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: " + "[" * 3000 + "]" * 3000,
        "a: " + "- " * 3000,
        "title: 甲\ntitle: 乙",
    ],
)
def test_what_cannot_be_meant_is_a_warning(text: str) -> None:
    _, problems = read(text)
    warned = [problem.line for problem in problems if problem.severity is Severity.WARNING]
    assert warned == [text.count("\n") + 2]


@pytest.mark.parametrize("merge", [False, True])
def test_aliases_of_aliases_are_not_written_out(merge: bool) -> None:
    lines = ["x0: &a0 {k: 1}"]
    for number in range(1, 40):
        last = ", ".join([f"*a{number - 1}"] * 9)
        value = f"{{<<: [{last}], k{number}: 1}}" if merge else f"[{last}]"
        lines.append(f"x{number}: &a{number} {value}")
    front_matter, problems = read("\n".join(["title: 题", *lines]))
    assert front_matter.meta["title"] == "题"
    assert len(front_matter.render()) < 100_000
    assert {problem.code for problem in problems} == {"front-matter-aliases"}


def test_no_feed_is_broken_by_a_character() -> None:
    assert "\x08" not in atom(
        [], title="a\x08b", subtitle="\ufffe", home="h", address="a", author="\x0b", language="zh"
    )
