"""Changes: what each newest edition changed, and two editions of one dataset row by row, as a page or as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.what_changed import (
    CHANGES,
    Change,
    Summary,
    Wanted,
    changes,
    latest_changes,
    page_of_changes,
    pairs_of,
    summary,
)
from codeward.store.library import Library
from codeward.store.releases import Release
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.csv_rows import csv_line
from codeward.web.pages.day import day_asked

SHOWN, LONGEST = 50, 8
MOST_LINES = 250_000
"""Rows that a CSV may hold without a filter: it is written in memory."""


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """Every dataset's newest edition against the one before."""
    library, day = shelf.library(), day_asked(request)
    found = latest_changes(library)
    known = {item.dataset.id for item in found}
    alone = [item for item in DATASETS.values() if library.editions(item.id) and item.id not in known]
    pairs = [(item, len(pairs_of(library, item.dataset.id)) - 1) for item in found]
    return answered(request, "changes.html", {"pairs": pairs, "alone": alone}, day=day)


@require_safe
def dataset_changes(request: HttpRequest, dataset: str, before: str, after: str) -> HttpResponse:
    """Counts, a filter and the rows that differ, fifty at a time."""
    library, day = shelf.library(), day_asked(request)
    pair = editions(library, dataset, before, after)
    wanted, start = wanted_in(request), start_in(request)
    rows, total = page_of_changes(library, pair, wanted, start, SHOWN)
    known = summary(library, *pair)
    path = request.path
    context = {
        "known": known,
        "counts": [(name, known.count(name)) for name in CHANGES],
        "wanted": wanted,
        "rows": rows,
        "total": total,
        "first": start + 1,
        "last": start + len(rows),
        "previous": _address(path, wanted, max(start - SHOWN, 0)) if start else "",
        "next": _address(path, wanted, start + SHOWN) if start + SHOWN < total else "",
        "csv": _address(f"{path}.csv", wanted, 0),
        "filtered": wanted != Wanted(),
        "others": [item for item in pairs_of(library, dataset) if item != pair],
    }
    return answered(request, "dataset_changes.html", context, day=day)


@require_safe
def changes_csv(request: HttpRequest, dataset: str, before: str, after: str) -> HttpResponse:
    """The same rows as CSV, one line a column that differs."""
    library = shelf.library()
    pair = editions(library, dataset, before, after)
    wanted = wanted_in(request)
    known = summary(library, *pair)
    if known.total > MOST_LINES and not (wanted.begins or wanted.change):
        raise BadInput(f"{known.total:,} rows differ: choose a change or the beginning of a code first")
    text = "".join(_csv(library, known, wanted))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{dataset}-{before}-{after}.csv"'
    return answer


def editions(library: Library, dataset: str, before: str, after: str) -> tuple[Release, Release]:
    """The two editions named, of one origin where both origins have such names; NotFound says what is loaded."""
    if dataset not in DATASETS:
        raise NotFound(f"no dataset is called {dataset!r}")
    loaded = library.editions(dataset)
    if not loaded:
        raise NotLoaded(f"{DATASETS[dataset].title} is not loaded")
    found = [
        (one, other)
        for one in loaded
        for other in loaded
        if one.edition.lower() == before.lower() and other.edition.lower() == after.lower()
    ]
    if not found:
        names = ", ".join(dict.fromkeys(item.edition for item in loaded))
        raise NotFound(f"{dataset} has no editions {before} and {after}: loaded are {names}")
    return min(found, key=lambda pair: (pair[0].from_package != pair[1].from_package, pair[0].from_package))


def wanted_in(request: HttpRequest) -> Wanted:
    """The filter in the address; BadInput for a change or column that there is not."""
    asked = request.GET
    begins = asked.get("begins", "").strip()
    if len(begins) > LONGEST:
        raise BadInput(f"{begins[:20]!r} is no beginning of a code: at most {LONGEST} characters")
    return Wanted(asked.get("change", ""), asked.get("column", ""), begins, asked.get("beyond") == "1")


def start_in(request: HttpRequest) -> int:
    """The first row asked for, counted from nought."""
    text = request.GET.get("start", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise BadInput(f"{text!r} is no row number")
    return int(text)


def _address(path: str, wanted: Wanted, start: int) -> str:
    asked = {
        "change": wanted.change,
        "column": wanted.column,
        "begins": wanted.begins,
        "beyond": "1" if wanted.beyond_alike else "",
        "start": str(start) if start else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _csv(library: Library, known: Summary, wanted: Wanted) -> Iterator[str]:
    heads = [name.replace("_", " ") for name in known.dataset.key]
    yield csv_line(["change", *heads, "column", "before", "after", "before stands at", "after stands at"])
    for change in changes(library, known.before, known.after, wanted):
        yield from _lines(change)


def _lines(change: Change) -> Iterator[str]:
    key = [value for _, value in change.key]
    places = [source.citation if source else "" for source in (change.before, change.after)]
    for cell in change.cells or ():
        yield csv_line([change.change, *key, cell.label, cell.before, cell.after, *places])
    if not change.cells:
        yield csv_line([change.change, *key, "", "", "", *places])
