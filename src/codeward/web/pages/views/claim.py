"""The claim checker: a grid like a CMS-1500, what checking the claim finds, and codes while a cell is typed."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from codeward.core.claims import SETTINGS, Claim
from codeward.core.codes import Code
from codeward.core.faults import BadInput
from codeward.ingest.claims import claim_from_json
from codeward.services.check_claim import check_claims
from codeward.services.search import Hit, search
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.checked_claim import claim_shown
from codeward.web.pages.claim_grid import (
    COLUMN_NAMES,
    LETTERS,
    LINE,
    MODIFIERS,
    MORE,
    PAST,
    ROWS,
    CellFault,
    Grid,
    Row,
    claim_of,
    grid_of_claim,
    grid_of_form,
)
from codeward.web.pages.claim_link import grid_of_link, link_of
from codeward.web.pages.day import Day, day_asked

LARGEST = 500_000
"""Bytes of a form: fifty lines, or one claim in JSON."""
SUGGESTED = 8
KINDS = {
    "procedure": ("cpt", "hcpcs"),
    "diagnosis": ("icd-10-cm",),
    "modifier": ("modifier",),
    "pos": ("pos",),
    "taxonomy": ("taxonomy",),
}
"""What each kind of cell holds."""
SETTING_NAMES = {
    "practitioner": "Practitioner",
    "outpatient-hospital": "Outpatient hospital",
    "asc": "Surgical center",
    "dme": "Equipment supplier",
}
SEXES = (("F", "Female"), ("M", "Male"), ("U", "Unknown"), ("X", "Another"))
EXAMPLES = (
    ("Too many units", "setting=practitioner&pos=11&age=70&dx=M17.11&line=2024-08-15~J1885~~A~20"),
    ("Two services of a pair", "setting=practitioner&pos=11&age=68&dx=C44.311&line=2024-08-15~17311~~A"
     "&line=2024-08-15~88305~~A"),
    ("An add-on without its primary", "setting=practitioner&pos=11&age=68&dx=C44.519&line=2024-08-15~17314~~A~2"),
)  # fmt: skip
"""Claims to try; codes only."""

_CELLS = {
    "code": "procedure",
    **dict.fromkeys(MODIFIERS, "modifier"),
    "pos": "pos",
}
"""Columns that complete as they are typed."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    """The grid; filled in and sent, or opened by a link, with what checking finds beside each line."""
    if request.method == "POST":
        return _posted(request)
    grid = grid_of_link(request.GET)
    return _shown(request, grid) if grid.empty else _checked(request, grid)


def _posted(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise BadInput(f"that is larger than {LARGEST:,} bytes: use `codeward check FILE`")
    form, action = request.POST.dict(), request.POST.get("action", "check")
    if action == "fill":
        return _fill(request, form.get("json", ""))
    grid = grid_of_form(form)
    if action == "add":
        return _shown(request, grid.with_rows(lines=max(len(grid.lines), ROWS) + MORE))
    if action == "add-past":
        return _shown(request, grid.with_rows(past=len(grid.past) + MORE))
    return _checked(request, grid)


def _fill(request: HttpRequest, text: str) -> HttpResponse:
    """Lay a pasted claim out in the grid and check it; the text stays where it does not fit."""
    try:
        grid = grid_of_claim(claim_of_text(text))
    except BadInput as fault:
        return _shown(request, Grid(), pasted=text, paste_fault=str(fault), status=400)
    return _checked(request, grid)


def claim_of_text(text: str) -> Claim:
    """The claim in JSON, or the only one of a list; BadInput for anything else."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not JSON: {error}") from None
    if isinstance(held, dict) and isinstance(held.get("claims"), list):
        held = held["claims"]
    if isinstance(held, list):
        if len(held) != 1:
            raise BadInput(f"{len(held)} claims: the grid holds one; check more with `codeward check FILE`")
        held = held[0]
    return claim_from_json(held)


def _checked(request: HttpRequest, grid: Grid) -> HttpResponse:
    claim, faults = claim_of(grid)
    if claim is None:
        return _shown(request, grid, faults=faults, status=400)
    library = shelf.library()
    (checked,) = check_claims(library, [claim], localdate())
    day = Day(min(line.day for line in claim.lines), True)
    shown = claim_shown(checked, library, day.on)
    more = {"shown": shown, "link": link_of(claim), "editions": shown.editions, "day": day, "today": localdate()}
    more["unnamed"] = _unnamed(claim)
    more["by_link"] = request.method != "POST"
    return _shown(request, grid, **more)


def _unnamed(claim: Claim) -> list[int]:
    """Earlier lines that name nobody beside a claim that does: rules take them as another practitioner's."""
    if not (claim.rendering_npi or claim.billing_npi):
        return []
    return [line.number for line in claim.history if not (line.rendering_npi or line.billing_npi)]


def _shown(
    request: HttpRequest, grid: Grid, *, faults: tuple[CellFault, ...] = (), status: int = 200, **more: Any
) -> HttpResponse:
    grid.with_rows()
    bad = {item.cell: item.problem for item in faults}
    shown = more.get("shown")
    context = {
        "grid": grid,
        "head": grid.head,
        "settings": [(name, SETTING_NAMES[name]) for name in SETTINGS],
        "diagnoses": [(f"dx{at}", letter, code) for at, (letter, code) in _lettered(grid)],
        "line_heads": _heads(LINE, grid.lines),
        "past_heads": _heads(PAST, grid.past),
        "lines": _rows("l", LINE, grid.lines, bad, shown.lines if shown else {}),
        "past": _rows("h", PAST, grid.past, bad, {}),
        "faults": faults,
        "bad": bad,
        "sexes": SEXES,
        "examples": EXAMPLES,
    }
    day = more.pop("day", None) or day_asked(request)
    return answered(request, "check.html", context | more, day=day, status=status)


def _lettered(grid: Grid) -> Any:
    return enumerate(zip(LETTERS, grid.diagnoses, strict=True), 1)


def _heads(columns: tuple[str, ...], rows: list[Row]) -> list[tuple[str, bool]]:
    """The columns' names, and whether a column is empty throughout: then it is not printed."""
    return [(COLUMN_NAMES[name], name in _void(columns, rows)) for name in columns]


def _void(columns: tuple[str, ...], rows: list[Row]) -> set[str]:
    return {name for name in columns if not any(row.get(name) for row in rows)}


def _rows(kind: str, columns: tuple[str, ...], rows: list[Row], bad: dict[str, str], found: Any) -> list[Any]:
    void = _void(columns, rows)
    return [
        {
            "number": at,
            "blank": not any(row.values()),
            "result": found.get(at),
            "cells": [
                _cell(f"{kind}{at}-{name}", name, row.get(name, ""), bad) | {"void": name in void} for name in columns
            ],
        }
        for at, row in enumerate(rows, 1)
    ]


def _cell(cell: str, name: str, value: str, bad: dict[str, str]) -> dict[str, Any]:
    return {
        "id": cell,
        "column": name,
        "label": COLUMN_NAMES[name],
        "value": value,
        "complete": _CELLS.get(name, ""),
        "fault": bad.get(cell, ""),
    }


@require_safe
def cell_suggestions(request: HttpRequest) -> JsonResponse:
    """Codes for a cell while it is typed: `{"options": [{"code", "title", "note"}]}`."""
    kind, text = request.GET.get("kind", "procedure"), " ".join(request.GET.get("q", "").replace("\0", " ").split())
    if kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of cell: expected {', '.join(KINDS)}")
    library, day = shelf.library(), day_asked(request)
    hits: list[Hit] = []
    for system in KINDS[kind] if text else ():
        try:
            hits += search(library, text, day.on, system, most=SUGGESTED).value.hits
        except BadInput:
            continue
    hits.sort(key=lambda hit: -hit.score)
    return JsonResponse({"options": [_option(hit) for hit in hits[:SUGGESTED]]})


def _option(hit: Hit) -> dict[str, str]:
    code: Code = hit.code
    return {"code": code.shown, "title": hit.title, "note": "header" if hit.billable is False else ""}
