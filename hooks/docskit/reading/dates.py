"""Dates as authors write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_DATE = re.compile(
    r"""\s*(?P<year>\d{4})\s*(?:[-./年／．－]|\s)\s*(?P<month>\d{1,2})\s*(?:[-./月／．－]|\s)\s*
    (?P<day>\d{1,2})\s*[日号]?
    (?:(?:[Tt,，]|\s)?\s*(?:星期.|周.)?\s*(?P<half>上午|下午|早上|晚上)?\s*
       (?P<hour>\d{1,2})\s*[:：时点]\s*(?P<minute>\d{1,2})?
       (?:\s*[:：分]\s*(?:(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?)?
       \s*(?P<zone>[Zz]|[+-]\d{1,2}(?::?\d{2})?)?
    )?\s*""",
    re.VERBOSE,
)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})\s*")


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def parse_date(value: object) -> date | datetime | None:
    """A date, or a datetime where a time is given; None where the day does not exist.

    Takes `2024.04.25`, `2024/4/25`, `2024年4月25日`, `2024-04-25 18:30`, ISO 8601,
    and the number that YAML makes of `20240425`. Year first only: `4/5/2024` has two readings.

    >>> parse_date("2024年4月25日"), parse_date("去年夏天")
    (datetime.date(2024, 4, 25), None)
    """
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > 60:
        return None
    try:
        if compact := _COMPACT.fullmatch(value):
            return date(*map(int, compact.groups()))
        if not (match := _DATE.fullmatch(value)):
            return None
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        if match["hour"] is None:
            return date(year, month, day)
        hour = int(match["hour"])
        if match["half"] in ("下午", "晚上") and hour < 12:
            hour += 12
        minute, second = int(match["minute"] or 0), int(match["second"] or 0)
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match["zone"]))
    except ValueError:
        return None
