"""Worksheet pages: a form for each kind of unit calculation, with lines, reasoning and checks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, Fault, NotFound, NotLoaded
from codeward.services.worksheets.fields import Field, chosen
from codeward.services.worksheets.kinds import KINDS, Kind, kind_named
from codeward.services.worksheets.values import Worksheet
from codeward.services.worksheets.work_out import work_out
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked
from codeward.web.pages.views.codes import moved

LONGEST = 4000
"""Characters of one field at most: a form is typed, not loaded."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the form shows it: what was typed in it, and whether it is where the typing starts."""

    field: Field
    typed: str
    first: bool

    @property
    def checked(self) -> bool:
        """Whether a yes-or-no field was ticked."""
        return self.typed.lower() in ("yes", "true", "on", "1")

    @property
    def options(self) -> tuple[tuple[str, bool], ...]:
        """The words to choose from, with the one that was chosen."""
        value = chosen(self.field, self.typed) if self.typed else None
        return tuple((group[0], group[0] == value) for group in self.field.choices)


@require_safe
def worksheets_page(request: HttpRequest) -> HttpResponse:
    """Every worksheet there is."""
    return answered(request, "worksheets.html", {"kinds": tuple(KINDS.values())}, day=day_asked(request))


@require_safe
def worksheet_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One worksheet: its form, and once something was typed the lines with their reasons."""
    found, day, library = _kind(kind), day_asked(request), shelf.library()
    if found.slug != kind:
        return moved(request, f"/worksheets/{found.slug}")
    typed = _typed(request)
    context: dict[str, Any] = {
        "kind": found,
        "kinds": tuple(KINDS.values()),
        "asked": _asked(found, typed),
        "problem": "",
    }
    answer: Answer[Worksheet] | None = None
    status = 200
    if typed:
        try:
            answer = work_out(library, found, typed, day.on)
            context |= {"sheet": answer.value, "missing": absent(answer.not_loaded, library)}
            context["about"] = any(line.about for line in answer.value.lines)
        except Fault as fault:
            context["problem"], status = str(fault), 503 if isinstance(fault, NotLoaded) else 400
    return answered(request, "worksheet.html", context, day=day, answer=answer, status=status)


def _kind(name: str) -> Kind:
    try:
        return kind_named(name)
    except BadInput as fault:
        raise NotFound(str(fault)) from None


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Fields that were answered, by name; the day is the page's own."""
    found = {}
    for key in request.GET:
        text = request.GET.get(key, "").replace("\r", "").strip()
        if key == "on" or not text:
            continue
        if len(text) > LONGEST:
            raise BadInput(f"{key}: expected at most {LONGEST} characters, found {len(text)}")
        found[key] = text
    return found


def _asked(kind: Kind, typed: dict[str, Any]) -> tuple[Asked, ...]:
    held = [(field, _found(field, typed)) for field in kind.fields if field.name != "on"]
    return tuple(Asked(field, text, at == 0) for at, (field, text) in enumerate(held))


def _found(field: Field, typed: dict[str, Any]) -> str:
    return next((str(text) for key, text in typed.items() if field.answers_to(key)), "")
