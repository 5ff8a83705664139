"""One answer to where front matter begins and ends: reading, fixing and recording agree."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docskit.drafting.translation_draft import draft, with_record
from docskit.pages.site_tree import SiteTree
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.reading.front_matter import front_matter_span
from docskit.references.fixes import Shown, fixed_bytes
from docskit.translation.translation import read_record, record_of, sections_of

BODY = "# 标题\n\n文字：一段。\n\n---\n\n## 节\n\n提示: 不是页首信息\n"
# Every way of beginning and ending front matter that the reader takes for one.
OPENINGS = [
    "---\n",
    "--- \n",
    "---\t\n",
    "----\n",
    "\n---\n",
    "\n\n \n---\n",
    "———\n",
    "－－－\n",
    "–––\n",
    "—\n",
    "---\u00a0\n",
    "---\u3000\n",
    "\u200b\ufeff---\n",
    "---yaml\n",
    "",
]
CLOSINGS = ["---\n", "--- \n", "...\n", "-----\n", "———\n", "–––\u3000\n", "---", "\n", ""]
LINES = [
    "title: 甲\n",
    "title：甲\n",
    "title:甲\n",
    "\ttitle: 甲\n",
    "标题: 甲\ntags:\n  - 乙\n",
    "auther: ISC-WEB\ndate: 2024.04.25\n",
    "title: 甲: 乙\nauthor: 丙 # 注\n",
    "tags: [甲,\n  乙]\n",
    "title: 甲\nlayout: post\nfoo: {a: 1}\n",
]
FORMS = [
    *("".join(parts) for parts in itertools.product(OPENINGS, LINES, CLOSINGS)),
    '+++\ntitle = "甲"\n+++\n',
    '+++\ntitle = "甲"\n[extra]\na = 1\n+++\n',
    "---\n---\n",
    "---\n{}\n---\n",
    "",
]
RECORD = {"-": "12345678", "甲": "abcdef01", "简介": "00000000"}
TREE = SiteTree(["a.md"])


def page(text: str) -> AuthorPage:
    return read_author_page(text.encode(), "a.md")[0]


def shown(data: bytes) -> Shown:
    front_matter = read_author_page(data, "a.md")[0].front_matter
    return Shown((repr(front_matter.meta), front_matter.body), [])


def check(text: str) -> None:
    """What every command does to a page leaves its words and its values alone."""
    own = page(text)
    before, span = own.front_matter, own.front_matter.span
    assert span == front_matter_span(text)
    if span is not None:
        assert 0 <= span.start <= span.end <= span.after <= len(text)
        assert text[span.after :].lstrip("\n") == before.body
    # make fix
    fixed = fixed_bytes(text.encode(), "a.md", [], TREE, shown).decode()
    assert shown(fixed.encode()).page == shown(text.encode()).page
    # make translated
    edits = with_record(own, RECORD)
    if edits is None:
        return
    recorded = page(edits.apply(text))
    assert read_record(recorded) == (RECORD, [])
    assert recorded.front_matter.body == before.body
    assert {**before.meta, "translated_from": RECORD} == recorded.front_matter.meta
    again = with_record(recorded, RECORD)
    assert again is not None
    assert again.apply(recorded.source.text) == recorded.source.text
    # make translate
    text = draft(own) or ""
    assert read_record(page(text)) == (record_of(sections_of(own)), [])
    assert page(text).front_matter.meta.keys() == {*before.meta, "translated_from"}


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("opening", OPENINGS)
def test_every_form_is_one_to_all_commands(opening: str, closing: str) -> None:
    for lines in LINES:
        check(opening + lines + closing + BODY)


@pytest.mark.parametrize("form", FORMS[-5:])
def test_other_forms(form: str) -> None:
    check(form + BODY)


@pytest.mark.parametrize("opening", [o for o in OPENINGS if o])
@pytest.mark.parametrize("lines", LINES)
def test_a_closed_form_is_read_and_takes_a_record(opening: str, lines: str) -> None:
    own = page(opening + lines + "---\n" + BODY)
    assert own.front_matter.meta
    assert own.front_matter.body == BODY
    assert with_record(own, RECORD) is not None
    assert draft(own) is not None


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.sampled_from(FORMS), st.text("-+.:： \t\n#a甲", max_size=12), st.booleans())
def test_any_page(form: str, noise: str, first: bool) -> None:
    check((noise + form if first else form + noise) + BODY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("--- \nlayout: post\nfoo: 1\n---\n# 甲\n", []),
        ("----\nlayout: post\nfoo: 1\n---\n# 甲\n", [(1, "front-matter-text")]),
        ("\n---\nlayout: post\nfoo: 1\n---\n# 甲\n", [(2, "front-matter-text")]),
        ("\n---\nlayout: post\ntitle: 甲\n---\n# 甲\n", [(2, "front-matter-mark")]),
        ("----\ntitle: 甲\n----\n# 甲\n", [(1, "front-matter-mark"), (3, "front-matter-mark")]),
        ('+++\ntitle = "甲"\n# 甲\n', [(1, "front-matter-unreadable")]),
        (" ---\n title: 甲\n ---\n# 甲\n", [(1, "front-matter-text")]),
        ("***\ntitle: 甲\n***\n# 甲\n", [(1, "front-matter-text")]),
        ('{\n  "title": "甲",\n  "author": "乙"\n}\n\n# 甲\n', [(1, "front-matter-text")]),
        ("---\ntitle = 甲\nauthor = 乙\n---\n# 甲\n", [(1, "front-matter-text")]),
        ("<!-- 注 -->\n---\ntitle: 甲\n---\n# 甲\n", [(2, "front-matter-text")]),
        ("# 甲\n\n---\ntitle: 甲\n---\n\n正文\n", [(3, "front-matter-text")]),
        ("---\ntitle: 甲\n---\n\n---\ndate: 2024-01-01\n---\n", [(5, "front-matter-text")]),
        ("---\ntitle: 甲\n---\n\n---\n从前：有座山\n---\n", []),
        ("***\n从前：有座山\n***\n", []),
        ("---\n\n一段话\n\n---\n", []),
        ("---\n", []),
    ],
)
def test_a_block_that_stays_on_the_page_is_named(text: str, said: list[tuple[int, str]]) -> None:
    _, problems = read_author_page(text.encode(), "a.md")
    assert [(problem.line, problem.code) for problem in problems] == said
