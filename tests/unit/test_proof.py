"""Whatever the converter loses, the build notices, and the reader gets it all the same."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html import unescape

import composed_pages
import pytest

from docskit.checking.proof import Lost, lost, proof_problems, with_lost
from docskit.checking.proof_reading import read, words
from docskit.html import Html, balance, formulas_to_mathml
from fidelity import own_html

TEXT = """# 标题

第一段有[一个链接](https://example.org/a)和 `代码`。

## 小节

![截图](./img/shot.png)

- 第一项
- 第二项，比较长的一项，有很多字

```python
print("你好，世界")
```

| 列 | 值 |
|----|----|
| 甲 | 乙 |

最后一段。[^1]

[^1]: 注释在页末。
"""
HTML = """<h1 id="a">标题<a class="headerlink" href="#a">¶</a></h1>
<p>第一段有<a href="https://example.org/a">一个链接</a>和 <code>代码</code>。</p>
<h2 id="b">小节</h2>
<p><img alt="截图" src="img/shot.png"></p>
<ul>
<li>第一项</li>
<li>第二项，比较长的一项，有很多字</li>
</ul>
<div class="highlight"><pre><code>print("你好，世界")</code></pre></div>
<table><tr><th>列</th><th>值</th></tr><tr><td>甲</td><td>乙</td></tr></table>
<p>最后一段。<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>
<div class="footnote"><ol><li id="fn:1"><p>注释在页末。</p></li></ol></div>
"""


def check(html: str, text: str = TEXT) -> list[tuple[str, int]]:
    missing = lost(read(text), Html(html))
    return [(item.what.kind, item.what.line + 1) for item in missing]


def test_a_whole_page_has_lost_nothing() -> None:
    assert check(HTML) == []
    assert with_lost(Html(HTML), []) is HTML


@pytest.mark.parametrize(
    ("gone", "kind", "line"),
    [
        ("<p>最后一段。", "text", 20),
        ("<li>第二项，比较长的一项，有很多字</li>", "text", 10),
        ('<h2 id="b">小节</h2>', "heading", 5),
        ('<img alt="截图" src="img/shot.png">', "image", 7),
        ('<div class="highlight"><pre><code>print("你好，世界")</code></pre></div>', "code", 12),
        ("<td>乙</td>", "text", 18),
        ("<p>注释在页末。</p>", "note", 22),
    ],
)
def test_what_is_lost_is_told_and_given_back(gone: str, kind: str, line: int) -> None:
    assert gone in HTML
    html = HTML.replace(gone, "")
    assert check(html) == [(kind, line)]
    missing = lost(read(TEXT), Html(html))
    problem = proof_problems(missing, "a.md", 4)[0]
    assert (problem.path, problem.line, problem.severity) == ("a.md", line + 3, "warning")
    whole = with_lost(Html(html), missing)
    again = lost(read(TEXT), whole)
    assert all(item.is_shown or item.what.kind == "image" for item in again)
    if kind == "image":
        assert "img/shot.png" in whole


def test_what_has_become_something_else_is_told_and_not_doubled() -> None:
    for old, new, kind, line in (
        ('<a href="https://example.org/a">一个链接</a>', "一个链接", "link", 3),
        ('<h2 id="b">小节</h2>', "<p>小节</p>", "heading", 5),
        ('<pre><code>print("你好，世界")</code></pre>', '<p>print("你好，世界")</p>', "code", 12),
    ):
        html = HTML.replace(old, new)
        assert html != HTML
        assert check(html) == [(kind, line)]
        missing = lost(read(TEXT), Html(html))
        assert with_lost(Html(html), missing).count("你好，世界") == 1
    html = HTML.replace('<a href="https://example.org/a">一个链接</a>', "一个链接")
    assert "https://example.org/a" in with_lost(Html(html), lost(read(TEXT), Html(html)))


def test_order_matters() -> None:
    second = "<li>第二项，比较长的一项，有很多字</li>"
    moved = HTML.replace(second, "") + f"<ul>{second}</ul>"
    assert check(moved)


def test_a_sentence_with_formulas_is_not_taken_for_a_like_one_further_on() -> None:
    filler = "隔开两段的文字。" * 60
    text = (
        "where $N$ is the NUT parameter and $\\omega$ is the twist potential.\n\n"
        f"{filler}\n\nwhere $\\omega$ is the **twist potential** associated with it.\n"
    )
    omega = '<math data-latex="\\omega"><mi>ω</mi></math>'
    html = (
        f'<p>where <math data-latex="N"><mi>N</mi></math> is the NUT parameter and {omega} is the '
        f"twist potential.</p><p>{filler}</p>"
        f"<p>where {omega} is the <strong>twist potential</strong> associated with "
        "it.</p>"
    )
    assert lost(read(text), Html(html)) == []
    assert [item.what.line for item in lost(read(text), Html(html.replace(filler, "")))] == [2]


def test_one_piece_that_is_taken_for_a_like_one_loses_no_other() -> None:
    between = [f"第{n}段，讲第{n}件事，有很多很多字，谁也不会认错。" for n in range(40)]
    text = "\n\n".join(["这一句话在页面上变了样子，很久以后又出现", *between])
    html = "".join(
        f"<p>{line}</p>"
        for line in ["变样了", *between, "这一句话在页面上变了样子，很久以后又出现"]
    )
    assert [item.what.line for item in lost(read(text), Html(html))] == [0]
    assert [item.what.line for item in lost(read(text), Html(html.replace(between[7], "")))] == [
        0,
        16,
    ]


def test_a_lost_paragraph_stands_again_where_it_was() -> None:
    html = HTML.replace("<li>第一项</li>", "").replace('<h2 id="b">小节</h2>', "")
    whole = with_lost(Html(html), lost(read(TEXT), Html(html)))
    assert whole.index("第一段有") < whole.index("小节") < whole.index("<img")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "公式 $a_b$ 与 $$x^2$$ 很好",
            '<p>公式 <math data-latex="a_b"><mi>a</mi></math> 与 '
            '<math data-latex="x^2">x</math> 很好</p>',
        ),
        (":smile: 笑，时间 10:30", "<p>😄 笑，时间 10:30</p>"),
        ("[TOC]\n\n文字", '<div class="toc"><ul><li>甲</li></ul></div><p>文字</p>'),
        ("@[TOC](目录)\n\n文字", '<div class="toc"><ul><li>甲</li></ul></div><p>文字</p>'),
        ("![](file:///C:/a.png)\n\n文", '<p><img src="file:///C:/a.png"></p><p>文</p>'),
        ("[[toc]]\n\n文字", "<p>文字</p>"),
        ('--8<-- "a.md"\n\n文字', "<p>别处的话</p><p>文字</p>"),
        ('!!! note "标题"\n    里面\n\n外面', "<div><p>标题</p><p>里面</p></div><p>外面</p>"),
        (
            '=== "甲"\n    一\n\n=== "乙"\n    二',
            "<div><label>甲</label><label>乙</label></div><div>一</div><div>二</div>",
        ),
        ("- [x] 做完\n- [ ] 没做", "<ul><li><input>做完</li><li><input>没做</li></ul>"),
        ("# 标题 {#id .class}", "<h1>标题</h1>"),
        ("# 标签 {#tags}\n\n```\ntags: 甲\n```", "<h1>标签</h1><pre>tags: 甲</pre>"),
        ("HTML 好\n\n*[HTML]: 超文本", '<p><abbr title="超文本">HTML</abbr> 好</p>'),
        ("```mermaid\ngraph LR\n```", "<pre>别的</pre>"),
        ("<details>\n<summary>折叠</summary>\n里面\n</details>", "<details>折叠 里面</details>"),
        ("<!-- 看不见 -->\n\n<script>var a</script>\n\n文", "<p>文</p>"),
        ("![[图.png|300]] 与 [[页#标题|文字]]", "<p><img src='图.png'> 与 <a>文字</a></p>"),
        ("A&amp;B 与 a\\_b", "<p>A&amp;B 与 a_b</p>"),
    ],
)
def test_what_is_meant_to_change_is_no_loss(text: str, html: str) -> None:
    assert check(html, text) == []


PAGES = int(os.environ.get("COMPOSED", "2000")) // 10


def _lost(text: str) -> list[Lost]:
    html, _ = balance(Html(own_html(text)))
    html, _ = formulas_to_mathml(html, text, "a.md")
    return [item for item in lost(read(text), Html(html)) if not _is_meant(item, text)]


def _is_meant(item: Lost, text: str) -> bool:
    """Whether no browser shows it, so that it is given back rightly."""
    if item.what.kind == "link":
        # A link in a link ends that.
        return "<a" in text or "</" in text
    plain = getattr(item.what, "plain", "")
    # `<?php ?>` is a comment to a browser; an address goes on to the next space.
    return "<?" in plain or (item.what.kind == "image" and "http" in text)


@pytest.mark.parametrize("compose", [composed_pages.page, composed_pages.notes])
def test_no_page_is_said_to_have_lost_what_it_has(compose: Callable[[int], str]) -> None:
    first = 1000 * int(os.environ.get("SEED", "1"))
    failing = [seed for seed in range(first, first + PAGES) if _lost(compose(seed))]
    # Two words that read alike, of which one has something between its letters that is drawn.
    if len(failing) > PAGES // 100:
        text = composed_pages.smallest(compose(failing[0]), lambda text: bool(_lost(text)))
        raise AssertionError(f"{len(failing)} of {PAGES}; {failing[0]}: {text!r} {_lost(text)}")


def test_a_diagram_that_was_not_drawn_hides_nothing_behind_it() -> None:
    source = "".join(f"    A{n}[步骤{n}] --> B{n}[GET 请求]\n" for n in range(40))
    text = f"```mermaid\nflowchart\n{source}```\n\n说明：\n\nGET\n"
    shown = f"<pre>flowchart {source.replace('>', '&gt;')}</pre><p>说明：</p><p>GET</p>"
    assert lost(read(text), Html(shown)) == []
    assert lost(read(text), Html("<svg>图</svg><p>说明：</p><p>GET</p>")) == []
    assert len(lost(read(text), Html("<svg>图</svg><p>GET</p>"))) == 1


def test_each_paragraph_that_is_taken_out_of_a_composed_page_is_missed() -> None:
    found = 0
    for seed in range(150):
        text = composed_pages.notes(seed)
        html, _ = formulas_to_mathml(balance(Html(own_html(text)))[0], text, "a.md")
        letters = "".join(words(re.sub(r"</?[a-z][^>]*>", "", html)))
        for paragraph in re.findall(r"<p>[^<]{12,}</p>", html):
            own = "".join(words(unescape(paragraph[3:-4])))
            # Few letters may stand elsewhere with others between them.
            if len(own) >= 16 and letters.count(own) == 1:
                found += 1
                assert lost(read(text), Html(html.replace(paragraph, ""))), (seed, paragraph)
    assert found > 20


def test_what_looks_like_a_formula_and_is_shown_as_written_is_no_loss() -> None:
    long = "echo " * 400
    assert check(f"<p>先 ${long}$ 后</p>", f"先 ${long}$ 后\n") == []
