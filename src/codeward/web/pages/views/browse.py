"""Browse: an index of the lists to look through, HCPCS Level II by letter and procedures by CMS category."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from codeward.services.browse import browse_procedures, browse_supplies
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

_LISTS = (
    ("Codes", (
        ("diagnosis-tree", "ICD-10-CM, chapter by chapter", ""),
        ("diagnosis-index", "ICD-10-CM alphabetic index", "terms and where they lead"),
        ("external-causes", "External causes of injury", "how it happened, and where"),
        ("neoplasms", "Neoplasm table", "by site and behavior"),
        ("drugs", "Table of drugs and chemicals", "by substance and intent"),
        ("pcs-tables", "ICD-10-PCS tables", "build a code position by position"),
        ("pcs-index", "ICD-10-PCS index", "terms and the tables they lead to"),
        ("pcs-definitions", "ICD-10-PCS definitions", "what the values of an axis mean"),
        ("hcpcs-browse", "HCPCS Level II", "by letter, with CMS’s text"),
        ("cpt-browse", "Procedure codes by CMS category", "numbers and status; the AMA’s text is not shown"),
    )),
    ("Rules and payment", (
        ("ncci-manual", "NCCI Policy Manual", ""),
        ("coverage", "Medicare coverage documents", "national and local, by number and contractor"),
        ("coverage-check", "Coverage check", "a procedure with its diagnoses and place"),
        ("coverage-states", "Medicare contractors by state", "a map, and each state’s documents"),
        ("coverage-abn", "Advance notice (ABN) worksheet", "is one right, and what goes into it"),
        ("denials", "Denial codes", "reason and remark codes in plain words"),
        ("ms-drg", "MS-DRG", "inpatient groups"),
        ("locality", "Medicare locality of a ZIP code", ""),
    )),
    ("Through time", (
        ("changes", "What changed", "edition against edition"),
        ("my-changes", "Does it touch my codes?", ""),
        ("compare", "Compare", "two codes, or one code on two days"),
        ("data", "Data room", "every data set, edition and gap"),
    )),
)  # fmt: skip
"""Names of addresses, titles and a word on each."""


@require_safe
def browse_page(request: HttpRequest) -> HttpResponse:
    """Every list there is."""
    groups = [(name, [(reverse(url), title, words) for url, title, words in items]) for name, items in _LISTS]
    return answered(request, "browse.html", {"groups": groups}, day=day_asked(request))


@require_safe
def browse_hcpcs(request: HttpRequest, part: str = "") -> HttpResponse:
    """Letters, the hundreds of a letter, the codes of a hundred."""
    day = day_asked(request)
    found = browse_supplies(shelf.library(), day.on, part)
    heading = f"HCPCS Level II: {found.part}" if found.part else "HCPCS Level II by letter"
    context = {"shelf": found, "root": "/hcpcs/browse", "heading": heading, "name": "HCPCS Level II", "with_text": True}
    return answered(request, "browse_shelf.html", context | _trail(found.trail, whole=True), day=day)


@require_safe
def browse_cpt(request: HttpRequest, part: str = "") -> HttpResponse:
    """Categories level by level, and the numbers of one."""
    day = day_asked(request)
    found = browse_procedures(shelf.library(), day.on, part)
    heading = found.trail[-1] if found.trail else "Procedure codes by CMS category"
    context = {"shelf": found, "root": "/cpt/browse", "heading": heading, "name": "Procedures by CMS category"}
    return answered(request, "browse_shelf.html", context | _trail(found.trail, whole=False), day=day)


def _trail(trail: tuple[str, ...], *, whole: bool) -> dict[str, object]:
    """The steps above this one, each with its part of the address."""
    steps = [(step, step if whole else "/".join(trail[: at + 1])) for at, step in enumerate(trail[:-1])]
    return {"steps": steps, "last": trail[-1] if trail else ""}
