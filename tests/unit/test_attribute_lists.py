"""Braces are attributes where they hold attributes, and words everywhere else."""

from __future__ import annotations

import re
from functools import partial

import pytest
from processor_time import seconds

from docskit.reading import ATTRIBUTES
from fidelity import own_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("甲 *乙*{.x}，然后 {丙} 完", '<p>甲 <em class="x">乙</em>，然后 {丙} 完</p>'),
        (
            "![](a.png){width=50%} 和 {A,B}",
            '<p><img alt="" src="a.png" width="50%" /> 和 {A,B}</p>',
        ),
        (r"x = _a_{\rm b} c", r"<p>x = <em>a</em>{\rm b} c</p>"),
        ("_a_{n=1} b", "<p><em>a</em>{n=1} b</p>"),
        ("`a`{#each items as item}", "<p><code>a</code>{#each items as item}</p>"),
        ("[a](b){: download}", '<p><a download href="b">a</a></p>'),
        ("![](a){#fig:1 foo=bar}", '<p><img alt="" foo="bar" id="fig:1" src="a" /></p>'),
        ("段落\n{: .x}", '<p class="x">段落</p>'),
    ],
)
def test_only_attributes_are_taken_out_of_a_sentence(text: str, html: str) -> None:
    assert own_html(text) == html


@pytest.mark.parametrize("text", ["{a=b ", "{.a b=c ", "{: a ", '{a="b" ', "{.a ", "{#a #"])
def test_braces_are_read_in_linear_time(text: str) -> None:
    pattern = re.compile(ATTRIBUTES)
    for sign in (text, text[1:]):
        long = seconds(partial(pattern.search, "{" + sign * 40_000))
        short = seconds(partial(pattern.search, "{" + sign * 10_000))
        assert long < 8 * max(short, 0.02)


@pytest.mark.parametrize("behind", ["```python\nx\n```", "    x", "<div>x</div>"])
def test_what_follows_a_table_of_contents_stays(behind: str) -> None:
    for contents in ("[TOC]", "[[toc]]", "> [TOC]"):
        html = own_html(f"# 甲\n\n{contents}\n\n{behind}\n")
        assert "x" in html and 'class="toc"' in html
