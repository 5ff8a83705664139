"""The newest pages of a site, for its home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from docskit.publishing.byline import Day, day_in_words


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

    Of one day, what git saw change last comes first: who copies an example keeps its date.
    Without that, pages stay in the order in which they are given. Where more pages are as new
    as the first than the list has room for, there is no list.
    """
    dated = [(page, page.day) for page in pages]

    def age(entry: tuple[DatedPage, date]) -> tuple[date, float]:
        changed = entry[0].changed
        return entry[1], changed.timestamp() if changed else 0

    known = ((page, day) for page, day in dated if day is not None)
    ordered = sorted(known, key=age, reverse=True)
    if len(ordered) > count and age(ordered[0]) == age(ordered[count]):
        return []
    return [
        Newest(page.title, page.url, day_in_words(day, locale)) for page, day in ordered[:count]
    ]
