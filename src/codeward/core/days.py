"""Days: the open end of an interval, quarters, and reading a date a person typed."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OPEN_END = date(9999, 12, 31)
"""Stands for "no end known" where a column must hold a date."""


def day_before(day: date) -> date:
    """The last day of whatever `day` replaces."""
    return day - timedelta(days=1)


def quarter_start(day: date) -> date:
    """First day of the calendar quarter that holds `day` (CMS edits and fees change on these days)."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date) -> date:
    """First day of the quarter after the one that holds `day`."""
    start = quarter_start(day)
    return date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)


def read_day(text: str) -> date:
    """A date of service as typed, ISO only; ValueError says what was expected."""
    try:
        if _DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a date: expected YYYY-MM-DD, for example 2024-08-15")
