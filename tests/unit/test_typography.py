import pytest

from docskit.typography import mark_up_typography

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
        ("<code>&lt;em&gt;</code><pre><em>码</em></pre>", None),
        ("<!-- <a href='https://example.org'> --><math><i>字</i></math>", None),
    ],
)
def test_links_elsewhere_and_han_emphasis_are_marked(written: str, expected: str | None) -> None:
    assert mark_up_typography(written, "own.example") == (expected or written)
