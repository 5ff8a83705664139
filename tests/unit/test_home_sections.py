from docskit.typesetting.home_sections import home_sections


def test_each_section_begins_with_its_heading() -> None:
    html = '<p>Hello.</p>\n<h2 id="a">A</h2>\n<p>a</p>\n<h2 id="b">B</h2>\n<p>b</p>'
    opening, sections = home_sections(html)
    assert opening == "<p>Hello.</p>\n"
    assert [section[:11] for section in sections] == ['<h2 id="a">', '<h2 id="b">']
    assert opening + "".join(sections) == html


def test_a_heading_in_a_box_begins_no_section() -> None:
    html = '<h2>A</h2><div class="grid"><h2>in the box</h2></div><h2>B</h2>'
    assert home_sections(html) == ("", [html[:-10], "<h2>B</h2>"])


def test_a_page_without_sections_is_all_opening() -> None:
    assert home_sections("<p>Hello.</p>") == ("<p>Hello.</p>", [])
