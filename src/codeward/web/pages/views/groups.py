"""Pages of groups and crosswalks: MS-DRGs, the grouper's form, HCC categories, and codes across ICD-9 and ICD-10."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.days import read_day
from codeward.core.faults import BadInput, Fault, NotFound, NotLoaded
from codeward.services.crosswalks import CAUTION, cross_walk
from codeward.services.inpatient_groups import TITLES, WEIGHTS, group_list, group_page
from codeward.services.ms_drg import Grouping, Stay, group_stay
from codeward.services.page import CodePage
from codeward.services.risk_adjustment import MAPPING, SHOWN, category_page
from codeward.services.view import View
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.parts import parts_of

SEXES = (("U", "unknown"), ("F", "female"), ("M", "male"))
STATUS_WORDS = {"active": "Active", "deleted": "No longer assigned", "future": "Not yet in force"}


@require_safe
def gems_page(request: HttpRequest) -> HttpResponse:
    """A code's equivalents in the other ICD, out and back, by the last mappings published."""
    day, library, text = day_asked(request), shelf.library(), request.GET.get("code", "").strip()[:40]
    context: dict[str, Any] = {"text": text, "caution_words": CAUTION, "problem": ""}
    answer = None
    if text:
        try:
            answer = cross_walk(library, text, View(library, day.on))
            context |= {"crosswalk": answer.value, "missing": absent(answer.value.missing, library)}
        except BadInput as fault:
            context["problem"] = str(fault)
    status = 400 if context["problem"] else 503 if answer and answer.value.missing else 200
    return answered(request, "gems.html", context, day=day, answer=answer, status=status)


@require_safe
def drg_list_page(request: HttpRequest) -> HttpResponse:
    """Every MS-DRG of the day's fiscal year, by major diagnostic category."""
    day, library = day_asked(request), shelf.library()
    try:
        answer = group_list(View(library, day.on))
    except NotLoaded as fault:
        return _unloaded(request, library, day, "MS-DRGs", str(fault), (WEIGHTS,))
    count = sum(len(category.groups) for category in answer.value)
    edition = answer.value[0].groups[0].found.source.edition if count else ""
    context = {"categories": answer.value, "count": count, "edition": edition}
    return answered(request, "ms_drg_list.html", context, day=day, answer=answer)


@require_safe
def drg_group_page(request: HttpRequest, number: str) -> HttpResponse:
    """One MS-DRG: title, weight, stay, and both through the versions."""
    day, library = day_asked(request), shelf.library()
    if not (number.isdecimal() and len(number) <= 3):
        raise NotFound(f"{number!r} is no MS-DRG: expected up to three digits")
    if len(number) < 3:
        return _moved(request, f"/ms-drg/{number.zfill(3)}")
    if not (library.editions(WEIGHTS) or library.editions(TITLES)):
        return _unloaded(request, library, day, f"MS-DRG {number}", "no MS-DRGs are loaded", (WEIGHTS, TITLES))
    view = View(library, day.on)
    page = group_page(view, number)
    if page is None:
        raise NotFound(f"no loaded edition has MS-DRG {number}: see the list of all")
    context = _page(page, view.answer(page), library, "MS-DRG") | {"back": ("/ms-drg", "All MS-DRGs")}
    return answered(request, "group.html", context, day=day, answer=view.answer(page))


@require_safe
def hcc_page(request: HttpRequest, version: str, category: str) -> HttpResponse:
    """One category of a CMS-HCC model, its factors, hierarchy and diagnoses, a hundred at a time."""
    day, library = day_asked(request), shelf.library()
    if not re.fullmatch(r"[Vv][0-9]{2}", version) or not re.fullmatch(r"[0-9]{1,3}", category):
        raise NotFound(f"{version} {category} is no category: expected a model such as V28 and a number")
    if version != version.upper():
        return _moved(request, f"/hcc/{version.upper()}/{category}")
    view, start = View(library, day.on), _start(request)
    page = category_page(view, version, category, start)
    if page is None and not view.has(MAPPING):
        return _unloaded(request, library, day, f"HCC {category}", "no mapping speaks for the day", (MAPPING,))
    if page is None:
        raise NotFound(f"the editions in force on {day.on} have no HCC {category} in CMS-HCC {version}")
    answer = view.answer(page)
    context = _page(page, answer, library, f"CMS-HCC {version}") | _paged(page, start, day)
    return answered(request, "group.html", context, day=day, answer=answer)


def _page(page: CodePage, answer: Answer[CodePage], library: Library, system: str) -> dict[str, Any]:
    return {
        "page": page,
        "parts": parts_of(answer, library),
        "system_name": system,
        "status_words": STATUS_WORDS.get(page.status, page.status),
    }


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _paged(page: CodePage, start: int, day: Day) -> dict[str, Any]:
    """Addresses of the diagnoses before and after those shown."""
    section = page.section("hcc-diagnoses")
    total = section.tables[0].total if section and section.tables else 0
    return {
        "shown_from": start + 1,
        "shown_to": min(start + SHOWN, total),
        "total": total,
        "before": _at(page, max(start - SHOWN, 0), day) if start > 0 else "",
        "after": _at(page, start + SHOWN, day) if start + SHOWN < total else "",
    }


def _at(page: CodePage, start: int, day: Day) -> str:
    query = {"start": start} | ({"on": day.on.isoformat()} if day.asked else {})
    return f"{page.code.path}?{urlencode(query)}#hcc-diagnoses"


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    from codeward.web.pages.views.codes import moved

    return moved(request, path)


def _unloaded(
    request: HttpRequest, library: Library, day: Day, name: str, message: str, needed: tuple[str, ...]
) -> HttpResponse:
    context = {"name": name, "message": message, "missing": absent(needed, library)}
    return answered(request, "unloaded_group.html", context, day=day, status=503)


@require_safe
def drg_page(request: HttpRequest) -> HttpResponse:
    """The grouper: a form that takes a stay, and below it the MS-DRG with what drove it."""
    library, typed = shelf.library(), _typed(request)
    day, context = Day(typed["discharged"], True), {"typed": typed, "problem": typed["problem"], "sexes": SEXES}
    answer: Answer[Grouping] | None = None
    if typed["dx"] and not typed["problem"]:
        try:
            answer = group_stay(library, _stay(typed))
        except Fault as fault:
            context["problem"] = str(fault)
    if answer is not None:
        context |= {"grouping": answer.value, "missing": absent(answer.value.missing, library)}
    return answered(request, "drg.html", context, day=day, answer=answer, status=400 if context["problem"] else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The form as typed; the day of discharge is read here so that a bad one is told beside the form."""
    given = {
        name: request.GET.get(name, "").strip()[:600] for name in ("dx", "pr", "age", "sex", "status", "discharge")
    }
    discharged, problem = localdate(), ""
    if given["discharge"]:
        try:
            discharged = read_day(given["discharge"])
        except ValueError as error:
            problem = str(error)
    if given["age"] and not given["age"].isdecimal():
        problem = f"{given['age']!r} is not an age: expected years in digits"
    return given | {"discharged": discharged, "problem": problem}


def _stay(typed: dict[str, Any]) -> Stay:
    return Stay(
        _codes(typed["dx"]),
        _codes(typed["pr"]),
        int(typed["age"] or 65),
        typed["sex"].upper() or "U",
        typed["discharged"],
        typed["status"] or "01",
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(item for item in re.split(r"[\s,;]+", text) if item)
