"""The date of service a page was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate

from codeward.core.days import read_day
from codeward.core.faults import BadInput

EARLIEST, LATEST = date(1966, 7, 1), date(2100, 12, 31)
"""Medicare's first day, and as far ahead as anybody asks."""


@dataclass(frozen=True, slots=True)
class Day:
    """The date of service, and whether the reader chose it."""

    on: date
    asked: bool

    @property
    def query(self) -> str:
        """What links must carry so that the chosen day stays chosen."""
        return f"?on={self.on.isoformat()}" if self.asked else ""

    @property
    def words(self) -> str:
        """For the middle of a sentence."""
        return self.on.isoformat() if self.asked else "today"


class BadDay(BadInput):
    """The date of service cannot be used."""


def day_asked(request: HttpRequest) -> Day:
    """`?on=` or today; BadDay says what was expected."""
    return day_given(request.GET.get("on", ""))


def day_given(text: str) -> Day:
    """A day as typed, or today where nothing was; BadDay says what was expected."""
    text = text.strip()
    if not text:
        return Day(localdate(), False)
    try:
        on = read_day(text)
    except ValueError as error:
        raise BadDay(str(error)) from None
    if not EARLIEST <= on <= LATEST:
        raise BadDay(f"{text} is no date of service: expected a day from {EARLIEST} to {LATEST}")
    return Day(on, True)
