import pytest

from docskit.search.sections import Section, sections

CASES = {
    "the page's title stands at the top": (
        '<h1 id="a">标题<a class="headerlink" href="#a">¶</a></h1><p>正文</p>',
        [Section("", "标题", "正文")],
    ),
    "each heading with an id begins a section": (
        '<p>前言</p><h2 id="b">二</h2><p>乙</p><h3 id="c">三</h3><p>丙</p>',
        [Section("", "", "前言"), Section("b", "二", "乙"), Section("c", "三", "丙")],
    ),
    "blocks are apart and inline elements are not": (
        "<p>数<strong>据</strong>卷</p><ul><li>一</li><li>二</li></ul>",
        [Section("", "", "数据卷 一 二")],
    ),
    "characters and white space are as a reader sees them": (
        "<p>a&nbsp;&lt;b&gt;\n  &amp; c</p>",
        [Section("", "", "a <b> & c")],
    ),
    "an attribute may hold a tag": ('<p title="<h2 id=x>">文</p>', [Section("", "", "文")]),
    "what no reader reads is left out": (
        "<p>甲</p><script>var a</script><style>b{}</style><svg><path d='M0'/></svg><!-- c -->"
        '<table><tr><td class="linenos">1 2</td><td>乙</td></tr></table>',
        [Section("", "", "甲 乙")],
    ),
    "an excluded block and an excluded section are left out": (
        '<p>甲</p><div data-search-exclude><p>乙</p></div><h2 id="b" data-search-exclude>丙</h2>'
        '<p>丁</p><h2 id="c">戊</h2>',
        [Section("", "", "甲"), Section("c", "戊", "")],
    ),
    "an element that was never closed loses nothing": (
        '<p>甲<br><div>乙<h2 id="b">丙</h2>丁',
        [Section("", "", "甲 乙"), Section("b", "丙", "丁")],
    ),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES.keys())
def test_sections(html: str, expected: list[Section]) -> None:
    assert sections(html) == expected


def test_a_command_is_kept_and_a_long_listing_gives_its_words_once() -> None:
    listing = "\n".join(f"print(value_{n % 7})" for n in range(100))
    (section,) = sections(f"<pre><code>docker run -it\n{listing}</code></pre>")
    assert section.text.startswith("\x7fdocker run -it print(value_0)")
    assert len(section.text) < 600
    assert section.text.split()[-1] != "print"


def test_an_endless_address_is_cut() -> None:
    (section,) = sections(f"<p>见 https://example.org/{'x' * 500} 。</p>")
    assert section.text.endswith("x 。") and len(section.text) < 80


def test_code_is_known_as_code_in_the_text_and_not_in_headings() -> None:
    html = "<h1 id='t'>T</h1><p>Use <code>a &lt; b</code>.</p><h2 id='x'>The <code>x</code></h2>"
    assert [section[:3] for section in sections(html)] == [
        ("", "T", "Use \x7fa < b\x7f."),
        ("x", "The x", ""),
    ]
