"""AHRQ's groupings of a diagnosis: whether it is chronic (CCIR), and its clinical categories (CCSR)."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.datasets.ccsr import DiagnosisCategoryRow
from codeward.datasets.chronic_conditions import ChronicRow
from codeward.services.page import Section
from codeward.services.view import View
from codeward.store.library import Found

CHRONIC, CATEGORIES = "ccir", "ccsr"
CHRONIC_WORDS = {
    "0": "Not chronic",
    "1": "Chronic. Lasts twelve months or longer and limits the patient or needs ongoing care",
    "9": "No determination. The code does not say enough, or stands for no condition",
}
"""AHRQ's indicator in our own words (CCIR, definition of a chronic condition)."""


def clinical_groups(view: View, code: Code) -> Section:
    """Chronic indicator and clinical categories of a diagnosis; what is not loaded is named."""
    facts = [*_chronic(view, code), *_categories(view, code)]
    missing = tuple(name for name in (CHRONIC, CATEGORIES) if not view.has(name))
    return Section("clinical-groups", "Chronic condition and clinical category", tuple(facts), missing=missing)


def _chronic(view: View, code: Code) -> list[Fact]:
    found: Found[ChronicRow] | None = view.first(CHRONIC, code=code.value)
    if found is None:
        return []
    row = found.row
    return [Fact("chronic", row.indicator, found.source, "Chronic condition (CCIR)", CHRONIC_WORDS[row.indicator])]


def _categories(view: View, code: Code) -> list[Fact]:
    found: Found[DiagnosisCategoryRow] | None = view.first(CATEGORIES, code=code.value)
    if found is None:
        return []
    row = found.row
    defaults = (
        ("ccsr_inpatient", "CCSR, first-listed inpatient", row.inpatient, row.inpatient_title),
        ("ccsr_outpatient", "CCSR, first-listed outpatient", row.outpatient, row.outpatient_title),
    )
    every = [(f"ccsr_{at}", f"CCSR category {at}", *_numbered(row, at)) for at in range(1, 7)]
    return [Fact(name, value, found.source, label, words) for name, label, value, words in (*defaults, *every) if value]


def _numbered(row: DiagnosisCategoryRow, at: int) -> tuple[str, str]:
    return getattr(row, f"category_{at}"), getattr(row, f"category_{at}_title")
