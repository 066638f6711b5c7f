"""ICD-10-PCS beyond its codes: the tables with a code in the making, the index and the definitions."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.faults import NotFound
from codeward.services.pcs_definitions import defined_sections, devices
from codeward.services.pcs_index import letters, main_term, main_terms
from codeward.services.pcs_tables import BODY, Building, Option, below, build, code_table
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.views.codes import moved

BASE = "/icd-10-pcs"
LEVELS = ("Sections", "Body systems", "Operations")


@require_safe
def browse_page(request: HttpRequest) -> HttpResponse:
    """The tree of ICD-10-PCS is its tables."""
    return moved(request, f"{BASE}/tables")


@require_safe
def tables_page(request: HttpRequest, beginning: str = "") -> HttpResponse:
    """Sections, body systems, operations, and at three characters the table itself."""
    day, view = _asked(request)
    if beginning != beginning.upper() or len(beginning) > 3:
        return moved(request, f"{BASE}/tables/{beginning.upper()[:3]}")
    if len(beginning) == 3:
        return _table(request, day, view, beginning)
    found = below(view, beginning)
    if not found and view.has("icd-10-pcs-tables"):
        raise NotFound(f"no table of ICD-10-PCS begins with {beginning!r} on {day.on}")
    above = _steps(view, beginning)
    context = {"beginning": beginning, "above": above, "level": LEVELS[len(beginning)], "branches": found}
    return _shown(request, "pcs_tables.html", context, day, view.answer(None))


def _steps(view: View, beginning: str) -> list[tuple[str, str]]:
    """The branches above, each with its name."""
    ends = range(1, len(beginning) + 1)
    return [
        (branch.beginning, branch.found.row.label)
        for end in ends
        for branch in below(view, beginning[: end - 1])
        if branch.beginning == beginning[:end]
    ]


def _table(request: HttpRequest, day: Day, view: View, beginning: str) -> HttpResponse:
    found = code_table(view, beginning)
    if found is None:
        if view.has("icd-10-pcs-tables"):
            raise NotFound(f"ICD-10-PCS has no table {beginning!r} on {day.on}")
        return _shown(request, "pcs_table.html", {"beginning": beginning}, day, view.answer(None))
    asked = {position: request.GET.get(f"c{position}", "").strip().upper()[:1] for position in BODY}
    making = build(found, asked)
    rows = making.rows
    for value in (axis.values[0] for row in rows for axis in row.axes[:1]):
        view.sources[value.source] = None
    context = {
        "beginning": beginning,
        "table": found,
        "making": making,
        "columns": [(choice, _links(making, choice.position, choice.options, day)) for choice in making.choices],
        "rows": rows,
        "clear": f"{BASE}/tables/{beginning}{day.query}",
    }
    return _shown(request, "pcs_table.html", context, day, view.answer(None))


def _links(making: Building, position: int, options: tuple[Option, ...], day: Day) -> list[tuple[Option, str]]:
    """Each option with the address that chooses it, or for a chosen one the address that takes it back."""
    return [(option, _address(making, position, option, day)) for option in options]


def _address(making: Building, position: int, option: Option, day: Day) -> str:
    chosen = {place: character for place, character in making.chosen.items() if place != position}
    if not option.chosen:
        chosen[position] = option.value.character
    query = {f"c{place}": character for place, character in sorted(chosen.items())}
    query |= {"on": day.on.isoformat()} if day.asked else {}
    return f"{BASE}/tables/{making.table.code}" + (f"?{urlencode(query)}" if query else "")


@require_safe
def index_page(request: HttpRequest, letter: str = "") -> HttpResponse:
    """The letters of the index, and the main terms of one."""
    day, view = _asked(request)
    if letter != letter.upper():
        return moved(request, f"{BASE}/index/{letter.upper()}")
    every = letters(view)
    terms = main_terms(view, letter) if letter else ()
    context = {"letters": every, "letter": letter, "terms": [(term, _term_path(letter, term.text)) for term in terms]}
    return _shown(request, "pcs_index.html", context, day, _without_rows(view))


@require_safe
def term_page(request: HttpRequest, letter: str, term: str) -> HttpResponse:
    """One main term of the index with all below it."""
    day, view = _asked(request)
    found = main_term(view, term)
    if found is None and view.has("icd-10-pcs-index"):
        raise NotFound(f"the index of ICD-10-PCS has no main term {term!r} on {day.on}")
    if found is not None and letter != found.letter:
        return moved(request, _term_path(found.letter, term))
    context = {"found": found, "letter": letter, "letters": letters(view), "term": term}
    return _shown(request, "pcs_term.html", context, day, _without_rows(view))


def _term_path(letter: str, term: str) -> str:
    return f"{BASE}/index/{letter}/{quote(term, safe='')}"


def _without_rows(view: View) -> Answer[Any]:
    """The answer with one source an edition: every line of the page carries its own."""
    first = {(source.dataset, source.edition): source for source in reversed(view.sources)}
    answer = view.answer(None)
    return Answer(None, answer.as_of, tuple(first.values()), answer.warnings, answer.not_loaded)


@require_safe
def definitions_page(request: HttpRequest, section: str = "") -> HttpResponse:
    """The sections that define terms, one of them in full, or the device aggregation."""
    day, view = _asked(request)
    if section == "devices":
        context: dict[str, Any] = {"section": None, "devices": devices(view)}
        return _shown(request, "pcs_definitions.html", context, day, _without_rows(view))
    found = defined_sections(view, section.upper())
    if not found and view.has("icd-10-pcs-definitions"):
        raise NotFound(f"ICD-10-PCS defines nothing in a section {section!r} on {day.on}")
    context = {"sections": found, "section": found[0] if section and found else None, "devices": ()}
    return _shown(request, "pcs_definitions.html", context, day, _without_rows(view))


def _asked(request: HttpRequest) -> tuple[Day, View]:
    day = day_asked(request)
    return day, View(shelf.library(), day.on)


def _shown(request: HttpRequest, template: str, context: dict[str, Any], day: Day, answer: Answer[Any]) -> HttpResponse:
    """The page, or beside it what is not loaded for the day."""
    missing = absent(answer.not_loaded, shelf.library())
    status = 503 if missing else 200
    return answered(request, template, context | {"missing": missing}, day=day, answer=answer, status=status)
