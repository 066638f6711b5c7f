"""Tests and therapy: what is taken off the second and later ones of a day, from the part the rule names.

The multiple procedure indicator names the rule (CPM 100-04 chapter 23, MPFSDB record layout; 42 CFR 414.40 and
Social Security Act 1848(b)): 4 imaging, 6 cardiovascular, 7 ophthalmology, 5 therapy. The dearest is paid in full.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from codeward.services.pricing.cents import NOTHING, WHOLE, cents, percent
from codeward.services.pricing.sheet import OpenLine, by_day, still_open

IMAGING, THERAPY, CARDIOVASCULAR, OPHTHALMOLOGY = "4", "5", "6", "7"
FAMILY = "88"
"""Diagnostic imaging family that the reduction is about; 99 stands for no family."""
SEPARATE_SESSION = ("59", "XE")
HALF = Decimal("0.5")
TECHNICAL_OFF = {IMAGING: HALF, CARDIOVASCULAR: Decimal("0.25"), OPHTHALMOLOGY: Decimal("0.2")}
NAMES = {
    IMAGING: "several images of one session",
    THERAPY: "several therapy services of one day",
    CARDIOVASCULAR: "several cardiovascular tests of one day",
    OPHTHALMOLOGY: "several eye tests of one day",
}
SMALLER_SINCE = date(2017, 1, 1)
"""Since then 5 % and no longer 25 % is taken off the professional part of imaging (Public Law 114-113, s. 502)."""


def reduce_tests(lines: list[OpenLine]) -> None:
    """Reduce the technical part of second and later tests, and of imaging the professional part too."""
    for indicator, off in TECHNICAL_OFF.items():
        subject = [line for line in still_open(lines) if _is_under(line, indicator)]
        for together in by_day(subject):
            _reduce(together, f"{NAMES[indicator]}, technical part", off, lambda line: line.technical, technical=True)
            if indicator == IMAGING:
                smaller = together[0].line.day >= SMALLER_SINCE
                less = Decimal("0.05") if smaller else Decimal("0.25")
                _reduce(together, f"{NAMES[indicator]}, professional part", less, _professional, technical=False)


def _is_under(line: OpenLine, indicator: str) -> bool:
    if line.row is None or line.row.row.multiple != indicator:
        return False
    return indicator != IMAGING or (line.row.row.imaging_family == FAMILY and not line.has(*SEPARATE_SESSION))


def _professional(line: OpenLine) -> Decimal:
    return line.unit - line.technical


def reduce_therapy(lines: list[OpenLine]) -> None:
    """Halve the practice expense of every unit and service but the one with the highest, across disciplines."""
    subject = [line for line in still_open(lines) if line.row is not None and line.row.row.multiple == THERAPY]
    for together in by_day(subject):
        _reduce(together, f"{NAMES[THERAPY]}, practice expense", HALF, lambda line: line.expense, technical=False)


def _reduce(
    lines: list[OpenLine], name: str, off: Decimal, part: Callable[[OpenLine], Decimal], *, technical: bool
) -> None:
    """Take a share off the part of every procedure except one of those where it is highest."""
    bearing = [line for line in lines if part(line) > 0]
    if sum(line.whole_count for line in bearing) < 2:
        return
    dearest = max(bearing, key=part)
    for line in bearing:
        assert line.row is not None
        reduced = line.whole_count - (1 if line is dearest else 0)
        if not reduced:
            line.add(name, f"{percent(WHOLE)}, the highest", line.row.source)
            continue
        sum_off = cents(part(line) * off) * reduced
        note = f"{percent(WHOLE - off)} of {part(line)}" + (f" for {reduced} units" if line.whole_count > 1 else "")
        line.add(name, note, line.row.source)
        line.take_off(sum_off, sum_off if technical else NOTHING)
