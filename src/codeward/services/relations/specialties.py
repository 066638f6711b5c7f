"""Specialties: the Medicare specialty that a provider taxonomy usually goes with, and how sure that is."""

from __future__ import annotations

from codeward.core.codes import Code
from codeward.datasets.taxonomy_specialty import SpecialtyRow
from codeward.services.page import Cell, Line, table
from codeward.services.relations.values import OWN, SPECIALTY, Basis
from codeward.services.view import View
from codeward.store.library import Found

PAIRS = "taxonomy-specialty"
_MEANS = (
    "A few dozen well known pairs in our own table; CMS's crosswalk file is not loaded, so a taxonomy that is not "
    "among them is not known, and a pair marked verify was not seen in it. Medicare pays by the specialty a "
    "practitioner enrolled under, not by the taxonomy on a claim."
)


def specialties(view: View, code: Code) -> Basis:
    """The specialty of a taxonomy."""
    title = "Medicare specialty"
    if not view.has(PAIRS):
        return Basis("specialty", title, (SPECIALTY,), OWN, _MEANS, missing=(PAIRS,))
    rows: list[Found[SpecialtyRow]] = view.find(PAIRS, taxonomy=code.value)
    lines = [
        Line((Cell(item.row.specialty), Cell(item.row.name), Cell(item.row.sure), Cell(item.row.document)), item.source)
        for item in rows
    ]
    shown = table("specialty", "Usually enrolled as", ("Specialty", "Name", "How sure", "Document"), lines)
    return Basis("specialty", title, (SPECIALTY,), OWN, _MEANS, (shown,) if lines else ())
