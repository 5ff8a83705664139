from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docskit.pages.other_addresses import other_addresses, said_addresses
from docskit.pages.site_tree import SiteTree
from docskit.references.html_references import html_references, rewrite_html
from docskit.references.reference_targets import Kind, Status, resolve, spell
from docskit.references.source_references import source_references, without_code

CASES = Path(__file__).parent.parent / "cases" / "references"


def _cases() -> Iterator[tuple[SiteTree, str, Kind, str, str]]:
    for path in sorted(CASES.glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        tree = SiteTree(data["files"], data["locales"], data["locales"][0])
        for case in data["cases"]:
            for kind in Kind:
                for entry in case.get(kind.value, []):
                    ((raw, expected),) = entry.items()
                    yield tree, case["page"], kind, raw, expected


@pytest.mark.parametrize(("tree", "page", "kind", "raw", "expected"), list(_cases()))
def test_what_a_path_means(tree: SiteTree, page: str, kind: Kind, raw: str, expected: str) -> None:
    found = resolve(raw, page, kind, tree)
    assert " ".join(filter(None, (found.status, found.target, found.why))) == expected


@pytest.mark.parametrize(("tree", "page", "kind", "raw", "expected"), list(_cases()))
def test_what_is_suggested_is_exact(
    tree: SiteTree, page: str, kind: Kind, raw: str, expected: str
) -> None:
    found = resolve(raw, page, kind, tree)
    for uri in (found.target, *found.suggestions):
        if uri:
            again = resolve(spell(uri, page), page, kind, tree)
            assert (again.status, again.target) == ("exact", uri)


def test_a_translation_without_original_is_no_page_of_the_other_language() -> None:
    files = ["index.md", "only.en.md"]
    assert "only.md" in SiteTree(files, ["zh", "en"], "en").uris
    assert "only.md" not in SiteTree(files, ["zh", "en"], "zh").uris


HTML = """<P ALIGN=center><IMG alt='a > b' SRC = ./a.png width="10%"/></P>
<img srcset="a.png 1x, b%20c.png 2x,d.png" src="x&amp;y.png">
<video poster='p.png'><source src="v.mp4"></video> <!-- <img src="no.png"> -->
<script>var x = '<img src="no.png">'</script><a href=git.md>x</a>
<div style="background: url('bg.png'), url(&quot;c.png&quot;)"><img src="unclosed.png
"""


def test_references_in_html() -> None:
    assert [reference.value for reference in html_references(HTML)] == [
        "./a.png",
        "a.png",
        "b%20c.png",
        "d.png",
        "x&y.png",
        "p.png",
        "v.mp4",
        "git.md",
        "bg.png",
        "c.png",
    ]


def test_rewriting_touches_nothing_else() -> None:
    assert rewrite_html(HTML, lambda raw, _: None) == HTML
    changed = rewrite_html(HTML, lambda raw, _: "Z" if raw in ("./a.png", "x&y.png") else raw)
    assert changed == HTML.replace("./a.png", '"Z"').replace("x&amp;y.png", "Z")
    assert rewrite_html("<a href=x>", lambda raw, _: 'a"b') == '<a href="a&quot;b">'


SOURCE = """[a](a.md "t") ![图](图 一.png) `[no](no.md)` [b]: x
<img src="c.png"> [[页面|别名]] [e](<e f.md>)

    [no](no.md)

```md
![no](no.png)
```

!!! note
    [f](f.md)

        [no](no.md)

- item

  [g](g(1).md) \\`[h](h.md)\\`

[ref]: i.md
"""


def test_references_in_a_source() -> None:
    found = source_references(SOURCE)
    assert [(item.value, item.line) for item in found] == [
        ("a.md", 1),
        ("图 一.png", 1),
        ("c.png", 2),
        ("页面", 2),
        ("e f.md", 2),
        ("f.md", 11),
        ("g(1).md", 17),
        ("h.md", 17),
        ("i.md", 19),
    ]
    assert [SOURCE[item.start : item.end] for item in found] == [item.value for item in found]


def test_masking_keeps_offsets() -> None:
    masked = without_code(SOURCE)
    assert len(masked) == len(SOURCE)
    assert all(new in (old, " ") for old, new in zip(SOURCE, masked, strict=True))


def test_masking_keeps_the_lines_of_a_span_over_two() -> None:
    assert without_code("a `b\nc` d\ne").split("\n") == ["a   ", "   d", "e"]


def test_a_moved_tree_in_two_languages_is_looked_up_in_the_pages_own() -> None:
    tree = SiteTree(["x/zh/a/b.md", "x/en/a/b.md", "zh/a/b.md", "en/a/b.md", "zh/c.md"])
    assert resolve("/a/b", "zh/c.md", Kind.LINK, tree).target == "zh/a/b.md"
    assert resolve("/a/b", "c.md", Kind.LINK, tree).why == "ambiguous"


def test_a_link_to_a_draft_says_so() -> None:
    tree = SiteTree(["index.md"], drafts=["notes/new.md"])
    for raw in ("notes/new.md", "notes/new", "Notes/new.md#a"):
        found = resolve(raw, "index.md", Kind.LINK, tree)
        assert (found.status, found.target, found.why) == ("missing", "", "draft")
    assert resolve("notes/old.md", "index.md", Kind.LINK, tree).why == ""


@pytest.mark.parametrize(
    ("files", "page", "raw"),
    [
        (["index.md", "b/B.png", "b/b.png"], "index.md", "b/%42.PNG"),
        (["index.md", "c/d/x/y.png", "x/y.png", "c/d/p.md"], "c/d/p.md", "../x/y.png"),
        (["index.md", "a/x.png", "b/x.png"], "index.md", "c/x.png"),
        (["index.md", "a/x.png", "b/x.png"], "index.md", "C:\\图\\x.png"),
        (["index.md", "a/页.md", "b/页.md"], "index.md", "页"),
    ],
)
def test_of_several_files_that_it_may_mean_none_is_taken(
    files: list[str], page: str, raw: str
) -> None:
    kind = Kind.LINK if raw == "页" else Kind.MEDIA
    found = resolve(raw, page, kind, SiteTree(files, ["zh", "en"], "zh"))
    assert (found.status, found.target, found.why) == ("missing", "", "ambiguous")
    assert len(found.suggestions) == 2


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_a_spelling_has_nothing_in_it_that_ends_a_link(name: str) -> None:
    spelled = spell(name.replace("/", "_"), "index.md")
    assert not any(char.isspace() or char in '()<>"[]`' for char in spelled)


def test_wide_spaces_are_spelled_as_what_they_are() -> None:
    assert spell("图\u3000片\u00a0.png", "a/index.md") == "../图%E3%80%80片%C2%A0.png"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a.png, b.png 2x", ["a.png", "b.png"]),
        ("a.png 1x,b.png 2x", ["a.png", "b.png"]),
        ("a.png,b.png 2x", ["a.png,b.png"]),
        (" , a.png ,b.png", ["a.png", "b.png"]),
    ],
)
def test_a_comma_parts_the_pictures_of_a_srcset(value: str, expected: list[str]) -> None:
    found = html_references(f'<img srcset="{value}">')
    assert [reference.value for reference in found] == expected


SAID = {
    "docs/login/a.md": ["experience/login/jwt"],
    "docs/06-js/02-loop.md": ["event-loop"],
    "posts/中文.md": ["4a17b156"],
    "b/x.md": ["same"],
    "c/x.md": ["same"],
}


@pytest.mark.parametrize(
    ("raw", "page", "target"),
    [
        ("/docs/experience/login/jwt", "index.md", "docs/login/a.md"),
        ("/zh/docs/experience/login/jwt/#节", "index.md", "docs/login/a.md"),
        ("../../event-loop", "docs/login/a.md", "docs/06-js/02-loop.md"),
        ("/docs/js/loop", "index.md", "docs/06-js/02-loop.md"),
        ("./loop", "docs/06-js/01-start.md", "docs/06-js/02-loop.md"),
        ("/posts/4a17b156.html", "index.md", "posts/中文.md"),
        ("/same", "index.md", ""),
        ("/experience/login", "index.md", ""),
    ],
)
def test_the_address_that_a_page_had_elsewhere_leads_to_it(
    raw: str, page: str, target: str
) -> None:
    files = ["index.md", "docs/06-js/01-start.md", *SAID]
    tree = SiteTree(files, addresses=other_addresses(SAID, files))
    found = resolve(raw, page, Kind.LINK, tree)
    assert found.target == target
    if raw == "/same":
        assert set(found.suggestions) == {"b/x.md", "c/x.md"}
    assert resolve(raw, page, Kind.MEDIA, tree).status is Status.MISSING


@pytest.mark.parametrize(
    ("front_matter", "addresses"),
    [
        ("slug: /a/b/", ["a/b"]),
        ("slug: b", ["b", "docs/b"]),
        ("permalink: /a/b.html", ["a/b"]),
        ("abbrlink: 12345", ["12345", "docs/12345"]),
        ("id: 3", []),
        ("permalink: :year/:title/", []),
        ("url: https://example.org/a", []),
        ("slug: /", []),
        ("title: slug", []),
    ],
)
def test_what_front_matter_says_of_another_address(front_matter: str, addresses: list[str]) -> None:
    data = f"---\n{front_matter}\n---\n\n# 甲\n".encode()
    assert said_addresses(data, "docs/a.md") == addresses


@pytest.mark.parametrize("name", ["c++-io.md", "C++ 入门.md", "a+b.png", "100%.md", "a&b.md"])
def test_a_file_of_an_odd_name_is_found_in_another_folder(name: str) -> None:
    kind = Kind.LINK if name.endswith(".md") else Kind.MEDIA
    tree = SiteTree(["a/b/index.md", f"c/{name}"])
    found = resolve(name, "a/b/index.md", kind, tree)
    assert (found.status, found.target) == (Status.REPAIRED, f"c/{name}")
