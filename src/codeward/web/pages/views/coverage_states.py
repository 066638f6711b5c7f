"""Coverage by state: the map of contractors with its table, and the page of one state."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.services.coverage.macs import HOW, all_macs
from codeward.services.coverage_states import state_coverage, states_served
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.state_tiles import HEIGHT, TILE, WIDTH, legend, tiles

SHOWN = 100
KINDS = ("LCD", "Article")


@require_safe
def states_page(request: HttpRequest) -> HttpResponse:
    """The map of A/B contractors, or with `?map=dme` of those for equipment; the table has both."""
    day = day_asked(request)
    kind = "dme" if request.GET.get("map") == "dme" else "ab"
    states = states_served(day.on)
    context: dict[str, Any] = {
        "kind": kind,
        "states": states,
        "tiles": tiles(states, kind),
        "legend": legend(states, kind),
        "box": f"0 0 {WIDTH} {HEIGHT}",
        "size": TILE,
        "how": HOW,
        "since": min(mac.since for mac in all_macs()),
        "unknown": [state.name for state in states if (state.dme if kind == "dme" else state.ab) is None],
    }
    return answered(request, "coverage_states.html", context, day=day)


@require_safe
def state_page(request: HttpRequest, letters: str) -> HttpResponse:
    """A state's contractors, and their local documents in force, searched and paged."""
    library, day = shelf.library(), day_asked(request)
    if letters != letters.upper():
        return HttpResponseRedirect(f"/coverage/states/{letters.upper()}{day.query}")
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    answer = state_coverage(library, letters, day.on, words, kind)
    documents = answer.value.documents
    typed = request.GET.get("start", "")
    start = int(typed) // SHOWN * SHOWN if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    start = start if start < len(documents) else 0
    path = f"/coverage/states/{letters}"
    context: dict[str, Any] = {
        "state": answer.value,
        "served": answer.value.served,
        "asked": {"words": words, "kind": kind},
        "kinds": KINDS,
        "documents": documents[start : start + SHOWN],
        "total": len(documents),
        "first": start + 1,
        "last": min(start + SHOWN, len(documents)),
        "before": _address(path, words, kind, day, start - SHOWN) if start else "",
        "after": _address(path, words, kind, day, start + SHOWN) if start + SHOWN < len(documents) else "",
        "how": HOW,
        "missing": absent(answer.not_loaded, library),
    }
    return answered(request, "coverage_state.html", context, day=day, answer=answer)


def _address(path: str, words: str, kind: str, day: Day, start: int) -> str:
    given = {"q": words, "kind": kind, "start": str(max(start, 0) or ""), "on": day.on.isoformat() if day.asked else ""}
    named = urlencode({name: value for name, value in given.items() if value})
    return f"{path}?{named}" if named else path
