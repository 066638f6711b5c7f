"""Old imaging equipment: what is taken off the technical part for film, cassettes and tube standards.

Social Security Act 1848(b)(9) and 1834(p): X-rays on film (FX), computed radiography (FY) and CT on equipment that
does not meet NEMA XR-29 (CT).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codeward.services.pricing.cents import NOTHING, WHOLE, cents, percent
from codeward.services.pricing.sheet import OpenLine

_OFF = {
    "FX": ((date(2017, 1, 1), Decimal("0.20")),),
    "FY": ((date(2023, 1, 1), Decimal("0.10")), (date(2018, 1, 1), Decimal("0.07"))),
    "CT": ((date(2017, 1, 1), Decimal("0.15")), (date(2016, 1, 1), Decimal("0.05"))),
}
_NAMES = {"FX": "X-ray on film (FX)", "FY": "computed radiography (FY)", "CT": "CT not up to XR-29 (CT)"}


def off_for_equipment(modifier: str, day: date) -> Decimal:
    """The share that a modifier takes off on a day; nothing before its law took effect."""
    return next((off for since, off in _OFF[modifier] if day >= since), NOTHING)


def reduce_for_equipment(line: OpenLine) -> None:
    """Take the modifier's share off the technical part of the amount."""
    for modifier, name in _NAMES.items():
        off = off_for_equipment(modifier, line.line.day)
        if not line.has(modifier) or not off:
            continue
        if not line.technical_total:
            line.warn(f"{modifier} takes nothing off: the line has no technical part")
            continue
        line.add(f"{name}, technical part", percent(WHOLE - off))
        sum_off = cents(line.technical_total * off)
        line.take_off(sum_off, sum_off)
