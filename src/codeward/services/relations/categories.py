"""Category neighbours: codes that CMS's service categories put beside a procedure code."""

from __future__ import annotations

from codeward.core.codes import Code, procedure
from codeward.datasets.service_categories import CategoryRow
from codeward.services.page import Cell, Line, table
from codeward.services.relations.values import OFFICIAL, PROCEDURES, Basis
from codeward.services.view import View
from codeward.store.library import Found

CATEGORIES = "service-categories"
_SHOWN = 40
_MEANS = (
    "CMS sorts these codes under the same kind of service, to count spending. It does not say that one may stand for "
    "another."
)


def category_neighbours(view: View, code: Code) -> Basis:
    """Codes of the same category, in order."""
    title = "Same CMS service category"
    if not view.has(CATEGORIES):
        return Basis("category", title, PROCEDURES, OFFICIAL, _MEANS, missing=(CATEGORIES,))
    own: Found[CategoryRow] | None = view.first(CATEGORIES, code=code.value)
    if own is None:
        return Basis("category", title, PROCEDURES, OFFICIAL, _MEANS)
    every: list[Found[CategoryRow]] = view.library.find(CATEGORIES, own.release, view.on, category=own.row.category)
    others = sorted((item for item in every if item.row.code != code.value), key=lambda item: item.row.code)
    lines = [Line((_cell(item.row.code), Cell(item.row.path)), item.source) for item in others[:_SHOWN]]
    shown = table("category", f"Beside it in {own.row.path}", ("Code", "Category"), lines, len(others))
    return Basis("category", title, PROCEDURES, OFFICIAL, _MEANS, (shown,) if lines else ())


def _cell(value: str) -> Cell:
    known = procedure(value)
    return Cell(known.shown, known)
