"""Coverage documents: the list of LCDs, articles and NCDs with its filter, and the page of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.services.coverage_contents import MOST, Group, document_contents
from codeward.services.coverage_documents import (
    EXPORTS,
    STANDINGS,
    Asked,
    coverage_document,
    coverage_documents,
    document_id,
)
from codeward.services.view import View
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
    document = answer.value[0]
    view = View(
        library, day.on, {item.dataset: item for item in answer.warnings}, sources=dict.fromkeys(answer.sources)
    )
    shown = request.GET.get("list", "")[:40]
    contents = document_contents(library, document, view, shown, _place(request.GET.get("start", "")))
    context: dict[str, Any] = {
        "document": document,
        "others": answer.value[1:],
        "contents": contents.value,
        "shelves": _shelves(contents.value.groups, f"/coverage/{plain}", day),
        "missing": absent([name for name in contents.not_loaded if name not in answer.not_loaded], library),
    }
    return answered(request, "coverage_document.html", context, day=day, answer=contents)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _shelves(groups: tuple[Group, ...], path: str, day: Day) -> list[tuple[str, list[dict[str, Any]]]]:
    """Groups under the title of their table, each with the addresses of the codes before and after those shown."""
    shelves: dict[str, list[dict[str, Any]]] = {}
    for group in groups:
        end = group.start + len(group.codes)
        shelves.setdefault(group.title, []).append(
            {
                "group": group,
                "first": group.start + 1,
                "last": end,
                "before": _codes_at(group, path, day, group.start - MOST) if group.start else "",
                "after": _codes_at(group, path, day, end) if end < group.total else "",
            }
        )
    return list(shelves.items())


def _codes_at(group: Group, path: str, day: Day, start: int) -> str:
    given = {"list": group.id, "start": str(max(start, 0))} | ({"on": day.on.isoformat()} if day.asked else {})
    return f"{path}?{urlencode(given)}#{group.id}"
