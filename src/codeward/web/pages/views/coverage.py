"""Coverage documents: the list of LCDs, articles and NCDs with its filter, and the page of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.services.coverage_documents import (
    EXPORTS,
    STANDINGS,
    Asked,
    coverage_document,
    coverage_documents,
    document_id,
)
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked

SHOWN = 100


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Documents that fit the filter, a hundred at a time."""
    library, day = shelf.library(), day_asked(request)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    asked = Asked(words, request.GET.get("kind", ""), request.GET.get("standing", ""))
    answer = coverage_documents(library, day.on, asked)
    start = _start(request.GET.get("start", ""), len(answer.value))
    context = {
        "asked": asked,
        "kinds": tuple(EXPORTS),
        "standings": STANDINGS,
        "documents": answer.value[start : start + SHOWN],
        "total": len(answer.value),
        "first": start + 1,
        "last": min(start + SHOWN, len(answer.value)),
        "before": _address(asked, day, start - SHOWN) if start else "",
        "after": _address(asked, day, start + SHOWN) if start + SHOWN < len(answer.value) else "",
        "missing": absent(answer.not_loaded, library),
    }
    return answered(request, "coverage.html", context, day=day, answer=answer)


def _start(text: str, total: int) -> int:
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return start // SHOWN * SHOWN if start < total else 0


def _address(asked: Asked, day: Day, start: int) -> str:
    given = {"q": asked.words, "kind": asked.kind, "standing": asked.standing, "start": str(max(start, 0) or "")}
    given |= {"on": day.on.isoformat()} if day.asked else {}
    return f"/coverage?{urlencode({name: value for name, value in given.items() if value})}"


@require_safe
def coverage_document_page(request: HttpRequest, number: str) -> HttpResponse:
    """One document; other spellings lead to its one address."""
    library, day = shelf.library(), day_asked(request)
    _, plain = document_id(number)
    if plain != number:
        return HttpResponseRedirect(f"/coverage/{plain}{day.query}")
    answer = coverage_document(library, plain, day.on)
    context = {"document": answer.value[0], "others": answer.value[1:]}
    return answered(request, "coverage_document.html", context, day=day, answer=answer)
