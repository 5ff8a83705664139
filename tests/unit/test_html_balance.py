"""Nothing in an article reaches beyond it; lexbor reads as browsers do, and judges."""

from __future__ import annotations

import os

import pytest
from processor_time import seconds
from selectolax.lexbor import LexborHTMLParser
from tag_soup import AFTER, BEFORE, soup

from docskit.checking.html_problems import html_problems
from docskit.html.html_balance import balance
from docskit.html.html_tokens import TAG

FRAGMENTS = 10_000 if int(os.environ.get("FUZZ", "60")) < 1000 else 200_000


def article_and_rest(html: str) -> tuple[str, str]:
    """The article of a whole page, and the page without what is in it, as a browser sees them."""
    tree = LexborHTMLParser(html)
    article = tree.css_first("#it")
    assert article is not None
    inner = article.html or ""
    article.inner_html = ""
    return inner, tree.html or ""


def test_random_fragments_stay_within_the_article() -> None:
    rest = article_and_rest(BEFORE + AFTER)[1]
    changed = 0
    for seed in range(FRAGMENTS):
        fragment, words = soup(seed)
        balanced, _ = balance(fragment)
        changed += balanced != fragment
        inner, around = article_and_rest(BEFORE + balanced + AFTER)
        assert around == rest, (seed, fragment, balanced)
        # A quotation mark that is never closed takes words into an attribute.
        attributes = " ".join(tag[3] for tag in TAG.finditer(fragment))
        lost = [word for word in words if word not in inner and word not in attributes]
        assert not lost, (seed, fragment, balanced)
    assert changed > FRAGMENTS / 2


def test_the_fragments_would_break_a_page() -> None:
    """The judge sees it where nothing is done."""
    rest = article_and_rest(BEFORE + AFTER)[1]
    broken = sum(article_and_rest(BEFORE + soup(seed)[0] + AFTER)[1] != rest for seed in range(500))
    assert broken > 150


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p></div><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p></center></article>", "<p>a</p>"),
        ('<p><img src="a"></img></p>', '<p><img src="a"></p>'),
        ('<div align="center"><p>a</p>', '<div align="center"><p>a</p></div>'),
        ("<p>a <b>b</p><p>c</p>", "<p>a <b>b</b></p><p>c</p>"),
        (
            '<p><font color=red>a <a href="x">b</p>',
            '<p><font color=red>a <a href="x">b</a></font></p>',
        ),
        ("<p>到<script>中</p><p>b</p>", "<p>到&lt;script>中</p><p>b</p>"),
        (
            "<p>到<script>中</p><p>到</script>止</p>",
            "<p>到&lt;script>中</p><p>到&lt;/script>止</p>",
        ),
        ("<h2><textarea> 与 <title></h2>", "<h2>&lt;textarea> 与 &lt;title></h2>"),
        ("<p>a <template> b</p>", "<p>a &lt;template> b</p>"),
        ("<p>a <plaintext> b</p>", "<p>a &lt;plaintext> b</p>"),
        ("<p><select> 元素</p>", "<p>&lt;select> 元素</p>"),
        ("<p>List<String> 很好</p>", "<p>List&lt;String> 很好</p>"),
        ("<p>a <!-- b</p>", "<p>a &lt;!-- b</p>"),
        ("<h2>a</h3><p>b</p>", "<h2>a</h2><p>b</p>"),
        ('<a name="x"/><p>a</p>', '<a name="x"/></a><p>a</p>'),
        ('<video src="a.mp4"><p>b</p>', '<video src="a.mp4"></video><p>b</p>'),
        (
            "<ul><li><details>a</li><li>b</li></ul>",
            "<ul><li><details>a</details></li><li>b</li></ul>",
        ),
        ("<table><tr><td>a<p>b</p>", "<table><tr><td>a<p>b</p></td></tr></table>"),
        ("<li><table><tr><td>a</li>", "<li><table><tr><td>a</td></tr></table></li>"),
        ("<body class='x'><p>a</p></body></html>", "<p>a</p>"),
        ("<p>a <base href='https://x'> b</p>", "<p>a &lt;base href='https://x'> b</p>"),
        ("a </", "a &lt;/"),
    ],
)
def test_repairs(html: str, expected: str) -> None:
    assert balance(html)[0] == expected


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a<li>b</ul>",
        "<table><tr><td>a<td>b<tr><td>c</table>",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        "<div><p>a</div>",
        "<style>p > b { }</style><script>a < b && c</script>",
        '<iframe src="https://x"></iframe>',
        '<svg viewBox="0 0 1 1"><path d="M0"/><g><title>a</title></g></svg>',
        "<math><mrow><mi>x</mi><mo>&lt;</mo></mrow></math>",
        "<p>a < b, <!-- note --> <br> <br/> <?xml version='1.0'?></p>",
        '<img alt="<div>" src=a.png><wbr>',
        "<my-box>a</my-box>",
        "<noscript><p>a</p></noscript>",
    ],
)
def test_what_is_right_stays_as_it_is(html: str) -> None:
    assert balance(html) == (html, [])


def test_messages_name_line_and_tag() -> None:
    text = "# T\n\n`</div>`\n\n```html\n</div>\n```\n\n文字</div>\n\nList<String> 的 <b>粗\n"
    html = "<h1>T</h1><p><code>&lt;/div&gt;</code></p><p>文字</div></p><p>List<String> 的 <b>粗</p>"
    problems = html_problems(html, balance(html)[1], "a.md", text, 4)
    assert [(p.line, p.column, p.code) for p in problems] == [
        (12, 3, "stray-tag"),
        (14, 5, "tag-as-text"),
        (14, 16, "unclosed-tag"),
    ]
    assert "`<b>`" not in problems[2].zh and "</b>" in problems[2].zh
    assert all(problem.zh != problem.en for problem in problems)


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "</div>",
        "<p><b></p>",
        '<a b="',
        "<a 'b='",
        "<script>",
        "<td></div>",
        "<svg>",
        "<!--",
        "<table><tr><td></b>",
        "<li>",
        "<select>",
        "<h1>",
        "<a b='<a ",
        "<![CDATA[",
        "<?",
        "<!",
    ],
)
@pytest.mark.parametrize("end", ["", ">"])
def test_time_grows_as_the_text(piece: str, end: str) -> None:
    small, large = piece * 1000 + end, piece * 4000 + end
    assert seconds(lambda: balance(large)) < 10 * seconds(lambda: balance(small)) + 0.02
