from pathlib import Path

import pytest

from docskit.images import dress_images, image_size

HINTS = ' decoding="async"'


def dressed(html: str) -> str:
    return dress_images(html, lambda src: (400, 300) if src == "a.png" else None, "", "a.md")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<img alt="图" src="a.png">', ' width="400" height="300"'),
        ('<img alt="图" src="a.png" width="200">', ' height="150"'),
        ('<img alt="图" src="a.png" height="30">', ' width="40"'),
        ('<img alt="图" src="a.png" width="8" height="9">', ""),
        ('<img alt="图" src="https://example.org/a.png">', ""),
    ],
)
def test_what_the_author_left_out_is_added(written: str, expected: str) -> None:
    html = dressed(written)
    assert html == written[:-1] + expected + HINTS + ">"


def test_a_width_in_per_cent_keeps_its_place_by_proportion() -> None:
    html = dressed('<img alt="图" src="a.png" width="70%">')
    assert 'width="70%"' in html
    assert 'style="aspect-ratio: 400 / 300"' in html
    assert "height=" not in html


def test_a_style_is_kept() -> None:
    assert 'style="zoom:50%"' in dressed('<img alt="图" src="a.png" style="zoom:50%" />')
    html = dressed('<img alt="图" src="a.png" style="width: 9em;">')
    assert 'style="width: 9em; aspect-ratio: 400 / 300"' in html


def test_all_but_the_first_are_loaded_when_they_come_near() -> None:
    html = dressed('<img src="a.png" alt="一"><img src="a.png" alt="二"><img src="a.png" alt="三">')
    assert [part.count("lazy") for part in html.split("<img")[1:]] == [0, 1, 1]


def test_a_title_becomes_a_caption_where_the_picture_stands_alone() -> None:
    html = dressed('<p><img alt="图" src="a.png" title="图 1 &lt;甲&gt;"></p>\n<p>字</p>')
    assert html.startswith("<figure><img")
    assert "<figcaption>图 1 &lt;甲&gt;</figcaption></figure>\n<p>字</p>" in html
    assert "<figure>" not in dressed('<p>字 <img alt="图" src="a.png" title="题"></p>')


def test_code_and_comments_stay() -> None:
    html = "<pre><code>&lt;img src=a.png&gt;</code></pre><!-- <img src=a.png> -->"
    assert dressed(html) == html


def test_a_picture_without_words_is_reported_at_its_line() -> None:
    source = "# 题\n\n![](img/a.png)\n"
    _, problems = dress_images('<img alt="" src="img/a.png">', lambda _: None, source, "p.md")
    assert [(problem.line, problem.code) for problem in problems] == [(3, "image-without-alt")]


def test_a_vector_picture_has_the_size_of_its_view_box(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320.4 120"/>')
    assert image_size(path) == (320, 120)
    path.write_text("no picture")
    assert image_size(path) is None
    assert image_size(tmp_path / "missing.png") is None
