"""What the dialect relies on inside Python-Markdown, pymdown-extensions and markdown-it.

None of it is documented; an upgrade that changes it fails here, by name.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import markdown
import pytest
from markdown.blockparser import BlockParser
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from pymdownx.superfences import RE_NESTED_FENCE_START

from docskit.dialect import DialectExtension, reading_of
from fidelity import markdown_instance


def converted(text: str, *extensions: Any) -> str:
    return markdown.Markdown(extensions=[*extensions, DialectExtension()]).convert(text)


def test_superfences_reads_a_header_and_has_a_formatter() -> None:
    md = markdown_instance(own=True)
    fences: Any = md.preprocessors["fenced_code_block"]
    fences.get_hl_settings()
    for header, parse in (
        ('py title="a" hl_lines="1"', fences.parse_options),
        ('py { .x title="a" }', fences.handle_attrs),
    ):
        fences.clear()
        fences.line_count = 1
        match = RE_NESTED_FENCE_START.match(f"```{header}")
        assert match is not None
        assert parse(match)
        assert (fences.lang, fences.options) == ("py", fences.options)
        assert fences.options["title"] == "a"
        html = fences.formatter(
            src="x = 1",
            language=fences.lang,
            md=md,
            options=fences.options,
            classes=fences.classes,
            id_value=fences.id,
            attrs=fences.attrs,
        )
        assert '<span class="filename">a</span>' in html


def test_inlinehilite_writes_code_for_a_language() -> None:
    pattern: Any = markdown_instance(own=True).parser.fences._inline  # type: ignore[attr-defined]
    pattern.get_settings()
    found = pattern.handle_code("", "a < b")
    assert isinstance(found, Element)
    assert found.tag == "code"


def test_the_delimiter_pattern_gives_up_its_signs() -> None:
    """Of pymdown-extensions 13 and later; 12 has a pattern for each sign."""
    md = markdown.Markdown(extensions=["pymdownx.betterem", "pymdownx.mark", "pymdownx.caret"])
    if "delimiter" in md.inlinePatterns:
        delimiter: Any = md.inlinePatterns["delimiter"]
        assert {"*", "_", "=", "^"} <= set(delimiter.delimiters)
        delimiter.remove("=")
        assert "=" not in delimiter.delimiters
    assert "<sup>2</sup>" in converted("x^2^ **粗**", "pymdownx.betterem", "pymdownx.caret")


def test_extensions_hold_the_parser_that_is_turned_into_ours() -> None:
    md = markdown_instance(own=True)
    footnotes: Any = md.treeprocessors["footnote"]
    assert footnotes.footnotes.parser is md.parser
    assert isinstance(md.parser, BlockParser)
    assert all(processor.parser is md.parser for processor in md.parser.blockprocessors)


def test_the_plugin_for_definitions_names_its_rule() -> None:
    parser = MarkdownIt("commonmark").use(deflist_plugin)
    assert "deflist" in {rule.name for rule in parser.block.ruler.__rules__}


@pytest.mark.parametrize(
    ("extension", "text", "expected"),
    [
        (
            "pymdownx.blocks.admonition",
            "甲\n\n/// note | 题\n- 乙\n  - 丙\n///\n\n丁",
            "<li>丙</li>",
        ),
        ("pymdownx.keys", "按 ++ctrl+c++ 键", '<kbd class="key-control">'),
        ("smarty", 'he said "yes"', "&ldquo;yes&rdquo;"),
        ("wikilinks", "见 [[Page]] 页", '<a class="wikilink" href="/Page/">'),
        ("nl2br", "甲 **粗**\n乙", "<br />"),
    ],
)
def test_what_a_maintainer_adds_works(extension: str, text: str, expected: str) -> None:
    assert expected in converted(text, extension)


def test_what_was_read_can_be_asked_for() -> None:
    md = markdown_instance(own=True)
    md.reset().convert("# 甲\n\n- 乙 [丙](d.md)\n\n```\ne\n```\n\n[^1]: 己\n")
    reading = reading_of(md)
    heading, item = reading.blocks("heading_open"), reading.blocks("list_item_open")
    assert [token.map for token in (*heading, *item)] == [[0, 1], [2, 4]]
    [code] = reading.blocks("fence")
    assert (code.content, code.map) == ("e\n", [4, 7])
    links = [
        child.attrs["href"]
        for token in reading.blocks("inline")
        for child in reading.children(token)
        if child.type == "link_open"
    ]
    assert links == ["d.md"]
    [note] = reading.blocks("footnote")
    assert (note.info, note.content, note.map) == ("1", "己", [8, 9])
