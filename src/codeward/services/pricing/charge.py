"""The charge and the share Medicare holds back: what comes after the schedules' own arithmetic."""

from __future__ import annotations

from datetime import date

from codeward.services.pricing.sheet import OpenLine

_SEQUESTRATION = (
    (date(2022, 7, 1), "2 %"),
    (date(2022, 4, 1), "1 %"),
    (date(2020, 5, 1), ""),
    (date(2013, 4, 1), "2 %"),
)
"""Budget Control Act of 2011, suspended from May 2020 to March 2022 (Public Laws 116-136, 116-260, 117-7, 117-71)."""


def hold_to_charge(line: OpenLine) -> None:
    """Medicare allows the lesser of the charge and the schedule (Social Security Act 1833(a)(1))."""
    charge = line.line.charge
    if line.amount is not None and charge is not None and 0 < charge < line.amount:
        line.add("charge, the lesser", f"{charge:.2f}")
        line.amount = charge.quantize(line.amount)


def sequestration_on(day: date) -> str:
    """The share held back of Medicare's own payment on a day, after the patient's share; empty where none is."""
    return next((share for since, share in _SEQUESTRATION if day >= since), "")


def say_sequestration(line: OpenLine) -> None:
    """Show what is held back of Medicare's part; the amount stays what is allowed."""
    share = sequestration_on(line.line.day)
    if share and line.amount:
        line.add("sequestration", f"{share} of Medicare's payment after cost share, not in the amount")
