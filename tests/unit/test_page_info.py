from datetime import UTC, date, datetime

import pytest

from docskit.page_info import leading_heading, page_info, split_title
from docskit.reading_time import reading_minutes


def test_the_line_is_in_the_language_of_the_page() -> None:
    meta = {"author": "ISC-WEB", "date": date(2024, 4, 25)}
    updated = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
    zh = page_info(meta, 1, updated, "zh")
    assert (zh.authors, zh.reading) == ("ISC-WEB", "约 1 分钟读完")
    assert zh.written and (zh.written.iso, zh.written.text) == ("2024-04-25", "2024 年 4 月 25 日")
    en = page_info(meta, 1, updated, "en")
    assert en.updated and en.updated.text == "January 2, 2025"


def test_a_third_language_has_its_own_dates() -> None:
    info = page_info({"date": date(2024, 4, 25)}, 1, None, "de")
    assert info.written and info.written.text == "25. April 2024"


@pytest.mark.parametrize("updated", [date(2024, 4, 25), date(2024, 5, 2), date(2024, 4, 1), None])
def test_a_change_within_a_week_of_writing_or_before_is_not_shown(updated: date | None) -> None:
    assert page_info({"date": date(2024, 4, 25)}, 1, updated, "zh").updated is None


def test_a_later_change_is_shown() -> None:
    info = page_info({"date": date(2024, 4, 25)}, 1, date(2024, 5, 3), "zh")
    assert info.updated and info.updated.iso == "2024-05-03"


def test_a_date_that_could_not_be_read_is_left_out() -> None:
    assert page_info({"date": "去年夏天"}, 1, None, "zh").written is None


def test_several_authors_are_joined_as_the_language_does() -> None:
    meta = {"authors": ["张三", "李四"]}
    assert page_info(meta, 1, None, "zh").authors == "张三、李四"
    assert page_info(meta, 1, None, "en").authors == "张三, 李四"


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 1),
        ("<p>" + "字" * 900 + "</p>", 3),
        ("<p>" + "word " * 400 + "</p>", 2),
        ("<p>" + "字" * 300 + "</p>" + '<img src="a.png">' * 6, 2),
    ],
)
def test_reading_time(html: str, minutes: int) -> None:
    assert reading_minutes(html) == minutes


def test_a_page_is_split_after_its_first_heading() -> None:
    assert split_title('<h1 id="a">A</h1>\n<p>B</p>') == ('<h1 id="a">A</h1>\n', "<p>B</p>")


@pytest.mark.parametrize("html", ["<p>A</p>", "<p>A</p><h1>B</h1>", ""])
def test_a_page_that_does_not_start_with_its_title_is_not_split(html: str) -> None:
    assert split_title(html) == ("", html)


def test_a_page_that_begins_with_a_lower_heading_is_titled_by_it() -> None:
    heading = '1.1 <code>run</code> &amp; stop<a class="headerlink" href="#a">¶</a>'
    html = f'<h2 id="a">{heading}</h2>\n<p>B</p>'
    assert leading_heading(html) == "1.1 run & stop"
    title, rest = split_title(html)
    assert title.startswith('<h1 id="a">1.1') and title.endswith("</h1>\n")
    assert rest == "<p>B</p>"


@pytest.mark.parametrize("html", ["<p>A</p><h2>B</h2>", "<h2>A</h2><h1>B</h1>", ""])
def test_other_headings_are_no_titles(html: str) -> None:
    assert leading_heading(html) == ""
