"""ICD-10-PCS pages: the tables as a tree, a table to build a code in, the index and the definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.core.codes import Code
from codeward.core.faults import NotFound
from codeward.services.procedure_index import (
    DEFINITIONS,
    INDEX,
    Term,
    letters,
    main_of,
    meanings,
    sections,
    terms_of_letter,
    whole_term,
)
from codeward.services.procedure_tables import (
    TABLES,
    UNSET,
    Axis,
    ProcedureTable,
    Value,
    branches,
    procedure_table,
    trail,
)
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked

_BEGINNING = re.compile(r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{0,6}")
_LEVELS = ("Section", "Body system", "Operation")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of one place: whether it is chosen, and the address that chooses it or takes it back."""

    value: Value
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the code being built, and what it may still be."""

    axis: Axis
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        """The value chosen for it."""
        return next((choice for choice in self.choices if choice.chosen), None)


@require_safe
def tables_page(request: HttpRequest, beginning: str) -> HttpResponse:
    """Sections, body systems and operations down to a table; a table with the code being built in it."""
    day, view = day_asked(request), View(shelf.library(), day_asked(request).on)
    beginning = beginning.upper()
    if beginning and not _BEGINNING.fullmatch(beginning):
        raise NotFound(f"{beginning!r} cannot begin an ICD-10-PCS code")
    if len(beginning) > 3:
        return HttpResponseRedirect(_address(beginning[:3], beginning[3:], day))
    if len(beginning) == 3 and view.has(TABLES):
        return _table(request, view, beginning, day)
    found = branches(view, beginning) if view.has(TABLES) else []
    if beginning and view.has(TABLES) and not found:
        raise NotFound(f"no table begins with {beginning} in the edition in force on {day.on}")
    context = {
        "missing": absent((TABLES,), view.library) if not view.has(TABLES) else None,
        "trail": trail(view, beginning) if found else [],
        "level": _LEVELS[len(beginning)] if len(beginning) < 3 else "",
        "branches": found,
    }
    return answered(request, "procedure_tables.html", _with_menu(context, day), day=day, answer=view.answer(found))


def _table(request: HttpRequest, view: View, name: str, day: Day) -> HttpResponse:
    built = procedure_table(view, name, request.GET.get("c", "")[:4])
    if built is None:
        raise NotFound(f"there is no table {name} in the edition in force on {day.on}")
    context = {
        "built": built,
        "trail": trail(view, name),
        "places": [_place(built, axis, day) for axis in built.axes],
        "fitting": {row.number for row in built.fitting},
        "left": sum(_allowed(built, row.number) for row in built.fitting),
        "code": Code("icd-10-pcs", built.code) if built.code else None,
        "clear": _address(name, "", day) if built.chosen.strip(UNSET) else "",
    }
    return answered(request, "procedure_table.html", _with_menu(context, day), day=day, answer=view.answer(built))


def _allowed(built: ProcedureTable, number: int) -> int:
    """How many codes of a row still fit what was chosen."""
    row = next(row for row in built.rows if row.number == number)
    total = 1
    for axis, mark in zip(row.axes, built.chosen, strict=True):
        total *= len(axis.values) if mark == UNSET else 1
    return total


def _place(built: ProcedureTable, axis: Axis, day: Day) -> Place:
    mark = built.chosen[axis.position - 4]
    choices = tuple(
        Choice(
            item,
            item.row.value == mark,
            _address(built.name, built.with_choice(axis.position, item.row.value), day),
        )
        for item in axis.values
    )
    return Place(axis, choices)


def _address(table: str, chosen: str, day: Day) -> str:
    query = {"c": chosen} if chosen.strip(UNSET) else {}
    query |= {"on": day.on.isoformat()} if day.asked else {}
    return f"/icd-10-pcs/tables/{table}" + (f"?{urlencode(query)}" if query else "")


@require_safe
def index_page(request: HttpRequest) -> HttpResponse:
    """The index by letter, or one main term with all that stands below it."""
    day, view = day_asked(request), View(shelf.library(), day_asked(request).on)
    main = " ".join(request.GET.get("term", "").split())[:300]
    see = " ".join(request.GET.get("see", "").split())[:300]
    known = letters(view)
    letter = request.GET.get("letter", "")[:1].upper()
    if see:
        main = main_of(view, see) or main
    letter = letter if letter in known else next((name for name in known if name.isalpha()), "")
    found: list[Term] = whole_term(view, main) if main else terms_of_letter(view, letter) if letter else []
    context = {
        "missing": absent((INDEX,), view.library) if not view.has(INDEX) else None,
        "letters": known,
        "letter": "" if main else letter,
        "main": main,
        "terms": found,
        "unseen": see if see and not main else "",
    }
    return answered(request, "procedure_index.html", _with_menu(context, day), day=day, answer=view.answer(found))


@require_safe
def definitions_page(request: HttpRequest) -> HttpResponse:
    """The terms of one section and what they mean."""
    day, view = day_asked(request), View(shelf.library(), day_asked(request).on)
    known = sections(view)
    asked = request.GET.get("section", "")
    section = asked if asked in dict(known) else next((code for code, _ in known), "")
    found = meanings(view, section) if section else []
    context = {
        "missing": absent((DEFINITIONS,), view.library) if not view.has(DEFINITIONS) else None,
        "sections": known,
        "section": section,
        "name": dict(known).get(section, ""),
        "meanings": found,
    }
    template = "procedure_definitions.html"
    return answered(request, template, _with_menu(context, day), day=day, answer=view.answer(found))


def _with_menu(context: dict[str, Any], day: Day) -> dict[str, Any]:
    """The pages of the family, for their common menu."""
    menu = (
        ("Tables", "/icd-10-pcs/tables"),
        ("Index", "/icd-10-pcs/index"),
        ("Definitions", "/icd-10-pcs/definitions"),
    )
    return context | {"menu": [(name, f"{path}{day.query}", path) for name, path in menu]}
