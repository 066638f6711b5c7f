"""The coverage check: which documents govern a procedure at a place on a day, and what they say of its diagnoses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import is_dental, plain, readings
from codeward.core.faults import BadInput
from codeward.services.coverage.listed import CODES_UNREAD, check_by_title
from codeward.services.coverage.place import read_place
from codeward.services.coverage.values import NOT_CHECKED, SETTINGS, CoverageCheck, CoverageQuestion, Place
from codeward.services.coverage_documents import EXPORTS, LIST
from codeward.services.view import View
from codeward.store.library import Library

IN_TEXT = (
    "Frequency limits, prior treatment, documentation, age, place and provider requirements stand in the documents' "
    "text: not checked."
)
NCD_CODES = (
    "National coverage determinations come first: which codes they govern stands in CMS's NCD coding lists, which are "
    "not loaded."
)
OTHER_CONTRACTS = "Home health and hospice contractors have documents of their own, which are left out."
VIRGINIA = (
    "Virginia without a ZIP code: practitioners in Arlington and Fairfax counties and in Alexandria are served by "
    "Novitas (JL) instead."
)


def check_coverage(library: Library, asked: CoverageQuestion, on: date) -> Answer[CoverageCheck]:
    """What the loaded coverage documents say of a procedure with its documented diagnoses, at a place on a day.

    Raises BadInput for what is no code, diagnosis, place or setting. The verdict never says that a claim will be paid,
    and NO_POLICY is never coverage. Diagnoses are judged as given; none is ever proposed.
    """
    asked = _plain(asked)
    view = View(library, on)
    place = read_place(view, asked)
    return view.answer(_by_title(view, asked, place))


def _by_title(view: View, asked: CoverageQuestion, place: Place) -> CoverageCheck:
    view.missing["mcd-article-x-hcpc-code"] = None
    if not any(view.library.editions(name) for name in (LIST, *EXPORTS.values())):
        words = "Not checked: no coverage documents are loaded."
        view.missing[LIST] = None
        return _check(asked, place, NOT_CHECKED, words)
    verdict, words, contractors, documents, searched = check_by_title(view, asked, place)
    check = _check(asked, place, verdict, words)
    return replace(
        check, contractors=contractors, documents=documents, searched=searched,
        unchecked=(CODES_UNREAD, *check.unchecked),
    )  # fmt: skip


def _check(asked: CoverageQuestion, place: Place, verdict: str, words: str) -> CoverageCheck:
    unchecked = [NCD_CODES, IN_TEXT, OTHER_CONTRACTS]
    if place.state == "VA" and not place.contract and asked.setting in ("practitioner", "asc"):
        unchecked.insert(0, VIRGINIA)
    diagnoses = tuple(_dotted(item) for item in asked.diagnoses)
    return CoverageCheck(asked.procedure, diagnoses, asked.setting, place, (), verdict, words, (), tuple(unchecked))


def _plain(asked: CoverageQuestion) -> CoverageQuestion:
    if asked.setting not in SETTINGS:
        raise BadInput(f"{asked.setting!r} is no setting: expected {', '.join(SETTINGS)}")
    code = plain(asked.procedure)
    if not code and not re.search(r"[A-Za-z0-9]", asked.words):
        raise BadInput("nothing to check: give a procedure code or words of a document's title")
    if code and (is_dental(code) or not any(item.system in ("cpt", "hcpcs") for item in readings(code))):
        raise BadInput(f"{asked.procedure!r} is no procedure code: expected CPT or HCPCS Level II, such as 17311")
    diagnoses = tuple(dict.fromkeys(_diagnosis(item) for item in asked.diagnoses))
    return replace(asked, procedure=code, diagnoses=diagnoses, words=" ".join(asked.words.split()))


def _diagnosis(text: str) -> str:
    value = plain(text)
    if not readings(value, "icd-10-cm"):
        raise BadInput(f"{text!r} is no diagnosis code: expected ICD-10-CM, such as C44.311")
    return value


def _dotted(value: str) -> str:
    return f"{value[:3]}.{value[3:]}" if len(value) > 3 else value
