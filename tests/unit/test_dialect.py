from __future__ import annotations

import random
import re

import pytest
import yaml
from markdown_it import MarkdownIt
from processor_time import seconds
from site_builder import REPOSITORY

from docskit.checking.proof_reading import read
from docskit.dialect import DialectExtension
from docskit.dialect.link_labels import use_known_labels
from fidelity import markdown_instance, own_html, pages
from github_reading import structure
from mkdocs_bridge.patches import unclosed_html

CASES = [
    case
    for path in sorted((REPOSITORY / "tests/cases/dialect").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["habit"]))
def test_readers_see_what_the_author_saw(case: dict[str, str]) -> None:
    assert structure(own_html(case["source"])) == structure(case["html"])


@pytest.mark.content
def test_the_page_of_the_first_author_keeps_its_words() -> None:
    seen = 0
    for name, text in pages(REPOSITORY / "docs"):
        words = set("".join(structure(own_html(text))))
        assert words, name
        seen += 1
    assert seen > 2


def problems(text: str, path: str = "git.md", first_line: int = 1) -> list[str]:
    """What the author of a page is told, each as one line."""
    md = markdown_instance(own=True)
    dialect = next(item for item in md.registeredExtensions if isinstance(item, DialectExtension))
    dialect.begin(path, first_line)
    md.reset().convert(text)
    return [problem.format() for problem in dialect.problems]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("文字\n\n```bash\nls\n", "docs/git.md:7:1: 这个代码块没有结束"),
        (
            "文\n\n```cpp\nint a;\n}```\n\n乙\n",
            "docs/git.md:7:1: 这个代码块没有结束，后面的内容都成了代码："
            "第 9 行末尾的 ``` 要单独占一行",
        ),
        (
            "```\na = `x````\n",
            "docs/git.md:5:1: 这个代码块没有结束，后面的内容都成了代码；请在代码最后加一行",
        ),
        ("- 甲\n\n  ~~~\n  ls\n\n乙\n", "docs/git.md:7:1: 这个代码块没有结束"),
        ("甲\n\n列表是 List<String> 的\n", "docs/git.md:7:1: 没有 '<String>' 这种 HTML 标签"),
        ("甲[^1]\n\n[^1]: 注\n\n乙\n丙[^2]\n", "docs/git.md:10:1: 脚注 '[^2]' 没有内容"),
        ("甲\n\n文字\n![图]（a.png）\n", "docs/git.md:8:1: '![图]（a.png）' 已当作 '![图](a.png)'"),
        ('甲\n\n<img src="a.png"width="9">\n', 'docs/git.md:7:1: \'<img src="a.png"width='),
        ("甲\n\n| ![甲][乙] |\n|--|\n", "docs/git.md:7:1: 图片 '![甲][乙]' 没有地址"),
        ("甲\n\n- 乙\n\n  [^注]: 没人用\n", "docs/git.md:9:1: 脚注 '[^注]' 在正文里没有用到"),
    ],
)
def test_authors_are_told_the_line(text: str, start: str) -> None:
    [problem] = problems(text, first_line=5)
    assert problem.startswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "```\nls\n```\n",
        "- ```\n  ls\n  ```\n",
        "> ~~~\n> ls\n> ~~~\n",
        "```\n```\n",
        "a[^b]\n\n[^b]: c\n",
        "![a][b] ![a](b.png) `![a][c]`\n\n[b]: c.png\n",
    ],
)
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert problems(text) == []


GROWING = [
    "<svg>\n\n",
    "x\n<svg>\n",
    "- 甲\n",
    "> 引用\n\n",
    "文字 **粗** `码`\n",
    "| a | b |\n",
    "<div>\n\n",
    "</div>\n\n",
    "<div markdown>\n",
    "[[页]] ",
    "https://example.org/a ",
    "www.example.org ",
    "a@example.org ",
    "a@",
    "![a](b c.png) ",
    "[a](b c",
    "$x$ ",
    "$",
    "$$",
    "$$ x\n",
    "$$\n",
    "%%",
    "== a",
    "~~a",
    "[^1] ",
    "[^1]: a\n\n",
    "::: tip\n",
    "!!! note\n",
    "    !!! note\n",
    "<String> ",
    "<script> ",
    "`a|b` | ",
    "| `a|b` |\n|---|\n| `a|b` |\n\n",
    "词\n: 义\n\n",
    "```\n",
    "{a} ",
    ":a: ",
    "&amp;lt; ",
    "汉\n",
    "# 标题\n\n",
    "1. 甲\n\n   乙\n\n",
    "[x]: y\n",
    "*a* _b ",
    "![a]（",
    "![a] (a.png ",
    "！[",
    "![a][",
    '<img a="',
    '<a b="c"',
    "[",
    "![[a",
    "[[a] ",
    "[^1]\n\n[^1]: a\n\n",
    "[a](b) ",
    "<!--",
    "<script>",
    "甲<iframe> ",
]


@pytest.mark.parametrize("unit", GROWING)
def test_time_grows_with_the_page(unit: str) -> None:
    def convert_and_prove(count: int) -> None:
        own_html(unit * count)
        read(unit * count)

    size = 3_000 // len(unit)
    few = seconds(lambda: convert_and_prove(size))
    # Four times the text may take eight times as long, not sixteen.
    assert seconds(lambda: convert_and_prove(size * 4)) < 8 * max(few, 0.02)


def test_deep_nesting_ends() -> None:
    text = "".join(f"{'  ' * depth}- 层\n" for depth in range(500))
    for page, word, count in ((text, "层", 500), ("> " * 500 + "底\n", "底", 1)):
        [problem] = problems(page)
        assert "套得太深" in problem
        assert own_html(page).count(word) == count


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "![演示](a.mp4)",
            '<video aria-label="演示" controls="controls" preload="metadata" src="a.mp4">',
        ),
        ("![](a.MP3)", '<audio controls="controls" preload="metadata" src="a.MP3">'),
        ("![](a.png?b.mp4)", '<img alt="" src="a.png?b.mp4" />'),
        ("![](http://[a)", "<p>"),
    ],
)
def test_films_and_sounds_are_players(source: str, shown: str) -> None:
    assert shown in own_html(source)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("*a ", "a*"), ("**a ", "a**"), ("_a ", " a_"), ("~~a ", "a~~"), ("*a ~~a ", "a~~ a*")],
)
def test_emphasis_is_as_deep_as_there_can_be(opening: str, closing: str) -> None:
    text = f"甲\n\n乙\n{opening * 3_000}底[链](https://a.b){closing * 3_000}\n"
    problem, *others = problems(text)
    assert others == []
    assert problem.startswith("docs/git.md:4:1: 这里的强调")
    shown = own_html(text)
    assert shown.count("底") == shown.count("<a ") == 1
    assert 60 < shown.count("<em>") + shown.count("<strong>") + shown.count("<del>") < 100
    seen = "".join(structure(shown))
    assert len(re.findall("a", seen)) > 3_000


def test_tags_with_markdown_in_them_are_as_deep_as_there_can_be() -> None:
    unclosed_html.install()  # as a build does
    text = "甲\n\n" + "<div markdown>\n" * 2_000 + "底\n"
    [problem] = problems(text)
    assert problem.startswith("docs/git.md:3:1: 从这里开始的列表、引用或标签套得太深")
    assert own_html(text).count("底") == 1


def test_labels_of_links_end_where_commonmark_says() -> None:
    stock, own = MarkdownIt("commonmark"), MarkdownIt("commonmark")
    use_known_labels(own)
    signs = ["[", "[", "]", "]", "(b)", "[r]", "!", "`", "a", '<a b="]">', "\\", "*", " ", "\n"]
    chosen = random.Random(17)
    links = 0
    for _ in range(2_000):
        text = "".join(chosen.choices(signs, k=chosen.randint(2, 24))) + "\n\n[r]: x\n[a]: y\n"
        html = stock.render(text)
        assert own.render(text) == html, text
        links += html.count("<a ") + html.count("<img")
    assert links > 1_000


def test_notes_are_numbered_as_python_markdown_does() -> None:
    text = "甲[^1] 乙[^1] 丙[^a:b] 丁[^1] 戊[^a:b]\n\n[^1]: 一\n\n[^a:b]: 二\n"
    stock, own = (
        set(re.findall(r'"#?(fnref?\d*:[^"]*)"', html))
        for html in (markdown_instance(own=False).convert(text), own_html(text))
    )
    assert {"fnref3:1", "fnref2:a:b"} <= own
    assert stock == own
