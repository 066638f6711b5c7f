"""Code pages: one code of one system on one date of service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer, Fact
from codeward.core.codes import SYSTEM_NAMES, Code, readings
from codeward.core.faults import Fault, NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.look_up import look_up, nearest
from codeward.services.page import CodePage
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.groupings import modifier_rows, place_groups, tree
from codeward.web.pages.index_links import leads
from codeward.web.pages.key_facts import diagnosis_facts, procedure_facts
from codeward.web.pages.other_fees import other_fees, with_other_fee
from codeward.web.pages.pair_tabs import first_choice, pair_panel
from codeward.web.pages.parts import Part, parts_of
from codeward.web.pages.pcs_parts import pcs_context
from codeward.web.pages.rvu_bars import rvu_bars
from codeward.web.pages.timeline import timeline_of

NEEDS = {
    "cpt": ("mpfs-rvu", "opps-addendum-b"),
    "hcpcs": ("hcpcs", "opps-addendum-b"),
    "icd-10-cm": ("icd-10-cm",),
    "icd-10-pcs": ("icd-10-pcs", "icd-10-pcs-dates"),
    "modifier": ("modifiers", "hcpcs-modifiers"),
    "pos": ("pos",),
    "taxonomy": ("nucc-taxonomy",),
}
"""The datasets that make pages of a system."""

STATUS_WORDS = {
    "active": "Active",
    "header": "Header, not billable",
    "deleted": "Not active",
    "future": "Not yet active",
}

Parts = dict[str, Part]

PROCEDURE_RAIL = (
    ("physician-fees", "Physician fees", "physician_fees"),
    ("facility", "Facility fees", "outpatient_fees asc_fees"),
    ("other-fees", "Other fees", "laboratory_fees drug_limits equipment_fees outpatient_caps"),
    ("indicators", "Indicators", "physician_fees"),
    ("add-ons", "Add-ons", "add_ons"),
    ("unit-limits", "Unit limits", "unit_limits"),
    ("pair-edits", "Pair edits", "pair_edits"),
    ("modifiers", "Modifiers", "modifiers"),
    ("places", "Places", "places"),
    ("coverage", "Coverage", "coverage"),
    ("policy-manual", "NCCI manual", "policy_manual"),
    ("practice-notes", "Practice notes", "practice_notes"),
    ("timeline", "Timeline", "timeline"),
    ("status", "Status", "status"),
)
DIAGNOSIS_RAIL = (
    ("hierarchy", "Place in the list", "hierarchy"),
    ("notes", "Notes", "notes"),
    ("seventh", "7th characters", "seventh"),
    ("hcc", "CMS-HCC", "hcc"),
    ("index", "Index", "index"),
    ("changes", "Changes", "changes"),
    ("ms-drg", "CC or MCC", "ms_drg"),
    ("clinical-groups", "Chronic, CCSR", "clinical_groups"),
    ("icd-9", "ICD-9", "icd_9"),
    ("practice-notes", "Practice notes", "practice_notes"),
    ("history", "Editions", "history"),
    ("timeline", "Timeline", "timeline"),
    ("status", "Status", "status"),
)
"""Anchor, name and sections of each stop of the page's own menu."""


def canonical(system: str, text: str) -> Code:
    """The code in the form its address has; NotFound when the text cannot be a code of the system."""
    found = readings(text, system) or readings(text)
    if not found:
        raise NotFound(f"{text!r} cannot be a {SYSTEM_NAMES[system]} code")
    return found[0]


@require_safe
def code_page(request: HttpRequest, system: str, text: str) -> HttpResponse:
    """The page of a code; other spellings lead to the one address it has."""
    day, library = day_asked(request), shelf.library()
    code = canonical(system, text)
    if request.path != code.path:
        return moved(request, code.path)
    try:
        answer = look_up(library, code.value, day.on, code.system)
    except NotFound:
        return unknown(request, library, code, day)
    except NotLoaded as fault:
        return unloaded(request, library, code, day, str(fault))
    template, build = TEMPLATES[code.system]
    context = _shared(request, answer.value) | build(answer, library, day)
    context["timeline"] = timeline_of(context["parts"]["timeline"], day.on)
    return answered(request, template, context, day=day, answer=answer)


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """A redirect that keeps the query, so the chosen day stays chosen."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


def unknown(request: HttpRequest, library: Library, code: Code, day: Day) -> HttpResponse:
    """No loaded edition has the code: the codes that stand next to where it would."""
    today = localdate()
    context = {
        "code": code,
        "system_name": SYSTEM_NAMES[code.system],
        "near": nearest(library, code),
        "other_day": today if _known(library, code, today) else None,
    }
    return answered(request, "unknown_code.html", context, day=day, status=404)


def _known(library: Library, code: Code, on: date) -> bool:
    try:
        look_up(library, code.value, on, code.system)
    except Fault:
        return False
    return True


def unloaded(request: HttpRequest, library: Library, code: Code, day: Day, message: str) -> HttpResponse:
    """Nothing that could know the code is loaded for the day."""
    needed = () if "dental" in message else NEEDS.get(code.system, ())
    context = {
        "code": code,
        "system_name": SYSTEM_NAMES[code.system],
        "message": message,
        "missing": absent([name for name in needed if name in DATASETS], library),
    }
    return answered(request, "unloaded_code.html", context, day=day, status=503)


def _shared(request: HttpRequest, page: CodePage) -> dict[str, Any]:
    return {
        "page": page,
        "system_name": SYSTEM_NAMES[page.code.system],
        "status_words": STATUS_WORDS.get(page.status, page.status),
        "typed": request.GET.get("q", "").strip()[:100],
    }


def _procedure(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    page, parts = answer.value, parts_of(answer, library)
    pairs = parts["pair_edits"].section
    return {
        "parts": parts,
        "rail": _rail(PROCEDURE_RAIL, parts),
        "silent": _silent(parts),
        "indicators": _indicators(parts["physician_fees"]),
        "key_facts": with_other_fee(procedure_facts(parts), parts),
        "other_fees": other_fees(parts),
        "bars": rvu_bars(parts["physician_fees"].facts),
        "panel": pair_panel(pairs, page.code, first_choice(pairs), day),
        "modifier_rows": modifier_rows(parts["modifiers"]),
        "place_groups": place_groups(parts["places"]),
        "paid_by_place": any(name.startswith("amount_") for name in parts["physician_fees"].facts),
    }


def _rail(stops: tuple[tuple[str, str, str], ...], parts: Parts) -> list[tuple[str, str, bool]]:
    unknown = {section for section, part in parts.items() if part.unknown}
    return [
        (anchor, name, set(sections.split()) <= unknown)
        for anchor, name, sections in stops
        if parts.keys() & set(sections.split())
    ]


def _silent(parts: Parts) -> list[str]:
    """What the plain words cannot speak of for lack of data."""
    spoken = ("kind", "add_ons", "physician_fees", "outpatient_fees", "asc_fees", "unit_limits")
    spoken += ("laboratory_fees", "drug_limits", "equipment_fees")
    return [parts[name].title for name in spoken if parts[name].unknown]


def _indicators(part: Part) -> list[Fact]:
    """Facts of the fee schedule that are codes or shares, not figures."""
    return [fact for fact in part.section.facts if not fact.name.startswith("amount") and fact.meaning]


def _diagnosis(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    page, parts = answer.value, parts_of(answer, library)
    inclusion = parts["notes"].tables.get("inclusion")
    return {
        "parts": parts,
        "status_words": _status_words(page.status, parts["hierarchy"].oldest),
        "rail": _rail(_stops(parts), parts),
        "key_facts": diagnosis_facts(page, parts),
        "tree": tree(page, parts["hierarchy"]),
        "leads": leads(parts["index"], day),
        "wider": [fact for fact in parts["hierarchy"].section.facts if fact.name == "wider"],
        "inclusion": inclusion.lines if inclusion else (),
    }


def _stops(parts: Parts) -> tuple[tuple[str, str, str], ...]:
    """The stops of a diagnosis; nothing is said of changes where there were none."""
    changed = parts["changes"].section.facts or parts["changes"].tables
    return tuple(stop for stop in DIAGNOSIS_RAIL if changed or stop[0] != "changes")


def _status_words(status: str, older: str) -> str:
    """The standing as the edition that answers has it; an older one than the day calls for is named."""
    if not older:
        return STATUS_WORDS.get(status, status)
    return f"Not in {older}" if status == "future" else f"{STATUS_WORDS.get(status, status)} in {older}"


def _listed(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    return {"parts": parts_of(answer, library)}


Build = Callable[[Answer[CodePage], Library, Day], dict[str, Any]]
TEMPLATES: dict[str, tuple[str, Build]] = {
    "cpt": ("procedure.html", _procedure),
    "hcpcs": ("procedure.html", _procedure),
    "icd-10-cm": ("diagnosis.html", _diagnosis),
    "icd-10-pcs": ("pcs.html", pcs_context),
    "modifier": ("listed.html", _listed),
    "pos": ("listed.html", _listed),
    "taxonomy": ("listed.html", _listed),
}
