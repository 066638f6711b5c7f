"""Money: amounts as text, and the span of several."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

NOTHING = "-"


def money(value: Decimal | None) -> str:
    """Two decimals, three where the file needs them; a dash where nothing stands."""
    if value is None:
        return NOTHING
    text = f"{value:.3f}"
    return text.removesuffix("0")


def fee(value: Decimal | None) -> str:
    """Like money, but zero says that no fee is set."""
    return money(value) if value else NOTHING


def span(values: Iterable[Decimal | None]) -> str:
    """The lowest and the highest of the fees that are set, or the one they all are."""
    here = sorted(value for value in values if value)
    if not here:
        return NOTHING
    return money(here[0]) if here[0] == here[-1] else f"{money(here[0])} to {money(here[-1])}"
