"""My codes: which codes of a list, a table or a claims file the chosen releases touch; nothing given is stored."""

from __future__ import annotations

from itertools import groupby

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.services.taken_codes import Taken, take_codes
from codeward.services.touched import Pair, applies_on, latest_pairs, pairs_named, pairs_since, touched
from codeward.services.what_changed import pairs_of
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked

LARGEST = 2_000_000
"""Bytes taken from a form; Django keeps up to 2.5 MB of a request in memory and on no disk."""


@require_http_methods(["GET", "HEAD", "POST"])
def my_changes(request: HttpRequest) -> HttpResponse:
    """The form; once something is given, what was taken from it and what touches it."""
    library, day = shelf.library(), day_asked(request)
    context = {"releases": _releases(library), "pasted": "", "since": ""}
    if request.method != "POST":
        return answered(request, "my_changes.html", context, day=day)
    _refuse_large(request)
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    pasted, since = request.POST.get("codes", ""), request.POST.get("since", "").strip()
    taken = _taken(request, pasted)
    pairs = _pairs(library, request.POST.getlist("pair"), since)
    found = touched(library, taken.codes, pairs)
    context |= {
        "pasted": pasted,
        "since": since,
        "taken": taken,
        "codes": [(code, sorted(days)) for code, days in taken.codes.items()],
        "found": found,
        "touches": [(item, applies_on(item, _days(taken, item.codes))) for item in found.touches],
        "not_compared": [DATASETS[name] for name in found.not_compared],
        "compared": len(pairs),
    }
    return answered(request, "my_changes.html", context, day=day)


def _refuse_large(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise BadInput(f"that is larger than {LARGEST:,} bytes: use `codeward touched FILE` for it, or give a part")


def _taken(request: HttpRequest, pasted: str) -> Taken:
    given = request.FILES.get("file")
    text = given.read(LARGEST + 1).decode("utf-8", errors="replace") if given else pasted
    if not text.strip():
        raise BadInput("nothing was given: paste codes, or choose a file")
    taken = take_codes(text)
    if given and pasted.strip():
        for code, days in take_codes(pasted).codes.items():
            taken.codes.setdefault(code, set()).update(days)
    if not taken.codes:
        raise BadInput(f"no code was found in {taken.form}")
    return taken


def _pairs(library: Library, names: list[str], since: str) -> tuple[Pair, ...]:
    """A day or edition counts before ticked releases; with neither, the latest of each dataset."""
    if since:
        return pairs_since(library, since)
    return pairs_named(library, names) if names else latest_pairs(library)


def _days(taken: Taken, codes: tuple) -> set:
    return set().union(*(taken.codes.get(code, set()) for code in codes))


def _releases(library: Library) -> list[tuple[object, list[tuple[str, Pair, bool]]]]:
    """Every pair of editions to tick, the latest of each dataset ticked."""
    every = [(name, pair, at == 0) for name in DATASETS for at, pair in enumerate(pairs_of(library, name))]
    return [
        (DATASETS[name], [(f"{name}/{pair[0].edition}..{pair[1].edition}", pair, ticked) for _, pair, ticked in group])
        for name, group in groupby(every, key=lambda item: item[0])
    ]
