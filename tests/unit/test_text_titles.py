"""The theme's templates print titles as HTML; here each is text, and none is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest
from jinja2 import Environment

from docskit.html.html_text import Html, headings_of, html_of, text_of
from mkdocs_bridge.site.text_titles import TextTitles

THEME = Path(material.__file__).parent / "templates"
# HTML of the heading, a setting of the theme, or a page that is not built here.
OTHERS = {"toc_item.title", "toc_item.typeset.title", "nav_item.typeset.title", "title"}
ELSEWHERE = re.compile(r"^(?:blog|fragments|redirect|partials/(?:post|feedback|consent))")


def test_every_title_that_the_theme_prints_is_escaped() -> None:
    """When this fails, Material prints a title by another name: add it to text_titles.py."""
    extension = TextTitles(Environment(autoescape=True))
    escaped = 0
    for path in sorted(THEME.rglob("*.html")):
        name = path.relative_to(THEME).as_posix()
        if ELSEWHERE.match(name):
            continue
        source = extension.preprocess(path.read_text(encoding="utf-8"), name)
        escaped += source.count(" | string | e")
        raw = set(re.findall(r"\{\{-?\s*([\w.]*\b(?:title|site_name))\s*-?\}\}", source))
        assert raw <= OTHERS, name
    assert escaped >= 8


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Q&amp;A", "Q&A"),
        ("<code>List&lt;String&gt;</code> 和 <em>a</em>", "List<String> 和 a"),
        ("A &amp;amp; B<!-- x -->", "A &amp; B"),
    ],
)
def test_html_becomes_text_once(html: str, text: str) -> None:
    assert text_of(Html(html)) == text
    assert text_of(html_of(text)) == text


def test_headings_without_their_permalinks() -> None:
    html = Html(
        '<h1 id="a">C++ &lt;vector><a class="headerlink" href="#a">&para;</a></h1><p>x</p>'
        '<H2 class="x" id="q&amp;a"><code>&lt;b&gt;</code><sup id="fnref:1"><a>1</a></sup></H2>'
    )
    assert headings_of(html) == [("h1", "a", "C++ <vector>"), ("h2", "q&a", "<b>")]
