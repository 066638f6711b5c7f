"""Work out: one worksheet from what was given to lines, reasons and checks as of the date of service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from codeward.core.answers import Answer
from codeward.core.codes import procedure
from codeward.core.faults import NotLoaded
from codeward.datasets.licences import TERMS
from codeward.services.view import View
from codeward.services.worksheets.checks import checked
from codeward.services.worksheets.fields import given as put_to_fields
from codeward.services.worksheets.kinds import Kind
from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.values import Worksheet
from codeward.store.library import Library

NUMBERS = "ama-cpt"
"""The terms under which CPT numbers are shown."""


def work_out(library: Library, kind: Kind, values: Mapping[str, Any], on: date) -> Answer[Worksheet]:
    """Lines, reasons and checks of a worksheet; a day among the values is taken before `on`.

    Raises BadInput with one line that names the field, and NotLoaded where the terms for CPT numbers do not hold.
    """
    given = put_to_fields(kind.fields, kind.prepare(values))
    day = given.day("on") or on
    sheet = Sheet(View(library, day))
    sheet.payer = given.choice("payer", "medicare")
    sheet.setting = given.choice("billed_by", "practitioner")
    kind.work(given, sheet)
    _refuse_numbers(library, kind, sheet)
    for name in given.unused:
        sheet.warn(f"{name} is no field of this worksheet and was not used")
    found = Worksheet(kind.name, day, tuple(sheet.lines), tuple(sheet.reasons), checked(sheet), tuple(sheet.warnings))
    return sheet.view.answer(found)


def _refuse_numbers(library: Library, kind: Kind, sheet: Sheet) -> None:
    """A worksheet whose lines are CPT numbers is answered only where those may be shown."""
    shut = NUMBERS not in library.licence.terms
    if shut and any(procedure(line.code).system == "cpt" for line in sheet.lines if line.is_code):
        if NUMBERS in library.licence.accepted:
            why = f"shown in licence mode {TERMS[NUMBERS].mode} only; this installation runs in {library.licence.mode}"
        else:
            why = f"shown once their terms are accepted: read `codeward library terms {NUMBERS}`"
        raise NotLoaded(f"the {kind.name} worksheet answers in CPT numbers, which are {why}")
