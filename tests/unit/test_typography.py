import pytest

from docskit.typesetting.html_typography import mark_han, mark_up_typography

SAFE = ' class="external" rel="external noopener"'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            '<a href="https://example.org/a">甲</a>',
            f'<a href="https://example.org/a"{SAFE}>甲</a>',
        ),
        (
            "<a class=wide rel='nofollow' href='//example.org'>甲</a>",
            '<a class="wide external" rel="nofollow external noopener"'
            " href='//example.org'>甲</a>",
        ),
        ('<a href="../git/">甲</a>', '<a href="../git/">甲</a>'),
        ('<a href="https://own.example/x">甲</a>', '<a href="https://own.example/x">甲</a>'),
        ('<a href="mailto:a@example.org">甲</a>', '<a href="mailto:a@example.org">甲</a>'),
        ('<a id="x">甲</a>', '<a id="x">甲</a>'),
        ('<a href="https://[bad">甲</a>', '<a href="https://[bad">甲</a>'),
        ("<em>强调</em> <em>word</em>", '<em class="han">强调</em> <em>word</em>'),
        # Emphasis that holds something: `***要紧***`, and code among Han.
        (
            "<em><strong>要紧</strong></em><em>用 <code>-v</code></em>",
            '<em class="han"><strong>要紧</strong></em>'
            '<em class="han">用 <code class="whole">-v</code></em>',
        ),
        (
            '<em><img alt="图"></em><em>开着 <em>一</em>',
            '<em><img alt="图"></em><em>开着 <em class="han">一</em>',
        ),
        ("<!-- <em>注</em> --><script>'<em>码</em>'</script>", None),
        ("<pre><code>ls -l</code></pre><pre><em>码</em></pre>", None),
        (
            "<code>docker ps -a</code><code>&lt;em&gt;</code>",
            '<code class="whole">docker ps -a</code><code class="whole">&lt;em&gt;</code>',
        ),
        (
            "<code>docker run --rm -v notes:/data alpine</code>",
            '<code>docker run <span class="whole">--rm</span> <span class="whole">-v</span>'
            ' <span class="whole">notes:/data</span> alpine</code>',
        ),
        (
            "<code>docker run --mount type=bind,src=&quot;$PWD&quot;,dst=/work 镜像</code>",
            '<code>docker run <span class="whole">--mount</span> type=bind,src=&quot;$PWD&quot;,'
            '<span class="whole">dst=/work</span> <span class="whole">镜像</span></code>',
        ),
        ('<code class="x">ls -l</code>', None),
        (
            '<h2 id="a">用 <code>x</code> 管好几个容器<a class="headerlink" href="#a">¶</a></h2>',
            '<h2 id="a" class="phrases">用 <code class="whole">x</code> 管好几个容器'
            '<a class="headerlink" href="#a">¶</a></h2>',
        ),
        ("<h2>为什么容器里的时间差八个小时？</h2><h3>Only words</h3>", None),
        ("<!-- <a href='https://example.org'> --><math><i>字</i></math>", None),
    ],
)
def test_what_style_sheets_set_apart_is_marked(written: str, expected: str | None) -> None:
    assert mark_up_typography(written, "own.example") == (expected or written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "<p>An image (镜像，只读) is not 容器 or 数据卷.</p>",
            '<p>An image (<span lang="zh-CN">镜像，只读</span>) is not <span lang="zh-CN">容器'
            '</span> or <span lang="zh-CN">数据卷</span>.</p>',
        ),
        ('<img alt="图 > 片" src="图.png"><code>镜像</code><pre>容器</pre>', None),
        ("<p>No Han, 100 %.</p>", None),
        ('<svg viewBox="0 0 9 9"><text x="1">镜像</text></svg>', None),
        ("<a " + 'x="1" ' * 5000, None),
        ("<p>容器<a " + 'x="1" ' * 5000, '<p><span lang="zh-CN">容器</span><a ' + 'x="1" ' * 5000),
    ],
)
def test_han_among_latin_says_what_it_is(written: str, expected: str | None) -> None:
    assert mark_han(written, "zh-CN") == (expected or written)
