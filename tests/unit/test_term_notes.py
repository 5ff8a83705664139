"""Where the glossary's notes appear in a page, and where they must not."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from docskit.html.html_balance import balance
from docskit.translation.glossary import Term, read_glossary
from docskit.typesetting.glossary_notes import TermNotes, terms_of

TERMS = [
    Term("镜像", "image", note_zh="只读的`模板`。", note_en='A read-only "template".'),
    Term("镜像层", "layer", note_zh="一组改动。", note_en="A set of changes."),
    Term("服务", "service", note_zh="一项。", note_en="An item.", unless=("服务器",)),
    Term("无注", "no note"),
]


def marked(html: str, locale: str = "zh") -> list[str]:
    shown = TermNotes(TERMS, locale).within(html)
    assert re.sub(r'<dfn class="term"[^>]*>|</dfn>', "", shown) == html
    return re.findall(r'<dfn class="term"[^>]*>([^<]*)</dfn>', shown)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>镜像和镜像层，镜像。</p>", ["镜像", "镜像层"]),
        ("<p>服务器不是服务</p>", ["服务"]),
        ("<p>镜像</p><h2>镜像</h2><p>镜像</p><h3>三</h3><p>镜像</p>", ["镜像", "镜像"]),
        ("<p><code>镜像</code><a href='/'>镜像</a><kbd>镜像</kbd></p>", []),
        ("<pre><code>镜像</code></pre><svg><text>镜像</text></svg><p>镜像</p>", ["镜像"]),
        ("<a><b>镜像</b></a><b>镜像</b>", ["镜像"]),
        ("<svg><svg></svg>镜像</svg><p>镜像</p>", ["镜像"]),
        ('<img alt="镜像"><!-- 镜像 --><script>"镜像"</script><textarea>镜像</textarea>', []),
        ('<p class="admonition-title">镜像</p><table><th>镜像</th><td>镜像</td></table>', ["镜像"]),
        ('<p title="a>镜像">镜像</p>', ["镜像"]),
        ("<p>无注</p>", []),
        ("<p>a < 镜像</p>", ["镜像"]),
        ("<p>镜像</p><p", ["镜像"]),
    ],
)
def test_only_running_text_has_notes(html: str, found: list[str]) -> None:
    assert marked(html) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Images, image", ["Images"]),
        ("imaged image-name my-image image.png image_x image/y", []),
        ("Two services. A layer", ["services", "layer"]),
    ],
)
def test_english_words_are_whole(text: str, found: list[str]) -> None:
    assert marked(f"<p>{text}</p>", "en") == found


def test_a_note_has_both_languages() -> None:
    assert 'title="镜像（image）：只读的模板。"' in TermNotes(TERMS, "zh").within("<p>镜像</p>")
    expected = 'title="image (镜像): A read-only &quot;template&quot;."'
    assert expected in TermNotes(TERMS, "en").within("<p>an image</p>")


def test_a_term_is_meant_where_its_scope_says() -> None:
    scoped = Term("标签", "tag", note_zh="名字的一部分。", scope=("docker",))
    for path in ("docker.md", "docker/images.md", "docker.en.md", "kurs/docker/a.md"):
        assert terms_of(path, [scoped]) == [scoped]
    assert terms_of("authors/markdown.md", [scoped, TERMS[0]]) == [TERMS[0]]


@pytest.mark.parametrize(
    ("path", "scope", "meant"),
    [
        ("docker/images.md", ("docker", "-ci"), True),
        ("docker/ci.md", ("docker", "-ci"), False),
        ("docker/ci.en.md", ("docker", "-ci"), False),
        ("git/ci/first.md", ("-ci",), False),
        ("git/first.md", ("-ci",), True),
        ("git/first.md", ("docker", "-ci"), False),
    ],
)
def test_a_scope_may_leave_a_page_out(path: str, scope: tuple[str, ...], meant: bool) -> None:
    term = Term("仓库", "repository", note_zh="存放处。", scope=scope)
    assert terms_of(path, [term]) == [term] * meant


def test_a_note_that_is_no_sentence_is_told() -> None:
    terms, (problem,) = read_glossary(b"- {zh: a, en: b, note_zh: [x], note_en: '  a  b '}\n")
    assert problem.line == 1 and "note_zh" in problem.format()
    assert terms[0].note_en == "a b"


@example("<镜像>")
@given(
    st.text("<>/ab=\"'镜像层 \n!-&;") | st.from_regex(r"(?:</?(?:a|p|code|h2)>|镜像|服务){0,20}")
)
def test_no_word_and_no_tag_is_changed(text: str) -> None:
    html, _ = balance(text)
    marked(html)
    assert shown(TermNotes(TERMS, "zh").within(html)) == shown(html)


def shown(html: str) -> str:
    """What a browser shows, which takes `<镜像>` for text."""
    return LexborHTMLParser(f"<article>{html}</article>").text()


def test_no_glossary_no_change() -> None:
    assert TermNotes([], "zh").within("<p>镜像</p>") == "<p>镜像</p>"
