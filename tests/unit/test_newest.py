from datetime import UTC, date, datetime

from docskit.publishing.newest import DatedPage, newest

SEEN = datetime(2026, 1, 5, tzinfo=UTC)


def test_the_author_s_date_goes_before_git_s_and_pages_without_either_are_left_out() -> None:
    pages = [
        DatedPage("旧", "old/", date(2024, 4, 25), SEEN),
        DatedPage("无", "none/", None, None),
        DatedPage("新", "new/", None, SEEN),
        DatedPage("坏", "bad/", "昨天", None),
    ]
    listed = newest(pages, "zh")
    assert [entry.title for entry in listed] == ["新", "旧"]
    assert (listed[0].day.iso, listed[0].day.text) == ("2026-01-05", "2026 年 1 月 5 日")


def test_only_the_newest_are_listed_in_their_order_on_one_day() -> None:
    days = [date(2026, 1, 1)] * 3 + [date(2025, 1, 1)] * 6
    pages = [DatedPage(str(n), f"{n}/", day, None) for n, day in enumerate(days)]
    assert [entry.title for entry in newest(pages, "en", 3)] == ["0", "1", "2"]
    assert newest(pages, "en", 2) == [], "any two of these three would be as new"


def test_of_one_day_the_page_that_git_saw_last_comes_first() -> None:
    day = date(2026, 1, 1)
    pages = [DatedPage("旧", "a/", day, SEEN), DatedPage("新", "b/", day, SEEN.replace(day=6))]
    assert [entry.title for entry in newest(pages, "zh")] == ["新", "旧"]
