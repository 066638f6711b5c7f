"""Quarters follow each other without a hole, and a typed date is ISO or refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.days import day_before, next_quarter, quarter_start, read_day

DAYS = st.dates(date(1996, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "start", "following"),
    [
        (date(2024, 8, 15), date(2024, 7, 1), date(2024, 10, 1)),
        (date(2024, 10, 1), date(2024, 10, 1), date(2025, 1, 1)),
        (date(2024, 12, 31), date(2024, 10, 1), date(2025, 1, 1)),
        (date(2025, 3, 31), date(2025, 1, 1), date(2025, 4, 1)),
    ],
)
def test_quarter_of_a_day(day: date, start: date, following: date) -> None:
    assert quarter_start(day) == start
    assert next_quarter(day) == following


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: date) -> None:
    assert quarter_start(day) <= day < next_quarter(day)
    assert quarter_start(day).day == 1
    assert quarter_start(day).month in (1, 4, 7, 10)


@given(DAYS)
def test_quarters_touch(day: date) -> None:
    last = day_before(next_quarter(day))
    assert quarter_start(last) == quarter_start(day)
    assert quarter_start(last + timedelta(days=1)) == next_quarter(day)


@given(DAYS)
def test_iso_days_read_back(day: date) -> None:
    assert read_day(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    "text", ["", "08/15/2024", "2024-02-30", "2024-8-5", "yesterday", "2024-08-15T00:00", "٢٠٢٤-٠٨-١٥"]
)
def test_other_dates_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY-MM-DD"):
        read_day(text)


@pytest.mark.parametrize("text", ["20240815", "2024-W33-4"])
def test_iso_forms_nobody_bills_with_are_refused(text: str) -> None:
    """The message says YYYY-MM-DD, so nothing else is a date of service."""
    with pytest.raises(ValueError, match="expected YYYY-MM-DD"):
        read_day(text)
