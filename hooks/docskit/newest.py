"""The newest pages of a site, for its home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from docskit.page_info import Day, day_in_words


@dataclass(frozen=True, slots=True)
class DatedPage:
    """A page that may be listed; `url` is relative to the site's root."""

    title: str
    url: str
    written: object
    changed: datetime | None

    @property
    def day(self) -> date | None:
        """When its author wrote it; without a date, when git saw it change."""
        day = self.written if isinstance(self.written, date) else self.changed
        return day.date() if isinstance(day, datetime) else day


@dataclass(frozen=True, slots=True)
class Newest:
    """One entry of the list."""

    title: str
    url: str
    day: Day


def newest(pages: Iterable[DatedPage], locale: str, count: int = 5) -> list[Newest]:
    """The `count` newest pages that have a date, newest first, with the date in `locale`'s words.

    Pages of one day stay in the order in which they are given. Where that day has more pages
    than the list has room for, none of them is newer than the others, and there is no list.
    """
    dated = [(page, page.day) for page in pages]
    ordered = sorted(
        ((page, day) for page, day in dated if day is not None),
        key=lambda entry: entry[1],
        reverse=True,
    )
    if len(ordered) > count and ordered[0][1] == ordered[count][1]:
        return []
    return [
        Newest(page.title, page.url, day_in_words(day, locale)) for page, day in ordered[:count]
    ]
