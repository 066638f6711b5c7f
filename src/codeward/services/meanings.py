"""Meanings: what a coded value of a payment file says, from Codeward's own table."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.datasets.indicators import IndicatorRow
from codeward.services.view import View
from codeward.store.library import Found


def meaning(view: View, field: str, value: str) -> IndicatorRow | None:
    """The row for this value of this field, or None when the table does not know it."""
    found = view.find("indicators", field=field, value=value)
    row: IndicatorRow | None = found[0].row if found else None
    return row


def coded_fact(view: View, found: Found[object], name: str, label: str, field: str, value: str) -> Fact:
    """A coded value with its words; an unknown value says so instead of guessing."""
    known = meaning(view, field, value)
    words = f"{known.label}. {known.sentence}" if known else "Not in our table of meanings."
    return Fact(name, value, found.source, label, words if value else "")
