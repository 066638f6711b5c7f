"""Conversion factors: the one a row carries, unless the law changed it within the row's quarter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

EARLY_2024, LATE_2024 = Decimal("32.7442"), Decimal("33.2875")
CHANGED = date(2024, 3, 9)
LAW = "Consolidated Appropriations Act, 2024 (Public Law 118-42), section 305"
FIRST_WITH_TWO = date(2026, 1, 1)
"""From here on practitioners who qualify as APM participants have a factor of their own (42 CFR 414.80)."""


def conversion_factor(line: OpenLine, found: Found[RvuRow]) -> Decimal:
    """Dollars a relative value unit on the line's day, shown with where it was read.

    The first quarter of 2024 had two: the file of January holds the first, a corrected one the second.
    """
    day, given = line.line.day, found.row.conversion_factor
    factor = given
    if day.year == 2024 and given in (EARLY_2024, LATE_2024):
        factor = EARLY_2024 if day < CHANGED else LATE_2024
    if factor != given:
        line.add("conversion factor", f"{factor}, by {LAW}")
        line.warn(f"the file of the day holds the conversion factor {given}; on {day} it was {factor} by {LAW}")
    else:
        line.add("conversion factor", factor, found.source)
    return factor


def wants_qualifying(line: OpenLine) -> bool:
    """Whether the factor for qualifying APM participants applies: asked for, and there is one."""
    return line.sheet.claim.qualifying and line.line.day >= FIRST_WITH_TWO
