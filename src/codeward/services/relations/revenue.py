"""Revenue codes that usually stand with a family of procedures on a hospital's claim."""

from __future__ import annotations

from codeward.core.codes import Code
from codeward.datasets.revenue_codes import RevenueRow
from codeward.services.page import Cell, Line, table
from codeward.services.relations.values import OWN, REVENUE, Basis
from codeward.services.view import View
from codeward.store.library import Found

PAIRS = "revenue-codes"
_MEANS = (
    "Custom, not a rule: no official list says which revenue code a procedure takes. The hospital's charge master "
    "decides, by the department that gave the service."
)


def revenue_codes(view: View, code: Code) -> Basis:
    """Revenue codes seen with the family of a procedure code."""
    title = "Revenue codes usual with it"
    if not view.has(PAIRS):
        return Basis("revenue", title, (REVENUE,), OWN, _MEANS, missing=(PAIRS,))
    every: list[Found[RevenueRow]] = view.find(PAIRS)
    rows = [item for item in every if item.row.first <= code.value <= item.row.last]
    view.sources.update(dict.fromkeys(item.source for item in rows))
    lines = [
        Line((Cell(item.row.revenue), Cell(item.row.family), Cell(item.row.sure), Cell(item.row.document)), item.source)
        for item in rows
    ]
    shown = table("revenue", "On a hospital's outpatient claim", ("Revenue code", "Family", "How", "Document"), lines)
    return Basis("revenue", title, (REVENUE,), OWN, _MEANS, (shown,) if lines else ())
