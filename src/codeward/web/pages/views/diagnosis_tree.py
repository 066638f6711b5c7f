"""Browsing ICD-10-CM: chapters, sections, categories and codes as of the day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.services.diagnosis_tree import Level, Step, browse
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.index_links import tabs

CODES = "icd-10-cm"


@require_safe
def browse_page(request: HttpRequest, place: str) -> HttpResponse:
    """One level of the tree and the way to it."""
    day, library = day_asked(request), shelf.library()
    view = View(library, day.on)
    level = browse(view, place)
    release = library.in_force(CODES, day.on)
    context = {
        "tabs": tabs(day, "tree"),
        "missing": None if release else absent((CODES,), library),
        "edition": release.edition if release else "",
        "level": level,
        "above": [(step, _address(step, day)) for step in level.above],
        "below": [(step, _below(step, day)) for step in level.below],
        "titled": any(step.title for step in level.below),
        "total": _total(level),
    }
    return answered(request, "diagnosis_tree.html", context, day=day, answer=view.answer(level))


def _address(step: Step, day: Day) -> str:
    return f"/icd-10-cm/browse/{step.shown}{day.query}"


def _below(step: Step, day: Day) -> str:
    """A step that goes on leads further down; a billable code to its page."""
    return _address(step, day) if step.has_more or step.code is None else f"{step.code.path}{day.query}"


def _total(level: Level) -> int:
    return level.here.billable if level.here else sum(step.billable for step in level.below)
