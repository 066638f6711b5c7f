"""Data room: what is loaded of every dataset, how fresh it is, and each dataset by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.faults import BadInput, NotFound
from codeward.datasets.registry import DATASETS
from codeward.services.data_room import KINDS, data_room, dataset_room
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked
from codeward.web.pages.edition_strip import edition_strip


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """Every dataset, by kind."""
    library, day = shelf.library(), day_asked(request)
    found = data_room(library, day.on)
    every = [item for items in found.values() for item in items]
    context = {
        "groups": [(kind, KINDS[kind], items) for kind, items in found.items()],
        "loaded": sum(item.status.loaded for item in every),
        "overdue": [item for item in every if item.freshness and item.freshness.overdue],
        "total": len(every),
    }
    return answered(request, "data_room.html", context, day=day)


@require_safe
def dataset_page(request: HttpRequest, dataset: str) -> HttpResponse:
    """One dataset: editions, files, gaps, columns, terms, and what changed from edition to edition."""
    library, day = shelf.library(), day_asked(request)
    if dataset not in DATASETS:
        raise NotFound(f"no dataset is called {dataset!r}")
    try:
        room = dataset_room(library, dataset, day.on)
    except BadInput as fault:
        raise NotFound(str(fault)) from None
    context = {
        "room": room,
        "dataset": room.standing.dataset,
        "status": room.standing.status,
        "strip": edition_strip(room.spans, day.on),
        "open_from": next((item for item in room.editions if item.compared_with), None),
    }
    return answered(request, "dataset.html", context, day=day)
