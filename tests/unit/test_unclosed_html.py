from __future__ import annotations

import markdown
import pytest
from markdown.extensions.md_in_html import HTMLExtractorExtra

from mkdocs_bridge.patches.unclosed_html import install, released


def converted(text: str) -> str:
    return markdown.markdown(text, extensions=["md_in_html"])


@pytest.mark.parametrize("depth", [1, 2, 40])
def test_nothing_after_an_unclosed_element_is_lost(depth: int) -> None:
    install()
    html = converted("开头\n\n" + "<div markdown>\n\n*段落*\n\n" * depth + "结尾\n")
    assert html.count("<em>段落</em>") == depth
    assert "结尾" in html


def test_markdown_still_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """When this fails, Python-Markdown has mended it, and unclosed_html.py can go."""
    monkeypatch.setattr(HTMLExtractorExtra, "close", released)
    assert "结尾" not in converted("<div markdown>\n\n<div markdown>\n\n结尾\n")
