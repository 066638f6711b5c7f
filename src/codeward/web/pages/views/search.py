"""Search: results with their systems counted, straight to the page of an exact code, and suggestions while typing."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codeward.core.codes import SYSTEM_NAMES, SYSTEMS, Code, plain, readings
from codeward.core.faults import BadInput, Fault
from codeward.services.diagnosis_tree import Step, browse
from codeward.services.look_up import look_up, nearest
from codeward.services.search import search
from codeward.services.view import View
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked

SHOWN, SUGGESTED = 50, 8


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Codes that match; a code as typed goes straight to its page unless a full search is asked for."""
    library, day = shelf.library(), day_asked(request)
    text, system = _text(request), _system(request)
    if not text:
        return HttpResponseRedirect(f"/{day.query}")
    exact = None if request.GET.get("all") or system else _exact(library, text, day)
    if exact is not None:
        query = {"q": text} | ({"on": day.on.isoformat()} if day.asked else {})
        return HttpResponseRedirect(f"{exact.path}?{urlencode(query)}")
    billable = request.GET.get("billable") == "1"
    chapters = _chapters(library, day)
    chapter = _chapter(request, chapters)
    answer = search(library, text, day.on, system, billable=billable, chapter=chapter, most=SHOWN)
    code = next(iter(readings(text)), None)
    context = {
        "q": text,
        "system": system,
        "billable": billable,
        "chapter": chapter,
        "chapters": chapters,
        "result": answer.value,
        "systems": [(name, SYSTEM_NAMES[name]) for name in SYSTEMS],
        "facets": _facets(answer.value.facets, _kept(text, billable, chapter, day), system),
        "near": nearest(library, code) if code and not answer.value.hits else (),
        "missing": absent(answer.not_loaded, library),
        "hits": [(hit, SYSTEM_NAMES[hit.code.system]) for hit in answer.value.hits],
    }
    return answered(request, "search.html", context, day=day, answer=answer)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of the type-ahead list; nothing for a text that cannot be searched."""
    library, day, text = shelf.library(), day_asked(request), _text(request)
    try:
        hits = search(library, text, day.on, most=SUGGESTED).value.hits if text else ()
    except BadInput:
        hits = ()
    return render(request, "codeward/suggestions.html", {"hits": hits, "day": day})


def _text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())


def _system(request: HttpRequest) -> str | None:
    system = request.GET.get("system", "")
    if system and system not in SYSTEMS:
        raise BadInput(f"{system!r} is not a code system: expected one of {', '.join(SYSTEMS)}")
    return system or None


def _exact(library: Library, text: str, day: Day) -> Code | None:
    """The code that was typed, when a page of that day knows it."""
    value = plain(text)
    if not readings(text) or not (len(value) == 2 or any(letter.isdigit() for letter in value)):
        return None
    try:
        return look_up(library, text, day.on).value.code
    except Fault:
        return None


def _chapters(library: Library, day: Day) -> tuple[Step, ...]:
    """Chapters of ICD-10-CM on the day; none where the edition is a list of codes alone."""
    level = browse(View(library, day.on), "")
    return level.below if level.chapters else ()


def _chapter(request: HttpRequest, chapters: tuple[Step, ...]) -> str:
    chapter = request.GET.get("chapter", "")
    if chapter and chapter not in {step.name for step in chapters}:
        raise BadInput(f"{chapter!r} is no chapter of ICD-10-CM on that day: expected 1 to {len(chapters)}")
    return chapter


def _kept(text: str, billable: bool, chapter: str, day: Day) -> dict[str, str]:
    """What links to the same search carry."""
    kept = {"q": text, "all": "1", "billable": "1" if billable else "", "chapter": chapter}
    kept["on"] = day.on.isoformat() if day.asked else ""
    return {name: value for name, value in kept.items() if value}


def _facets(counts: dict[str, int], base: dict[str, str], system: str | None) -> list[tuple[str, int, str, bool]]:
    """Name, count, address and whether chosen, of every system that matched, and of all together."""
    every = ("All systems", sum(counts.values()), f"/search?{urlencode(base)}", system is None)
    return [every] + [
        (SYSTEM_NAMES[name], counts[name], f"/search?{urlencode(base | {'system': name})}", name == system)
        for name in SYSTEMS
        if name in counts
    ]
