"""Surgical center lists: procedures excluded from payment there (EE) and the device's part of a payment (FF)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from codeward.core.answers import Fact
from codeward.datasets.asc_addenda import DeviceOffsetRow, ExcludedRow
from codeward.services.money import money
from codeward.services.page import Cell, Line, Section, Sentence, table
from codeward.services.view import View
from codeward.store.library import Found

EXCLUDED, OFFSETS = "asc-ee", "asc-ff"
WORDS = "Excluded from ASC payment. Medicare does not pay this procedure in a surgical center."


def with_center_lists(view: View, code: str, section: Section) -> Section:
    """The surgical center section with what EE and FF add: that a code is excluded, or its device offset.

    What AA and BB do not list is not paid there even where EE is not loaded to say that it is excluded.
    """
    excluded: Found[ExcludedRow] | None = view.first(EXCLUDED, code=code)
    if section.fact("asc_payment_indicator") is not None:
        return _with_offset(view, code, section)
    history = [item for item in view.library.history(EXCLUDED, code=code) if item.first_day <= item.last_day]
    lines = [Line((Cell(item.first_day.isoformat()), Cell(view.last_day_text(item))), item.source) for item in history]
    told = len(lines) < 2 and excluded is not None
    tables = (
        ()
        if told or not lines
        else (table("excluded-history", "Excluded in the loaded editions", ("From", "To"), lines),)
    )
    facts = (Fact("asc_excluded", True, excluded.source, "Excluded", WORDS),) if excluded else ()
    missing = (*section.missing, EXCLUDED) if section.missing and not view.has(EXCLUDED) else section.missing
    return replace(section, facts=(*section.facts, *facts), tables=(*section.tables, *tables), missing=missing)


def _with_offset(view: View, code: str, section: Section) -> Section:
    found: Found[DeviceOffsetRow] | None = view.first(OFFSETS, code=code)
    if found is None or not found.row.offset:
        return section
    row, source = found.row, found.source
    words = (
        "of the hospital rate is the device's" if row.payment_indicator == "J8" else "of the payment is the device's"
    )
    facts = [Fact("asc_device_offset", f"{_percent(row.offset)}", source, "Device offset", words)]
    if row.device_portion is not None:
        facts.append(Fact("asc_device_portion", money(row.device_portion), source, "Device portion"))
    return replace(section, facts=(*section.facts, *facts))


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f} %"


def exclusion_sentence(section: Section) -> Sentence | None:
    """That a surgical center is not paid for it, in one sentence."""
    fact = section.fact("asc_excluded")
    if fact is None or fact.source is None:
        return None
    text = f"A surgical center is not paid for it: Addendum EE ({fact.source.edition}) excludes it."
    return Sentence(text, (fact.source,))
