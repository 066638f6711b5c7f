"""Denial codes: the list with its filter, and the page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.core.faults import Fault
from codeward.services.denials import GROUPS, KINDS, denial, denial_code, denials
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@require_safe
def denials_page(request: HttpRequest) -> HttpResponse:
    """Codes that fit the filter; a code as typed goes straight to its page."""
    library, day = shelf.library(), day_asked(request)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    kind, group = request.GET.get("kind", ""), request.GET.get("group", "")
    if words and not request.GET.get("all"):
        try:
            return HttpResponseRedirect(f"/denials/{denial(library, words, day.on).value.asked.shown}{day.query}")
        except Fault:
            pass
    answer = denials(library, day.on, words, kind, group)
    context = {"looked_for": words, "kind": kind, "group": group, "kinds": KINDS, "groups": GROUPS}
    return answered(request, "denials.html", context | {"denials": answer.value}, day=day, answer=answer)


@require_safe
def denial_page(request: HttpRequest, code: str) -> HttpResponse:
    """One code; other spellings lead to its one address."""
    library, day = shelf.library(), day_asked(request)
    plain = denial_code(code).shown
    if plain != code:
        return HttpResponseRedirect(f"/denials/{plain}{day.query}")
    answer = denial(library, plain, day.on)
    found = answer.value
    context = {
        "denial": found,
        "kind_name": KINDS[found.row.kind],
        "usual": [(name, GROUPS[name]) for name in found.groups],
        "typed_group": GROUPS.get(found.asked.group, ""),
    }
    return answered(request, "denial.html", context, day=day, answer=answer)
