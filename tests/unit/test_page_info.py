from datetime import UTC, date, datetime

import pytest
from processor_time import seconds

from docskit.publishing.byline import page_info, split_title, title_of
from docskit.typesetting.reading_time import reading_minutes


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


def test_a_site_shows_further_keys() -> None:
    shown = {"difficulty": {"zh": "难度", "en": "Difficulty"}, "tools": "需要", "none": "没有"}
    meta = {"difficulty": "难", "tools": ["git", "ssh"], "other": "x"}
    zh = page_info(meta, 1, None, "zh", shown)
    assert zh.more == (("难度", "难"), ("需要", "git、ssh"))
    assert page_info(meta, 1, None, "ja", shown).more[0] == ("Difficulty", "难")
    assert page_info({"difficulty": {"a": 1}}, 1, None, "zh", shown).more == ()
    assert page_info(meta, 1, None, "zh", "difficulty").more == ()


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


@pytest.mark.parametrize(
    "before",
    [
        '<p><img src="logo.png" alt="标"></p>\n',
        '<div class="toc"><ul><li><a href="#a">A</a></li></ul></div>\n',
        "<blockquote><p>引文</p></blockquote>\n",
        '<p><a name="top"></a></p>\n',
        '<p align="center"><img src="a.png"><br></p>\n',
        '<p><a href="README.en.md">English</a> | 中文</p>\n',
        "<!-- <h1>不是</h1> -->\n",
        "<hr>\n",
    ],
)
def test_a_title_need_not_be_the_first_thing(before: str) -> None:
    title = f'{before}<h1 id="a">A</h1>\n'
    assert title_of(title + "<p>B</p>") == "A"
    assert split_title(title + "<p>B</p>") == (title, "<p>B</p>")
    heading = f'{before}<h2 id="a">A</h2>\n<p>B</p>\n<h2>C</h2>'
    assert title_of(heading) == "A"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ('<h1 align="center">Vue <b>3</b></h1>', "Vue 3"),
        ('<H1 align="center">Vue</H1>', "Vue"),
        ('<h1><img src="a.png" alt="Vue &amp; 3"></h1>', "Vue & 3"),
        ('<h1><img src="a.png" alt="标"> Vue</h1>', "Vue"),
        ("<h2>A</h2><h1>B</h1>", "B"),
        ("<h1></h1><h3>A</h3>", "A"),
        ("<p>A</p><h2>B</h2><h2>C</h2>", "B"),
        ("<p>&lt;h1&gt;A&lt;/h1&gt;</p>", ""),
        ("<header>A</header>", ""),
        ("", ""),
    ],
)
def test_the_heading_that_names_a_page(html: str, title: str) -> None:
    assert title_of(html) == title


@pytest.mark.parametrize(
    "html",
    [
        "<p>A</p>",
        "<p>A</p><h2>B</h2>",
        "<h2>A</h2><h1>B</h1>",
        f"<p>{'字' * 400}</p><h1>B</h1>",
        '<div align="center"><h1>B</h1><p>C</p></div>',
        "",
    ],
)
def test_a_page_that_does_not_start_with_its_title_is_not_split(html: str) -> None:
    assert split_title(html) == ("", html)


def test_a_page_that_begins_with_a_lower_heading_is_titled_by_it() -> None:
    heading = '1.1 <code>run</code> &amp; stop<a class="headerlink" href="#a">¶</a>'
    html = f'<h2 id="a">{heading}</h2>\n<p>B</p>'
    assert title_of(html) == "1.1 run & stop"
    title, rest = split_title(html)
    assert title.startswith('<h1 id="a">1.1') and title.endswith("</h1>\n")
    assert rest == "<p>B</p>"


def test_time_grows_with_the_page_not_with_its_square() -> None:
    def work(count: int) -> None:
        for unit in ("<h1>", "<h2>A</h2>", "<!--", '<img alt="a">', "<h2>", "<div>"):
            split_title(unit * count)

    assert seconds(lambda: work(8_000)) < 8 * seconds(lambda: work(2_000)) + 0.2
