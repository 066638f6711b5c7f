"""Spelling: numbers and days as texts show them, the same from every engine."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_THOUSANDTH = Decimal("0.001")


def spell(number: float | None) -> str:
    """A number as texts show it: at most three decimals, rounded half up, none where it is whole."""
    if number is None:
        return ""
    if number == int(number):
        return str(int(number))
    rounded = Decimal(repr(number)).quantize(_THOUSANDTH, ROUND_HALF_UP).normalize()
    return f"{rounded:f}" if rounded else "0"
