import pytest

from docskit.diagrams import has_diagram


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<pre class="mermaid"><code>graph TD</code></pre>', True),
        ("<div class=mermaid>graph TD</div>", True),
        ('<DIV id="a" class="wide mermaid">graph TD</DIV>', True),
        ('<div class="mermaid-like">x</div>', False),
        ("<p>mermaid</p>", False),
        ("<code>&lt;div class=mermaid&gt;</code>", False),
    ],
)
def test_a_page_has_a_diagram_where_mermaid_would_draw_one(html: str, expected: bool) -> None:
    assert has_diagram(html) is expected
