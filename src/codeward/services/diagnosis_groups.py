"""Diagnosis groups: the sections of a diagnosis page that say which groupings and crosswalks the code is in."""

from __future__ import annotations

from codeward.core.codes import Code
from codeward.services.clinical_groups import clinical_groups
from codeward.services.crosswalks import icd_9_equivalents
from codeward.services.inpatient_groups import complication
from codeward.services.page import Section
from codeward.services.risk_adjustment import risk_categories
from codeward.services.view import View


def groups_of(view: View, code: Code) -> tuple[Section, ...]:
    """Risk adjustment, complication status, chronic and clinical groups, ICD-9 equivalents."""
    return (
        risk_categories(view, code),
        complication(view, code),
        clinical_groups(view, code),
        icd_9_equivalents(view, code),
    )
