import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from docskit.headings.anchor_extension import AnchorExtension
from docskit.reading.heading_anchors import Anchor, Heading, anchors, short_slug, slug
from docskit.reading.sections import split_sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("了解 Docker", "了解-docker"),
        ("了解Docker", "了解-docker"),
        ("镜像 (`Image`)", "镜像-image"),
        ("镜像（Image）", "镜像-image"),
        ("Image (`Image`)", "image"),
        ("是什么？为什么！", "是什么-为什么"),
        ("5 分钟上手", "5分钟上手"),
        ("It's Node.js", "its-node-js"),
        ("C++ 与 C# 与 .NET", "cpp-与-csharp-与-dotnet"),
        ("snake_case 与 _强调_", "snake_case-与-强调"),
        ("ＡＰＩ 接口", "api-接口"),
        ("🎉", ""),
    ],
)
def test_an_anchor_is_made_of_the_headings_words(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 技术架构", "技术架构"),
        ("1.2 安装", "安装"),
        ("一、安装", "安装"),
        ("（2）安装", "安装"),
        ("第 3 章 网络", "第3章-网络"),
        ("第3章 网络", "网络"),
        ("3D 打印", "3d-打印"),
        ("2024 年", "2024年"),
        ("1.", "1"),
        ("🎉", "section"),
    ],
)
def test_the_number_that_counts_a_heading_is_left_out(text: str, expected: str) -> None:
    assert short_slug(text) == expected


def ids(*headings: str) -> list[str]:
    """Headings as Markdown has them: `## text`."""
    read = [Heading(h.index(" "), h.split(" ", 1)[1]) for h in headings]
    return [anchor.id for anchor in anchors(read)]


def test_headings_with_the_same_words_are_told_apart_by_what_stands_above_them() -> None:
    assert ids("# 页", "## Linux", "### 安装", "## macOS", "### 安装") == [
        "页",
        "linux",
        "linux-安装",
        "macos",
        "macos-安装",
    ]


@pytest.mark.parametrize("place", range(1, 7))
@pytest.mark.parametrize("new", ["### 配置", "### 安装 Docker", "### 安装", "## 安装", "## 卸载"])
def test_inserting_a_heading_changes_no_other_anchor(place: int, new: str) -> None:
    page = ["# 页", "## Linux", "### 安装", "## macOS", "### 安装", "## 其他"]
    changed = {
        ("### 安装", 2),  # Twice the same under the same heading: nothing tells them apart.
        ("### 安装", 4),
        ("## 安装", 2),  # Another heading above is another path.
        ("## 安装", 4),
        ("## 卸载", 2),
        ("## 卸载", 4),
    }
    after = ids(*page[:place], new, *page[place:])
    same = [*after[:place], *after[place + 1 :]] == ids(*page)
    assert same is ((new, place) not in changed)


def test_renumbering_changes_no_anchor() -> None:
    assert ids("## 1. 甲", "## 2. 乙") == ids("## 2. 甲", "## 3. 乙")


def test_the_same_words_under_the_same_heading_are_told_apart_by_the_sibling_before() -> None:
    assert ids("## 问", "### 一问", "### 解答", "### 二问", "### 解答")[2::2] == [
        "问-一问-解答",
        "问-二问-解答",
    ]


def test_words_alone_still_lead_to_the_first_of_several() -> None:
    page = [Heading(2, "甲"), Heading(3, "例"), Heading(2, "乙"), Heading(3, "例")]
    assert anchors(page)[1] == Anchor("甲-例", ("例",))
    assert anchors(page)[3] == Anchor("乙-例")


def test_an_authors_own_id_stays_and_is_not_given_twice() -> None:
    page = [Heading(2, "安装"), Heading(2, "别的", "安装")]
    first, second = anchors(page)
    assert second.id == "安装"
    assert first.id not in {"", "安装"}


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["安装", "例子", "Usage", "1.例子"]))))
def test_every_anchor_of_a_page_is_another(page: list[tuple[int, str]]) -> None:
    given_anchors = anchors([Heading(level, text) for level, text in page], {"fn:1", "usage"})
    every = [name for anchor in given_anchors for name in (anchor.id, *anchor.aliases)]
    assert len(every) == len(set(every))
    assert not {"fn:1", "usage"} & set(every)
    assert all(anchor.id for anchor in given_anchors)


BODY = """# 标题 <img src="a.png" alt="图">

## **粗** 与 `a_b<c>` 与 [链接](b.md)

```markdown
## 不是标题
```

> ## 引用里的

- 列表

    ## 列表里的

Setext 标题
-----------

## 带编号 {#own .x}

## A &amp; B ~~删~~ \\*星\\* [^1]

[^1]: 注
"""


def test_the_source_tells_the_anchors_that_the_conversion_gives() -> None:
    extension = AnchorExtension()
    md = Markdown(extensions=["toc", "attr_list", "fenced_code", "footnotes", extension])
    md.convert(BODY)
    read = [(part.heading.level, part.anchor) for part in split_sections(BODY) if part.heading]
    assert read == extension.found
    assert [name for _, name in extension.found] == [
        "标题",
        "粗-与-a_b-c-与-链接",
        "setext-标题",
        "own",
        "a-b-删-星",
    ]


def test_a_twins_anchors_lead_to_the_same_headings() -> None:
    extension = AnchorExtension()
    md = Markdown(extensions=["toc", extension])
    extension.outline = [1, 2]
    extension.twins = [{0: "title", 1: "乙"}]
    html = md.convert("# 标题\n\n## 甲")
    assert '<h1 id="标题"><span class="anchor-alias" id="title"></span>标题</h1>' in html
    assert '<h2 id="甲"><span class="anchor-alias" id="乙"></span>甲</h2>' in html
    assert [token["name"] for token in md.toc_tokens] == ["标题"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("outline", "twin"), [([1], {0: "title"}), ([1, 3], {1: "b"}), ([1, 2], {1: "甲"})]
)
def test_no_anchor_claims_a_counterpart_that_is_none(
    outline: list[int], twin: dict[int, str]
) -> None:
    extension = AnchorExtension()
    extension.outline, extension.twins = outline, [twin]
    html = Markdown(extensions=["toc", extension]).convert("# 标题\n\n## 甲")
    assert '<h2 id="甲">甲</h2>' in html
