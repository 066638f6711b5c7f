"""The first page: one search box, and what it searches."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.codes import SYSTEM_NAMES, Code
from codeward.datasets.mcd import COMPANIONS
from codeward.datasets.registry import DATASETS
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

EXAMPLES = (
    (Code("cpt", "17314"), "an add-on: what it needs, pays and collides with"),
    (Code("hcpcs", "J1885"), "a drug: units and coverage"),
    (Code("icd-10-cm", "C441121"), "a diagnosis: its place, notes and siblings"),
    (Code("icd-10-pcs", "0SRC0J9"), "an inpatient procedure: its characters, table and dates"),
    (Code("modifier", "59"), "a modifier: what it does to an edit"),
    (Code("pos", "11"), "a place: which rate it pays"),
    (Code("taxonomy", "207ND0101X"), "a provider type"),
)
_BEHIND = {
    "cpt": ("mpfs-rvu", "opps-addendum-b"),
    "hcpcs": ("hcpcs", "opps-addendum-b"),
    "icd-10-cm": ("icd-10-cm",),
    "icd-10-pcs": ("icd-10-pcs",),
    "modifier": ("modifiers",),
    "pos": ("pos",),
    "taxonomy": ("nucc-taxonomy",),
}
_QUIET = (
    "indicators",
    "icd-10-cm-notes",
    "hcpcs-modifiers",
    "mpfs-gpci",
    "opps-addendum-a",
    "asc-bb",
    "asc-ee",
    "asc-ff",
    "opps-addendum-d1",
    "mpfs-anesthesia-base",
    "zip9-locality",
    "dmepos-rural-zip",
    "icd-10-cm-external-causes",
    "icd-10-cm-neoplasms",
    "icd-10-cm-drugs",
    "icd-10-cm-addenda",
    "icd-10-pcs-index",
    "icd-10-pcs-definitions",
    "icd-10-pcs-devices",
    "icd-10-pcs-dates",
    "icd-10-pcs-addenda",
    "ncci-policy-manual-codes",
    "carc-rarc-text",
    *COMPANIONS,
)
"""Companions of a dataset already named."""


@require_safe
def home_page(request: HttpRequest) -> HttpResponse:
    """The search box, what is loaded, and where to start."""
    library, day = shelf.library(), day_asked(request)
    loaded, absent = _standing(library, day.on)
    examples = [
        (SYSTEM_NAMES[code.system], code, words)
        for code, words in EXAMPLES
        if any(library.editions(name) for name in _BEHIND[code.system])
    ]
    diagnoses = bool(library.editions("icd-10-cm"))
    context = {"loaded": loaded, "absent": absent, "examples": examples, "diagnoses": diagnoses}
    return answered(request, "home.html", context, day=day)


def _standing(library: Library, on: date) -> tuple[list[tuple[str, str]], list[str]]:
    loaded, absent = [], []
    for dataset in DATASETS.values():
        if dataset.id in _QUIET:
            continue
        release = library.in_force(dataset.id, on)
        if release is None:
            absent.append(dataset.title)
        else:
            loaded.append((dataset.title, release.edition))
    return loaded, absent
