"""Pair edits of one code: one setting and direction at a time, filtered and paged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.codes import SYSTEM_NAMES, Code
from codeward.core.faults import NotFound, NotLoaded
from codeward.services.look_up import look_up
from codeward.services.page import CodePage
from codeward.services.pair_edits import pair_edits
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked
from codeward.web.pages.pair_tabs import choice_in, pair_panel
from codeward.web.pages.parts import parts_of
from codeward.web.pages.views.codes import canonical, moved, unknown, unloaded


@require_safe
def edits_page(request: HttpRequest, system: str, text: str) -> HttpResponse:
    """The edits as a page, or as the panel alone for a page that swaps it in."""
    day, library, choice = day_asked(request), shelf.library(), choice_in(request.GET)
    code = canonical(system, text)
    if request.path != f"{code.path}/edits":
        return moved(request, f"{code.path}/edits")
    if code.system not in ("cpt", "hcpcs"):
        raise NotFound(f"pair edits are between procedures: {code.shown} is no procedure code")
    try:
        look_up(library, code.value, day.on, code.system)
    except NotFound:
        return unknown(request, library, code, day)
    except NotLoaded as fault:
        return unloaded(request, library, code, day, str(fault))
    view = View(library, day.on)
    section = pair_edits(view, code.value, choice.filter)
    answer = view.answer(CodePage(code, None, None, "", None, (), (section,)))
    context = {"panel": pair_panel(section, code, choice, day), "day": day}
    response = _panel(request, context) if request.htmx else _full(request, answer, code, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _panel(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "codeward/parts/pair_panel.html", context)


def _full(request: HttpRequest, answer: Answer[CodePage], code: Code, context: dict[str, object]) -> HttpResponse:
    parts = parts_of(answer, shelf.library())
    more = {"part": parts["pair_edits"], "code": code, "system_name": SYSTEM_NAMES[code.system]}
    return answered(request, "edits.html", context | more, day=day_asked(request), answer=answer)
