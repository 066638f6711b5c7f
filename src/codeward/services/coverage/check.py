"""The coverage check: which documents govern a procedure at a place on a day, and what they say of its diagnoses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from codeward.core.answers import Answer, Caveat
from codeward.core.codes import is_dental, plain, readings
from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.services.coverage.exports import ARTICLES, CODES, Sought
from codeward.services.coverage.judging import Judged, overall
from codeward.services.coverage.listed import CODES_UNREAD, check_by_title
from codeward.services.coverage.place import read_place
from codeward.services.coverage.values import (
    BY_CODE,
    NO_POLICY,
    NOT_CHECKED,
    SETTINGS,
    Contractor,
    CoverageCheck,
    CoverageQuestion,
    DocumentFinding,
    Place,
)
from codeward.services.coverage_documents import EXPORTS, LIST, WEEK
from codeward.services.view import View
from codeward.store.library import Library

MOST = 25
"""Diagnoses of an institutional claim (837I: one principal and 24 others)."""
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
    by_code = asked.procedure and all(library.editions(name) for name in (ARTICLES, CODES))
    return view.answer(_by_code(view, asked, place) if by_code else _by_title(view, asked, place))


def _by_code(view: View, asked: CoverageQuestion, place: Place) -> CoverageCheck:
    _note_age(view)
    sought = Sought(view, asked, place)
    gone = sought.contracts.missing
    view.missing.update(dict.fromkeys((*gone, *(name for name in ("mcd-lcd",) if not view.library.editions(name)))))
    if gone:
        words = f"Not checked: whom the documents' contractors serve is not loaded ({', '.join(gone)})."
        return _check(asked, place, NOT_CHECKED, words)
    documents = sought.documents()
    contractors = sought.contractors()
    judged = overall(documents) if place.state else None
    if judged is None:
        judged = _without(view, sought, contractors, documents)
    check = _check(asked, place, judged.verdict, judged.words)
    return replace(
        check, contractors=contractors, documents=documents,
        unchecked=(*_several(documents), *sought.unchecked, *check.unchecked),
    )  # fmt: skip


def _without(
    view: View, sought: Sought, contractors: tuple[Contractor, ...], documents: tuple[DocumentFinding, ...]
) -> Judged:
    """No document governs: because none is there, or because that cannot be told."""
    asked, place, code = sought.asked, sought.place, sought.asked.procedure
    if not place.state:
        some = f" {len({item.id for item in documents if item.why == BY_CODE})} documents list {code}."
        return Judged(NOT_CHECKED, f"Not checked: which contractor decides turns on the place: give a state.{some}")
    unseen = (*sought.unseen(), *sought.unseen("lcd"))
    if unseen:
        words = f"Not checked: {', '.join(unseen)} list {code}, but the version of {view.on} is not loaded."
        return Judged(NOT_CHECKED, words)
    early = _without_history(view)
    if early:
        return Judged(
            NOT_CHECKED, f"Not checked: {early} holds no earlier versions, so it does not tell for {view.on}."
        )
    names = ", ".join(dict.fromkeys(item.name for item in contractors)) or f"the contractor of {place.state}"
    words = (
        f"No local document: in the loaded exports no LCD or article of {names} that holds on {view.on} lists {code} "
        f"for {asked.setting} claims. That is not coverage: the service must still be reasonable and necessary for "
        "the patient, and a national determination may govern it."
    )
    return Judged(NO_POLICY, words)


def _without_history(view: View) -> str:
    """The name of a `current` export that is all that is loaded for a day before it; empty where the day is told."""
    editions = view.library.editions(ARTICLES)
    if view.on >= min(item.effective for item in editions):
        return ""
    files = [name for item in editions for name, _ in view.library.files_of(item)]
    return "" if any("all_" in name for name in files) else f"{files[0].split('/')[0]} as exported"


def _several(documents: tuple[DocumentFinding, ...]) -> tuple[str, ...]:
    articles = [item.id for item in documents if item.kind == "Article" and item.why == BY_CODE]
    if len(articles) < 2:
        return ()
    return (f"{', '.join(articles)} all list the code: which of them applies to the service stands in their text.",)


def _note_age(view: View) -> None:
    newest = view.library.editions(ARTICLES)[-1]
    if view.on > newest.effective + WEEK:
        text = f"{DATASETS[ARTICLES].title}: as exported on {newest.effective}; what changed since is not in it"
        view.caveats[ARTICLES] = Caveat(ARTICLES, text)


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
    if len(diagnoses) > MOST:
        raise BadInput(f"{len(diagnoses)} diagnoses: expected at most {MOST}, as a claim holds")
    return replace(asked, procedure=code, diagnoses=diagnoses, words=" ".join(asked.words.split()))


def _diagnosis(text: str) -> str:
    value = plain(text)
    if not readings(value, "icd-10-cm"):
        raise BadInput(f"{text!r} is no diagnosis code: expected ICD-10-CM, such as C44.311")
    return value


def _dotted(value: str) -> str:
    return f"{value[:3]}.{value[3:]}" if len(value) > 3 else value
