"""Cents: amounts rounded as contractors round them, and shares of them in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
WHOLE = Decimal(1)


def cents(value: Decimal) -> Decimal:
    """A sum of money to the cent, halves up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def percent(share: Decimal) -> str:
    """A share in words: 0.625 is `62.5 %`."""
    return f"{(share * 100).normalize():f} %"
