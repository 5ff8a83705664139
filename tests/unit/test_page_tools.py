from urllib.parse import parse_qs, urlsplit

import pytest

from docskit.publishing.page_actions import Chat, chats, page_tools


def test_a_report_names_the_page() -> None:
    forge = "https://github.com/a/b/"
    tools = page_tools("C# & <b>", "https://a.example/x/", "x.md", forge, [], "zh")
    asked = urlsplit(tools.report)
    assert (asked.netloc, asked.path) == ("github.com", "/a/b/issues/new")
    assert parse_qs(asked.query, keep_blank_values=True)["title"] == ["页面有错：C# & <b>"]
    assert "x.md" in tools.report_body and "https://a.example/x/" in tools.report_body


def test_without_a_repository_nothing_can_be_reported() -> None:
    assert page_tools("题", "/x/", "x.md", "", [], "en").report == ""


def test_gitlab_has_names_of_its_own() -> None:
    report = page_tools("题", "/x/", "x.md", "https://gitlab.com/a/b", [], "en").report
    assert report.startswith("https://gitlab.com/a/b/-/issues/new?issue[title]=")


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([{"name": "A", "url": "https://a.example/"}], (Chat("A", "https://a.example/"),)),
        ([{"name": "A", "url": "javascript:alert(1)"}, {"name": "B"}, 3, None], ()),
        ("https://a.example/", ()),
        (None, ()),
    ],
)
def test_only_web_addresses_are_chats(listed: object, found: tuple[Chat, ...]) -> None:
    assert chats(listed) == found
