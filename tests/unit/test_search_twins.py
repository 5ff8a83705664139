"""A section is known by what the page's other languages call it."""

from __future__ import annotations

from docskit.reading.author_page import read_author_page
from docskit.search.index import keywords
from docskit.search.sections import sections
from docskit.search.twins import with_other_names

HTML = (
    '<h1 id="镜像">镜像</h1><p>层。</p>'
    '<h2 id="删除镜像"><span class="anchor-alias" id="remove-an-image"></span>删除镜像</h2><p>…</p>'
    '<h2 id="docker">Docker</h2><p>…</p>'
)


def test_other_names_come_by_shared_anchors_and_the_title_without() -> None:
    english = "# Images\n\nLayers.\n\n## Remove an image\n\n…\n\n## Docker\n\n…\n"
    twin, _ = read_author_page(english.encode(), "image.en.md")
    named = with_other_names(sections(HTML), HTML, [twin])
    assert [section.other for section in named] == ["Images", "Remove an image", ""]


def test_a_title_in_front_matter_is_the_name() -> None:
    twin, _ = read_author_page(b"---\ntitle: Pictures\n---\n\n# Images\n", "image.en.md")
    assert with_other_names(sections(HTML), HTML, [twin])[0].other == "Pictures"


def test_a_page_without_twins_keeps_its_sections() -> None:
    found = sections(HTML)
    assert with_other_names(found, HTML, []) == found


def test_tags_and_the_description_say_what_a_page_is_about() -> None:
    assert keywords({"tags": ["a", 1], "description": "Two\n lines."}) == ["a", "1", "Two lines."]
    assert keywords({"tags": "a", "description": ["no text"]}) == []
