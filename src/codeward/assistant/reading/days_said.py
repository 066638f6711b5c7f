"""Days said: dates of service in the ways people write them, and years without a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<y>20[0-4]\d)"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w./-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        r"(?P<y>20[0-4]\d)[-/.](?P<n>0?[1-9]|1[0-2])[-/.](?P<d>\d{1,2})",
        r"(?P<y>20[0-4]\d)(?P<n>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])",
        r"(?P<n>0?[1-9]|1[0-2])[/-](?P<d>\d{1,2})[/-](?P<y>20[0-4]\d|[0-4]\d)",
        rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH}(?: of)?,? {_YEAR}",
        rf"q(?P<q>[1-4])[ /-]?{_YEAR}|{_YEAR}[ /-]?q(?P<q2>[1-4])".replace("(?P<y>", "(?P<y2>", 1),
    )
)
_BARE_YEAR = re.compile(r"(?<![\w./$-])(?:cy|fy)?(20[0-4]\d)(?![\w/%-]|\.\d)", re.IGNORECASE)


def days_said(text: str) -> tuple[tuple[tuple[int, int], date], ...]:
    """Every day named, with its place, in the order of the text; a month or quarter stands for its first day."""
    found: dict[int, tuple[tuple[int, int], date]] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _day(match.groupdict())
            covered = any(start <= match.start() < end for (start, end), _ in found.values())
            if day is not None and not covered:
                found[match.start()] = (match.span(), day)
    return tuple(found[at] for at in sorted(found))


def years_said(text: str) -> Iterator[int]:
    """Years that stand alone: `2024`, `CY2025`."""
    for match in _BARE_YEAR.finditer(text):
        yield int(match[1])


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts.get("y") or parts.get("y2") or 0)
    quarter = parts.get("q") or parts.get("q2")
    month = 3 * int(quarter) - 2 if quarter else _month(parts)
    try:
        return date(year + 2000 if year < 100 else year, month, int(parts.get("d") or 1))
    except ValueError:
        return None


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("m")
    return _MONTHS.index(name[:3].lower()) + 1 if name else int(parts.get("n") or 0)
