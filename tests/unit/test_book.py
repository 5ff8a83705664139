"""A page as a chapter, and chapters as a book, without a site."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from site_builder import PNG
from tag_soup import soup

from docskit.book.book_source import BookPage, BookSource, Entry
from docskit.book.chapters import Book, book_of
from docskit.book.epub import epub
from docskit.book.paper import paper
from docskit.book.pdf_text import han, with_han
from docskit.book.pictures import kind_of
from docskit.book.tree import mend, text_of, tree_of, unwrap

SITE = "https://example.org/club/"
PICTURES = {"a.png": PNG, "docker/b.png": PNG}


def book(*pages: tuple[str, str], entries: tuple[Entry, ...] = (), locale: str = "zh") -> Book:
    made = tuple(BookPage(path, f"题目 {path}", html, locale) for path, html in pages)
    listed = entries or tuple(Entry(page.title, 0, page.path) for page in made)
    source = BookSource(locale, "书", "副题", "社团", "CC", SITE, "2026-01-02", listed, made)
    kinds = {"language-bash": "terminal", "language-python": "Python"}
    return book_of(source, lambda path: ".png" if path in PICTURES else "", kinds)


def chapter(html: str) -> str:
    """The chapter that an article becomes, without its heading."""
    made = book(("x/", html)).chapters[0].body
    heading = next(found for found in made if found.tag == "h1")
    heading.text = None
    unwrap(made, heading)
    return tostring(made, encoding="unicode").removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<h2 id="a">题<a class="headerlink" href="#a">¶</a></h2>', '<h2 id="a">题</h2>'),
        ('<p><dfn class="term" title="解释">镜像</dfn>是</p>', "<p>镜像是</p>"),
        (
            '<details class="note"><summary>答案</summary><p>四</p></details>',
            '<div class="admonition note"><p class="admonition-title">答案</p><p>四</p></div>',
        ),
        (
            '<div class="tabbed-set"><input type="radio"><div class="tabbed-labels">'
            "<label>甲</label><label>乙</label></div>"
            '<div class="tabbed-content"><div class="tabbed-block"><p>一</p></div>'
            '<div class="tabbed-block">二</div></div></div>',
            '<div class="tabbed-set"><div class="tabbed-block"><p class="tab-label">甲</p><p>一</p>'
            '</div><div class="tabbed-block"><p class="tab-label">乙</p>二</div></div>',
        ),
        (
            '<li class="task-list-item"><label class="task-list-control">'
            '<input type="checkbox" checked><span></span></label> 完</li>',
            '<div class="task-list-item"><span class="task-list-control">☑<span /></span> 完</div>',
        ),
        (
            '<iframe src="https://player.example/1" title="录像"></iframe>',
            '<p><a class="media" href="https://player.example/1">打开网页上的内容：录像</a></p>',
        ),
        (
            '<div class="language-bash highlight"><pre><code>ls</code></pre></div>',
            '<div class="language-bash highlight"><p class="frame">终端</p>'
            "<pre><code>ls</code></pre></div>",
        ),
        ("<center>中</center>", '<div style="text-align:center">中</div>'),
        ('<font color="red">红</font>', '<span style="color:red">红</span>'),
        (
            '<p style="position:fixed;color:blue" onclick="x()">蓝</p>',
            '<p style="color:blue">蓝</p>',
        ),
        ("<ul>散<p>段</p><li>项</li></ul>", "<ul><li>散</li><li><p>段</p></li><li>项</li></ul>"),
        ("<b>粗<p>段</p></b>", '<div class="as-b">粗<p>段</p></div>'),
        ("<p>有&#1;控制符</p>", "<p>有控制符</p>"),
        ('<p id="a">一</p><p id="a">二</p>', '<p id="a">一</p><p>二</p>'),
        ("<script>x</script><p>字</p><style>y</style>", "<p>字</p>"),
        (
            '<math><mrow displaystyle="true"><mi>x</mi></mrow></math>',
            '<math xmlns="http://www.w3.org/1998/Math/MathML"><mstyle displaystyle="true">'
            "<mrow><mi>x</mi></mrow></mstyle></math>",
        ),
        ("<foo-bar>自造</foo-bar>", "<span>自造</span>"),
        ("<td>格</td>", "格"),
    ],
)
def test_an_article_becomes_what_a_book_may_hold(html: str, wanted: str) -> None:
    assert chapter(html) == wanted


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("../y/", "c0002.xhtml"),
        ("../y/#部分", "c0002.xhtml#部分"),
        ("../y/#%E9%83%A8%E5%88%86", "c0002.xhtml#部分"),
        ("../y/index.html#nowhere", "c0002.xhtml"),
        (f"{SITE}y/#部分", "c0002.xhtml#部分"),
        ("#here", "c0001.xhtml#here"),
        ("../files/a.zip", f"{SITE}files/a.zip"),
        ("../en/y/", f"{SITE}en/y/"),
        (
            "https://例子.example/空 格?q=100%",
            "https://xn--fsqu00a.example/%E7%A9%BA%20%E6%A0%BC?q=100%25",
        ),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_link_leads_to_the_chapter_or_to_the_site(href: str, wanted: str | None) -> None:
    made = book(
        ("x/", f'<p id="here"><a href="{href}">字</a></p>'), ("y/", '<h2 id="部分">部</h2>')
    )
    body = made.chapters[0].body
    assert text_of(body).endswith("字")
    assert [link.get("href") for link in body.iter("a")] == ([wanted] if wanted else [])


def test_a_site_without_an_address_keeps_the_words_of_links_that_leave_the_book() -> None:
    page = BookPage("x/", "题", '<p><a href="../a.zip">文件</a></p>', "zh")
    source = BookSource("zh", "书", "", "", "", "", "", (Entry("题", 0, "x/"),), (page,))
    body = book_of(source, lambda _: "", {}).chapters[0].body
    assert not list(body.iter("a"))
    assert "文件" in text_of(body)


def test_pictures_are_numbered_once_and_a_missing_one_is_named() -> None:
    made = book(
        (
            "x/",
            '<p><img src="../a.png" srcset="b 1x" width="70%"><img src="../a.png#only-dark"></p>',
        ),
        ("docker/", '<img src="b.png" alt="乙"><img src="../a.png"><img src="gone.png" alt="丙">'),
    )
    assert dict(made.pictures) == {
        "a.png": "pictures/0001.png",
        "docker/b.png": "pictures/0002.png",
    }
    (first,) = made.chapters[0].body.iter("img")
    assert dict(first.attrib) == {"src": "pictures/0001.png", "alt": "", "style": "width:70%"}
    assert [(lost.path, lost.what, lost.target) for lost in made.lost] == [
        ("docker/", "picture", "gone.png")
    ]
    assert "图片：丙" in text_of(made.chapters[1].body)


def test_the_order_is_the_navigations_and_a_heading_without_pages_is_none() -> None:
    made = book(
        ("a/", "<p>甲</p>"),
        ("b/", "<p>乙</p>"),
        ("c/", "<p>丙</p>"),
        entries=(
            Entry("空", 0),
            Entry("部", 0),
            Entry("丙", 1, "c/"),
            Entry("没有", 1, "gone/"),
            Entry("甲", 0, "a/"),
            Entry("丙又", 0, "c/"),
            Entry("乙", 1, "b/"),
        ),
    )
    assert [(c.title, c.level, c.path) for c in made.chapters] == [
        ("部", 0, ""),
        ("丙", 1, "c/"),
        ("甲", 0, "a/"),
        ("乙", 1, "b/"),
    ]


def test_ids_of_all_chapters_are_apart_on_paper() -> None:
    drawing = '<svg id="d"><style>#d .a{fill:#ddd}</style><g id="m"/><use href="#m"/></svg>'
    html = f'<h2 id="a">题</h2>{drawing}<p><a href="#a">上</a></p>'
    text = paper(book(("x/", html), ("y/", html)), [], "", {})
    root = fromstring(re.sub("<!DOCTYPE[^>]*>", "", text))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [href[1:] for element in root.iter() if (href := element.get("href", ""))[:1] == "#"]
    assert len(links) == 6
    assert set(links) <= set(ids)
    assert "#c0001-d .a{fill:#ddd}" in text


def test_a_title_cannot_end_the_styles_of_running_heads() -> None:
    title = '</style><script>"; \\ & <'
    made = book(("x/", "<p>字</p>"), entries=(Entry(title, 0, "x/"),))
    root = fromstring(re.sub("<!DOCTYPE[^>]*>", "", paper(made, [], "", {})))
    assert not [element for element in root.iter() if str(element.tag).endswith("script")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', ".svg"),
        (b'<!DOCTYPE svg PUBLIC "a" "b"><svg xmlns="http://www.w3.org/2000/svg"/>', ".svg"),
        (b"<svg><br></svg>", ""),
        (b"<html>404</html>", ""),
        (b"", ""),
    ],
)
def test_a_picture_is_what_is_in_it(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_the_same_pages_make_the_same_bytes() -> None:
    pages = (("x/", '<p><img src="../a.png"></p>'), ("y/", "<math><mi>x</mi></math>"))
    files = [epub(book(*pages), "p{}", PICTURES.__getitem__) for _ in range(2)]
    assert files[0] == files[1]
    with zipfile.ZipFile(io.BytesIO(files[0])) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = archive.read("book/package.opf").decode()
    assert 'properties="mathml"' in package


_MAY_HOLD = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}}
_BLOCKS = {"div", "p", "ul", "ol", "dl", "table", "pre", "blockquote", "h1", "h2", "h3", "figure"}


def faults(root: Element) -> list[str]:
    """What the rules of XHTML forbid, as far as this test knows them."""
    found = []
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    found += [f"id {name}" for name in ids if ids.count(name) > 1]
    for element in root.iter():
        for child in element:
            tag, inner = str(element.tag), str(child.tag)
            if inner not in _MAY_HOLD.get(tag, {inner}):
                found.append(f"{inner} in {tag}")
            if inner == "li" and tag not in {"ul", "ol"}:
                found.append(f"li in {tag}")
            if tag in {"p", "span", "b", "em", "code", "pre", "h2"} and inner in _BLOCKS:
                found.append(f"{inner} in {tag}")
    return found


@pytest.mark.parametrize("first", range(0, 600, 150))
def test_any_soup_of_tags_becomes_sound_xhtml_with_all_its_words(first: int) -> None:
    for seed in range(first, first + 150):
        html, _ = soup(seed)
        root = tree_of(html)
        before = re.sub(r"\s", "", text_of(root))
        mend(root)
        assert re.sub(r"\s", "", text_of(fromstring(tostring(root)))) == before, html
        assert faults(root) == [], html


def test_the_glyphs_of_a_pdf_mean_han_characters() -> None:
    cmap = (
        b"2 beginbfchar\n<0001> <2F42>\n<0002> <6863>\nendbfchar\n"
        b"2 beginbfrange\n<0003> <0005> <2F00>\n<0010> <0012> <4E00>\nendbfrange\nend"
    )
    assert with_han(cmap).decode() == (
        "2 beginbfchar\n<0001> <6587>\n<0002> <6863>\nendbfchar\n"
        "1 beginbfrange\n<0010> <0012> <4E00>\nendbfrange\n"
        "3 beginbfchar\n<0003> <4E00>\n<0004> <4E28>\n<0005> <4E36>\nendbfchar\nend"
    )
    assert "".join(map(han, "⽂⻓⻔档a")) == "文长门档a"
