from pathlib import Path

import pytest

from docskit.pictures.image_sizes import dress_images, image_size

HINTS = ' decoding="async"'


def size_of(src: str) -> tuple[int, int] | None:
    return (400, 300) if src == "a.png" else None


def dressed(html: str) -> str:
    return dress_images(html, size_of, lambda _: [], "", "a.md")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<img alt="图" src="a.png">', ' width="400" height="300"'),
        ('<img alt="图" src="a.png" width="200">', ' height="150"'),
        ('<img alt="图" src="a.png" height="30">', ' width="40"'),
        ('<img alt="图" src="a.png" width="8" height="9">', ""),
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


@pytest.mark.parametrize(("text", "lazy"), [("字" * 500, 0), ("字" * 700, 1), ("a" * 1100, 0)])
def test_the_first_is_loaded_at_once_only_where_it_is_seen_at_once(text: str, lazy: int) -> None:
    assert dressed(f'<p>{text}</p>\n<p><img src="a.png" alt="一"></p>').count("lazy") == lazy


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
    _, problems = dress_images(
        '<img alt="" src="img/a.png">', lambda _: None, lambda _: [], source, "p.md"
    )
    assert [(problem.line, problem.code) for problem in problems] == [(3, "image-without-alt")]


def test_a_picture_that_names_no_file_is_reported_at_its_line() -> None:
    source = "# 题\n\n![图]()\n\n字 <img alt='x' src=''> `![]()` <img width=3>\n"
    html = '<img alt="图" src=""> <img alt="x" src=""> <img width=3>'
    dressed, problems = dress_images(html, lambda _: None, lambda _: [], source, "p.md")
    assert dressed == html
    assert {problem.code for problem in problems} == {"image-without-address"}
    assert [(problem.line, problem.column) for problem in problems] == [(3, 1), (5, 3), (5, 32)]


def test_a_vector_picture_has_the_size_of_its_view_box(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320.4 120"/>')
    assert image_size(path) == (320, 120)
    path.write_text("no picture")
    assert image_size(path) is None
    assert image_size(tmp_path / "missing.png") is None


@pytest.mark.parametrize(
    ("written", "sizes"),
    [
        ('<img alt="图" src="a.png">', "(max-width: 432px) calc(100vw - 32px), 400px"),
        ('<img alt="图" src="a.png" width="200">', "(max-width: 232px) calc(100vw - 32px), 200px"),
        (
            '<img alt="图" src="a.png" width="70%">',
            "(max-width: 768px) calc((100vw - 32px) * 0.7), 515px",
        ),
        (
            '<img alt="图" src="a.png" style="zoom:50%">',
            "(max-width: 232px) calc(100vw - 32px), 200px",
        ),
    ],
)
def test_a_browser_is_told_how_wide_a_picture_is_shown(written: str, sizes: str) -> None:
    html, problems = dress_images(
        written, size_of, lambda _: [("x.480.webp", 480), ("x.960.webp", 960)], "", "a.md"
    )
    assert f' srcset="x.480.webp 480w, x.960.webp 960w" sizes="{sizes}"' in html
    assert written[:-1] in html.replace("zoom:50%;", "zoom:50%") and problems == []


OUTSIDE = ' referrerpolicy="no-referrer" loading="lazy" decoding="async">'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<img alt="图" src="http://e.org/a.png">', '<img alt="图" src="http://e.org/a.png"'),
        ('<img alt="图" src="//e.org/a.png">', '<img alt="图" src="//e.org/a.png"'),
        ('<IMG alt="图" SRC=HTTP://safe/a.png>', '<IMG alt="图" SRC="https://safe/a.png"'),
        ('<img alt="图" src="http://safe/?a&amp;b">', '<img alt="图" src="https://safe/?a&amp;b"'),
    ],
)
def test_a_picture_elsewhere_is_asked_for_quietly(written: str, expected: str) -> None:
    html, problems = dress_images(
        written, lambda _: None, lambda _: [], "", "a.md", lambda src: "safe" in src
    )
    assert (html, problems) == (expected + OUTSIDE, [])


def test_an_authors_own_rule_about_the_referrer_stays() -> None:
    html = dressed('<img alt="图" src="https://e.org/a.png" referrerpolicy="origin">')
    assert html.count("referrerpolicy") == 1 and 'referrerpolicy="origin"' in html


@pytest.mark.parametrize(
    "written",
    [
        '<img alt="图" src="a.png" srcset="b.png 2x">',
        '<img alt="图" src="a.png" style="max-width: 20em">',
        '<img alt="图" src="a.png" width="9em">',
        '<img alt="图" src="https://example.org/a.png">',
    ],
)
def test_a_picture_whose_width_is_not_known_has_no_copies(written: str) -> None:
    html, _ = dress_images(written, size_of, lambda _: [("x.webp", 480)], "", "a.md")
    assert "x.webp" not in html


def test_the_original_is_the_widest_where_no_copy_stands_for_it() -> None:
    html, _ = dress_images(
        '<img alt="图" src="a b.png">', lambda _: (900, 30), lambda _: [("x", 480)], "", "a.md"
    )
    assert 'srcset="x 480w, a%20b.png 900w"' in html


def test_a_damaged_picture_is_reported_at_its_line_and_left_alone() -> None:
    written = '<img alt="图" src="a.png">'
    html, problems = dress_images(
        written, size_of, lambda _: None, "# 题\n\n![图](a.png)\n", "a.md"
    )
    assert "srcset" not in html
    assert [(problem.line, problem.code) for problem in problems] == [(3, "damaged-image")]
