"""Elsewhere: services outside the physician schedule, priced by the schedule that has them."""

from __future__ import annotations

from codeward.services.drug_limits import ASP
from codeward.services.equipment_fees import DMEPOS
from codeward.services.laboratory_fees import CLFS
from codeward.services.pricing.drugs import price_drug
from codeward.services.pricing.equipment import price_equipment
from codeward.services.pricing.laboratory import price_test
from codeward.services.pricing.sheet import OpenLine

_SCHEDULES = ((CLFS, price_test), (ASP, price_drug), (DMEPOS, price_equipment))


def price_elsewhere(line: OpenLine, first: str = CLFS) -> bool:
    """Settle the line by the first schedule that has its code, the likeliest asked first; whether any does."""
    ordered = sorted(_SCHEDULES, key=lambda item: item[0] != first)
    return any(price(line) for _, price in ordered)


def not_loaded(line: OpenLine) -> str:
    """Which of these schedules do not speak for the day, in words; empty when all do."""
    names = [name for name, _ in _SCHEDULES if not line.view.has(name)]
    return f" (not loaded for {line.line.day}: {', '.join(names)})" if names else ""
