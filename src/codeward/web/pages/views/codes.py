"""Code pages: one code of one system on one date of service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.codes import SYSTEM_NAMES, Code, plain, readings
from codeward.core.faults import NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.look_up import look_up, nearest
from codeward.services.page import CodePage
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.groupings import modifier_rows, place_groups, tree
from codeward.web.pages.key_facts import diagnosis_facts, procedure_facts
from codeward.web.pages.pair_tabs import first_choice, pair_panel
from codeward.web.pages.parts import Part, parts_of
from codeward.web.pages.rvu_bars import rvu_bars

NEEDS = {
    "cpt": ("mpfs-rvu", "opps-addendum-b"),
    "hcpcs": ("hcpcs", "opps-addendum-b"),
    "icd-10-cm": ("icd-10-cm",),
    "modifier": ("modifiers", "hcpcs-modifiers"),
    "pos": ("pos",),
    "taxonomy": ("nucc-taxonomy",),
}
"""The datasets that make pages of a system."""

STATUS_WORDS = {"active": "Active", "header": "Header, not billable", "deleted": "Not active", "future": "Not yet active"}

Parts = dict[str, Part]


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
    return answered(request, template, context, day=day, answer=answer)


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """A redirect that keeps the query, so the chosen day stays chosen."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


def unknown(request: HttpRequest, library: Library, code: Code, day: Day) -> HttpResponse:
    """No loaded edition has the code: the codes that stand next to where it would."""
    context = {"code": code, "system_name": SYSTEM_NAMES[code.system], "near": nearest(library, code)}
    return answered(request, "unknown_code.html", context, day=day, status=404)


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
        "key_facts": procedure_facts(parts),
        "bars": rvu_bars(parts["physician_fees"].facts),
        "panel": pair_panel(pairs, page.code, first_choice(pairs), day),
        "modifier_rows": modifier_rows(parts["modifiers"]),
        "place_groups": place_groups(parts["places"]),
    }


def _diagnosis(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    page, parts = answer.value, parts_of(answer, library)
    return {"parts": parts, "key_facts": diagnosis_facts(page, parts), "tree": tree(page, parts["hierarchy"])}


def _listed(answer: Answer[CodePage], library: Library, day: Day) -> dict[str, Any]:
    return {"parts": parts_of(answer, library)}


Build = Callable[[Answer[CodePage], Library, Day], dict[str, Any]]
TEMPLATES: dict[str, tuple[str, Build]] = {
    "cpt": ("procedure.html", _procedure),
    "hcpcs": ("procedure.html", _procedure),
    "icd-10-cm": ("diagnosis.html", _diagnosis),
    "modifier": ("listed.html", _listed),
    "pos": ("listed.html", _listed),
    "taxonomy": ("listed.html", _listed),
}
