"""Which blocks of code are folded."""

from __future__ import annotations

import pytest

from docskit.typesetting.folded_code import LONGEST, fold_long_code


def block(lines: int, head: str = "") -> str:
    code = "".join(f'<span class="k">{n}</span>\n' for n in range(lines))
    return (
        f'<div class="language-c highlight">{head}<pre><span></span><code>{code}</code></pre></div>'
    )


@pytest.mark.parametrize("head", ["", '<span class="filename">a.c</span>'])
def test_a_long_block_says_how_long_it_is(head: str) -> None:
    html = f"<p>前</p>{block(LONGEST + 1, head)}<p>后</p>"
    folded = fold_long_code(html, "zh")
    assert 'class="language-c highlight long"' in folded
    assert "展开全部 41 行</label></div><p>后</p>" in folded
    assert "Show all 41 lines" in fold_long_code(html, "en")


@pytest.mark.parametrize(
    "html",
    [
        block(LONGEST),
        block(LONGEST + 9).removesuffix("</div>"),
        f'<table class="highlighttable"><td>{block(3)}</td></table>',
        "<pre>" + "x\n" * 99 + "</pre>",
        "",
    ],
)
def test_everything_else_stays(html: str) -> None:
    assert fold_long_code(html, "zh") == html


def test_only_the_long_one_of_two() -> None:
    folded = fold_long_code(block(2) + block(99) + block(2), "zh")
    assert folded.count(" long") == folded.count("unfold") == 1
    assert "全部 99 行" in folded
