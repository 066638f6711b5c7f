"""Claims for pricing tests: services written as `CODE:MOD,MODxUNITS`, all of one day and practitioner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from codeward.core.claims import Claim, ClaimLine, PaidLine, Payment
from codeward.services.pricing import price_claim
from codeward.store.library import Library

FEBRUARY = date(2026, 2, 10)


def line(text: str, number: int = 1, day: date = FEBRUARY, **more: Any) -> ClaimLine:
    """`G9101:50x2`: code, modifiers, units."""
    what, _, units = text.partition("x")
    code, _, modifiers = what.partition(":")
    given = tuple(modifiers.split(",")) if modifiers else ()
    return ClaimLine(number, code, given, Decimal(units or 1), day, **more)


def claim(*services: str, day: date = FEBRUARY, **more: Any) -> Claim:
    """A claim of an office, at national indices unless a place is given."""
    lines = tuple(line(text, number, day) for number, text in enumerate(services, 1))
    place = {} if {"locality", "zip"} & set(more) else {"locality": "national"}
    return Claim("T", lines, **{"place_of_service": "11", "rendering_npi": "1234567893", **place, **more})


def price(
    library: Library, *services: str, denied: Mapping[int, str] | None = None, charges: str = "", **more: Any
) -> Payment:
    """The payment of a claim of these services; `charges` gives each line's charge."""
    asked = claim(*services, **more)
    if charges:
        charged = zip(asked.lines, charges.split(), strict=True)
        asked = replace(asked, lines=tuple(replace(one, charge=Decimal(charge)) for one, charge in charged))
    return price_claim(library, asked, denied or {})


def amounts(payment: Payment) -> list[str | None]:
    """Amounts in claim order."""
    return [None if item.amount is None else str(item.amount) for item in payment.lines]


def factor(item: PaidLine, beginning: str) -> str:
    """The value of the first factor whose name begins so; empty when the line has none."""
    return next((one.value for one in item.factors if one.name.startswith(beginning)), "")
