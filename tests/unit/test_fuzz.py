"""Whatever an author saves: no exception, no lost byte, code untouched, repairs made once.

`make fuzz` runs these with many more cases than `make test`.
"""

import html
import os
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import composed_pages
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from processor_time import seconds

import fidelity
from docskit.checking.proof_reading import read
from docskit.dialect.extension import DialectExtension
from docskit.messages.characters import fit
from docskit.pages.site_tree import SiteTree
from docskit.reading.author_page import read_author_page
from docskit.reading.blocks import block_tokens
from docskit.reading.front_matter import read_front_matter
from docskit.reading.source_text import decode_source
from docskit.references.empty_addresses import empty_addresses
from docskit.references.fixes import Shown, as_read, fixed_bytes
from docskit.references.html_references import html_references, rewrite_html
from docskit.references.reference_extension import PageLinks, ReferenceExtension
from docskit.references.reference_targets import Kind, Status, resolve, spell
from docskit.references.source_references import source_references, without_code
from fidelity import own_html
from github_reading import structure
from mkdocs_bridge.patches import unclosed_html

CASES = int(os.environ.get("FUZZ", "60"))
many = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=CASES < 1000,
)

FRONT = [
    "---\n", "---", "...\n", "title: 甲\n", "title：甲\n", "auther: a、b\n", "date: 2024.04.25\n",
    "date: 2024-02-30\n", "日期：2024年4月25日\n", "\ttags: [a, b\n", "hide: toc\n", "x: &a [*a]\n",
    "title: 甲: 乙\n", "- 项\n", "  k: |\n    v\n", "# 注\n", "\n", "? x\n", "!!python/none x: y\n",
    "title: \"甲\n", "{a: b}\n", "+++\n", "a = 1\n", "key:value\n", "search: 1\n", "2024: 1\n",
    "作者: 丙\n", "author: 丁\n", "template: [x]\n", "<<: 1\n", "% x\n", "@a: `b`\n",
]  # fmt: skip
BODY = [
    "# 标题\n", "![图](a.png)", "![图](Git\\A.PNG \"题\")", "<img src=a.png>", "<IMG SRC='A.png'",
    "[链](页)", "[链](页#节)", "```\n", "~~~\n", "`", "``", "    ![图](A.png)\n", "<!--", "-->",
    "<script>", "</script>", "- 项\n", "  - 项\n", "> 引\n", "!!! note\n", "\n", "\n\n", "|a|b|\n",
    "[a]: A.png\n", "[[页]]", "<a href=\"页\">", "style=\"background:url(A.png)\"", "](", "\\", "(",
    ")", "<", ">", "\"", "'", "&quot;", "%2F", "../", "C:\\", "file://", "\u3000", "\ufeff", "\x02",
    "\x00", "\u2028", "😀", "a\u0301",
]  # fmt: skip
REFERENCES = [
    "[![x](./Git/A.png)](./Git/A.png)", "[![x](Git/A.png)](Git\\A.png \"题\")", "![](页)[](页)",
    "<a href=Git/A.png><img src='Git/A.png'></a>", "[a]: Git/A.png\n", "![x][a]", "[x][a]", "\n\n",
    "<img src='A.png' srcset='A.png 1x, Git/A.png 2x'>", "[x](<Git/A.png>)", "[[页]]", "![[A.png]]",
    "[x](../git/a.png?v=1#f)", "![图](git/a&#46;png)", "[x](C:\\\\d\\git\\a.png)", "`", "- ", "> ",
    "![a\\]b](Git/A.png)", "[甲 [乙](页)](页)", "<IMG SRC=\"Git&#47;A.png\" alt='![](Git/A.png)'>",
]  # fmt: skip
PIECES = """- 甲|  - 乙|    1. 丙||文字|> 引用|```|\t代码|¦ a ¦ b ¦|¦ - ¦ - ¦|---|#标题|# 标题
<div>|</div>|!!! note|    缩进|:::tip|:::|$$|[^1]: 注|**粗：**字|`码|[[页]]|> [!NOTE]|1) 一
=== "甲"|* * *|&emsp;&emsp;字|\\|~~~|<!-- -->|- - 甲|-|1. ```|      深
<details>|</details>|- > 甲|+ ¦ a ¦ b ¦
    !!! note|        缩进|```python 3|::: center|====|<tel:1>|\tx\t代码"""
LINES = [piece.replace("¦", "|") + "\n" for piece in PIECES.replace("\n", "|").split("|")]
FILES = [
    "index.md",
    "页.md",
    "git/a.png",
    "a.png",
    "a.en.png",
    "git/README.md",
    "b/B.png",
    "b/b.png",
]
TREE = SiteTree(FILES, ["zh", "en"], "zh")

front = st.lists(st.sampled_from(FRONT) | st.text(max_size=6), max_size=10).map("".join)
body = st.lists(st.sampled_from(BODY) | st.text(max_size=6), max_size=16).map("".join)
page = st.builds("{}{}".format, front, body)
mixture = (
    st.lists(st.sampled_from(LINES) | st.sampled_from(BODY) | st.text(max_size=6), max_size=16)
    .map("".join)
    # Reading a file makes its line ends these.
    .map(lambda text: text.replace("\r", "\n"))
)
# A footnote is shown where something refers to it, and nowhere else.
SHOWN = [line for line in LINES if "[^" not in line]
blocks = st.lists(st.sampled_from(SHOWN), max_size=14).map("".join)
path = st.lists(
    st.sampled_from([*FILES, *BODY, "/", ".", "..", "A.PNG", "git", "#", "?", "%", "\\"]),
    max_size=6,
).map("".join)


@many
@given(st.binary(max_size=200) | page.map(lambda text: text.encode("gb18030", "ignore")))
def test_a_file_is_read_and_written_back(data: bytes) -> None:
    source, _ = decode_source(data, "a.md")
    if not source.damaged:
        assert source.with_edits([]) == data


@many
@given(page)
def test_front_matter_takes_nothing_from_the_text(text: str) -> None:
    found, problems = read_front_matter(text, "a.md")
    assert text.endswith(found.body)
    assert found.body_line == text[: len(text) - len(found.body)].count("\n") + 1
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)
    # What no published file can hold is left out, and told.
    body = fit(found.body)
    rendered = found.render()
    block = rendered[4 : len(rendered) - len(body) - 4]
    assert rendered == f"---\n{block}---\n{body}"
    yaml.safe_load(block)


@many
@given(front)
def test_mended_front_matter_needs_no_mending(text: str) -> None:
    found, _ = read_front_matter(text, "a.md")
    again, problems = read_front_matter(found.render(), "a.md")
    # Two keys for one thing stay on the page, and are an author's to choose from.
    assert {problem.code for problem in problems} <= {"front-matter-twice"}
    assert again.body == fit(found.body).lstrip("\n")
    assert repr(again.meta) == repr(found.meta)


@many
@given(path, st.sampled_from(["index.md", "git/README.md"]), st.sampled_from(Kind))
def test_a_repair_leads_to_a_file_of_the_site(raw: str, source: str, kind: Kind) -> None:
    found = resolve(raw, source, kind, TREE)
    for target in filter(None, (found.target, *found.suggestions)):
        assert target in FILES
        again = resolve(spell(target, source), source, kind, TREE)
        assert (again.status, again.target) == (Status.EXACT, target)


@many
@given(body)
def test_html_is_changed_in_its_references_only(text: str) -> None:
    assert rewrite_html(text, lambda raw, _: raw) == text
    found = list(html_references(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    parts, last = [], 0
    for reference in found:
        new = "Z" if reference.quoted else '"Z"'
        parts += [text[last : reference.start], new if reference.value != "Z" else "Z"]
        last = reference.end
    assert rewrite_html(text, lambda raw, _: "Z") == "".join([*parts, text[last:]])


PAGE_NAMES = ["index.md", "git/README.md"]


@cache
def converter() -> tuple[Markdown, ReferenceExtension]:
    """Markdown as a build has it, with references that lead to a file's own name."""
    unclosed_html.install()
    references = ReferenceExtension()
    names, configs = fidelity._configured()
    extensions: list[Any] = [*names, DialectExtension(), references]
    return Markdown(extensions=extensions, extension_configs=configs), references


def rendered(data: bytes, path: str) -> Shown:
    """The page's text as HTML, each reference led to its file, and what was found in it."""
    markdown, extension = converter()
    links = extension.links = PageLinks(
        resolve=lambda raw, kind: resolve(raw, path, kind, TREE),
        source_link=lambda resolution: f"/{resolution.target}{resolution.tail}",
        url=lambda resolution: f"/{resolution.target}{resolution.tail}",
    )
    body = read_author_page(data, path)[0].front_matter.body
    return Shown(as_read(markdown.reset().convert(body)), links.found)


def fixed(data: bytes, path: str) -> bytes:
    found = rendered(data, path).found
    return fixed_bytes(data, path, found, TREE, lambda other: rendered(other, path))


@many
@given(front, body | st.lists(st.sampled_from(REFERENCES), max_size=6).map("".join),
       st.sampled_from(PAGE_NAMES))  # fmt: skip
def test_a_fixed_page_renders_the_same_and_needs_no_fixing(head: str, text: str, path: str) -> None:
    data = (head + text).encode()
    once = fixed(data, path)
    assert rendered(once, path).page == rendered(data, path).page
    assert fixed(once, path) == once
    before, after = (read_author_page(d, path)[0].front_matter for d in (data, once))
    assert repr(before.meta) == repr(after.meta)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[![x](./Git/A.png)](./Git/A.png)", "[![x](./git/a.png)](./git/a.png)"),
        ("[![x](Git/A.png)](.\\git\\a.png)", "[![x](git/a.png)](git/a.png)"),
        ("[![x](Git/A.png)](git/a.png)", "[![x](git/a.png)](git/a.png)"),
        ("[a]: Git/A.png\n\n![x][a] [x][a]", "[a]: git/a.png\n\n![x][a] [x][a]"),
        # As a link it is a page, as a picture nothing: the one definition stays.
        ("[a]: 页\n\n![x][a] [x][a]", "[a]: 页\n\n![x][a] [x][a]"),
        ("![x](页) [x](页)", "![x](页) [x](页.md)"),
        (
            "<a href=Git/A.png><img src='Git/A.png'></a>",
            "<a href=git/a.png><img src='git/a.png'></a>",
        ),
    ],
)
def test_one_address_as_picture_and_link(text: str, expected: str) -> None:
    assert fixed(text.encode(), "index.md").decode() == expected
    assert rendered(expected.encode(), "index.md").page == rendered(text.encode(), "index.md").page


WORDS = "甲乙丙一页文字引用代码标题缩进注粗深"


def words(text: str) -> dict[str, int]:
    """How often each of `WORDS` is there, behind the fences of code apart, which nobody sees."""
    text = re.sub(r"^([\s>+*\d.)-]*)(?:```|~~~).*", r"\1", text, flags=re.M)
    return {word: text.count(word) for word in WORDS}


@many
@given(blocks)
def test_readers_get_every_word(text: str) -> None:
    unclosed_html.install()
    shown = own_html(text)
    assert {word for word, count in words(text).items() if shown.count(word) < count} == set()


@many
@given(st.text(st.characters(exclude_characters="`~\r\0\x02\x03\ufeff\u200b")), mixture)
def test_code_keeps_every_sign(code: str, rest: str) -> None:
    """But spaces and empty lines around it, and those at the ends of lines."""
    shown = structure(own_html(f"```text\n{code}\n```\n\n{rest}"))[0]
    lines = [line.rstrip() for line in code.strip("\n").split("\n")]
    assert shown.split("\n") == f"code {chr(10).join(lines)}".split("\n")


@many
@given(mixture)
def test_no_page_stops_the_conversion(text: str) -> None:
    own_html(text)


@many
@given(st.integers(0, 10**6), st.data())
def test_a_page_may_end_anywhere(seed: int, data: st.DataObject) -> None:
    page = composed_pages.page(seed)
    text = page[: data.draw(st.integers(0, len(page)))]
    own_html(text)
    block_tokens(text)
    read(text)


@pytest.mark.parametrize("text", ["> - \n>   <!--\n>", "1. > + \n   >   <div>\n   >"])
def test_a_page_may_end_within_html(text: str) -> None:
    assert "<ul>" in own_html(text)
    assert block_tokens(text)
    assert read(text)


@many
@given(body)
def test_masking_code_keeps_offsets_and_lines(text: str) -> None:
    masked = without_code(text)
    assert len(masked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, masked, strict=True))
    assert masked.count("\n") == text.count("\n")


SIZE = 1_000_000 if CASES >= 1000 else 60_000
BAD: list[Callable[[int], str]] = [
    lambda n: "](" * (n // 2),
    lambda n: "[[" * (n // 2),
    lambda n: '<a href="' * (n // 9),
    lambda n: "<a href='x' " * (n // 12),
    lambda n: "<!--" * (n // 4),
    lambda n: "<script>" * (n // 8),
    lambda n: "<img style='" + "url(" * (n // 4) + "'>",
    lambda n: "<img srcset='" + "a.png 1x," * (n // 9) + "'>",
    lambda n: "".join("`" * (i % 40 + 1) + " " for i in range(n // 20)),
    lambda n: "- 项 ![图](A.png)\n" * (n // 15),
    lambda n: "---\n" + "".join(f"k{i}: v\n" for i in range(n // 9)) + "---\n",
    lambda n: "---\n" + "title：甲\n" * (n // 9) + "---\n",
    lambda n: "---\n" + "a" * n,
    lambda n: " " * n + "x",
    lambda n: "\n" * n,
    lambda n: "[a]: " * (n // 5),
    lambda n: "]()" * (n // 3),
]


def _work(text: str) -> None:
    author, _ = read_author_page(text.encode(), "index.md")
    source_references(author.front_matter.body)
    rewrite_html(text, lambda raw, _: None)
    empty_addresses(Kind.LINK, "index.md", text)


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_time_is_linear_in_size(bad: Callable[[int], str]) -> None:
    short, long = bad(SIZE // 4), bad(SIZE)
    # Four times the text in less than eight times the time, and a constant for the clock.
    assert seconds(lambda: _work(long)) < 8 * seconds(lambda: _work(short)) + 0.5


def test_deep_nesting_is_survived() -> None:
    _work("".join("  " * depth + "- 项\n" for depth in range(500)))
    _work(">" * 500 + " ![图](a.png)")
    _work("---\nx: " + "[" * 5000 + "\n---\n")
    _work("---\nx: " + "{a: " * 2000 + "\n---\n")


@pytest.mark.parametrize(
    ("opening", "closing", "depth"),
    [("[", "]", 5000), ("# [", "]", 5000), ("[甲", "](b.md)", 1500), ("![", "](a.png)", 750)],
)
def test_nested_brackets_are_shown_in_linear_time(opening: str, closing: str, depth: int) -> None:
    sign = opening.removeprefix("# ")
    mark = opening.removesuffix(sign)

    def nested(depth: int) -> str:
        return f"{mark}{sign * depth}字{closing * depth}\n"

    shown = html.unescape(own_html(nested(depth)))
    assert "字" in shown
    if sign == "[":
        # `[[字]]` within is a link to a page of that name, the others are text.
        assert (shown.count("["), shown.count("]")) == (depth - 2, depth - 2)
    elif sign == "[甲":
        assert shown.count("甲") == depth
    short, long = nested(depth // 4), nested(depth)
    assert seconds(lambda: own_html(long)) < 8 * seconds(lambda: own_html(short)) + 0.5


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_title_of_5000_nested_brackets_is_named(quote: str) -> None:
    title = "[" * 5000 + "字" + "]" * 5000
    data = f"---\ntitle: {quote}{title}{quote}\nauthor: 甲\n---\n# 页\n".encode()
    page, problems = read_author_page(data, "index.md")
    assert page.front_matter.meta == {"author": "甲"}
    assert page.front_matter.body == "# 页\n"
    (problem,) = problems
    assert problem.line == 2 and "title" in problem.zh
    assert len(problem.zh) < 200
