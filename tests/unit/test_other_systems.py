"""Windows and macOS, as far as the core sees them: names, separators, ends of lines."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docskit.checking.page_rules import page_hints
from docskit.pages.site_tree import SiteTree
from docskit.reading.author_page import read_author_page
from docskit.reading.front_matter import read_front_matter
from docskit.references.reference_targets import Kind, Status, resolve, spell
from docskit.references.source_references import source_references

CASES = Path(__file__).parent.parent / "cases" / "front_matter"
# Letters that macOS takes apart, capitals that Windows does not tell apart, Han, spaces.
_PART = st.text(alphabet="aBé\u00fcがÅ图 -1", min_size=1, max_size=6).filter(
    lambda part: part.strip() == part and part.strip(" -") != ""
)


@given(st.lists(_PART, min_size=1, max_size=3), st.sampled_from(["NFC", "NFD"]))
def test_a_name_is_found_however_its_accents_are_stored(parts: list[str], stored: Any) -> None:
    written = unicodedata.normalize("NFC", "/".join(parts) + ".png")
    tree = SiteTree([unicodedata.normalize(stored, written), "index.md"])
    found = resolve(spell(written, "index.md"), "index.md", Kind.MEDIA, tree)
    assert found.target == unicodedata.normalize(stored, written)


@given(st.lists(_PART, min_size=1, max_size=3))
def test_a_name_is_found_in_any_case_and_told(parts: list[str]) -> None:
    name = "/".join(parts) + ".png"
    tree = SiteTree([name, "index.md"])
    found = resolve(spell(name.swapcase(), "index.md"), "index.md", Kind.MEDIA, tree)
    assert found.target == name
    assert found.status is (Status.EXACT if name.swapcase() == name else Status.REPAIRED)


@given(st.lists(_PART, min_size=1, max_size=3), st.sampled_from(["C:\\Users\\张三\\docs", "D:\\"]))
def test_a_windows_path_is_found(parts: list[str], drive: str) -> None:
    name = "/".join(parts) + ".png"
    tree = SiteTree([name, "git/index.md"])
    path = PureWindowsPath(drive, *name.split("/"))
    for written in (str(path), str(path.relative_to(drive)), path.as_uri()):
        found = resolve(written, "git/index.md", Kind.MEDIA, tree)
        assert (found.status, found.target) == (Status.REPAIRED, name), written


@pytest.mark.parametrize(
    "case",
    [
        case
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        if "\r" not in case["text"]
    ],
    ids=lambda case: case["name"],
)
def test_a_checkout_with_crlf_reads_the_same(case: dict[str, Any]) -> None:
    ours, told = read_front_matter(case["text"], "a.md")
    data = case["text"].replace("\n", "\r\n").encode("utf-8", "surrogatepass")
    page, theirs = read_author_page(data, "a.md")
    assert page.front_matter.meta == ours.meta
    assert page.front_matter.body_line == ours.body_line
    assert [(p.line, p.column, p.code) for p in theirs] == [
        (p.line, p.column, p.code) for p in told
    ]


def test_references_and_headings_stand_in_the_same_lines_with_crlf() -> None:
    text = "---\ntitle: 甲\n---\n\n# 一\n\n![图](a.png)\n\n```\n![x](y)\n```\n\n# 二\n[b](c.md)\n"
    pages = [read_author_page(t.encode(), "a.md")[0] for t in (text, text.replace("\n", "\r\n"))]
    places = [
        [(r.value, r.line, r.column) for r in source_references(page.front_matter.body)]
        for page in pages
    ]
    assert places[0] == places[1] != []
    hints = [[(h.line, h.code) for h in page_hints(page)] for page in pages]
    assert hints[0] == hints[1] != []
