"""Index pages: the ICD-10-CM alphabetic index, external causes, neoplasms and drugs, by letter, term and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.core.codes import Code
from codeward.datasets.registry import DATASETS
from codeward.services.diagnosis_index import (
    DRUGS,
    INDEX,
    NEOPLASM,
    NEOPLASMS,
    TABLES,
    Listing,
    Term,
    follow_see,
    letter,
    letters_of,
    whole_term,
    with_words,
)
from codeward.services.view import View
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.index_links import PAGES, address, tabs

PAGE_ROWS = 250
_LONGEST = 400
_DEEPEST = 7
_CATEGORY = re.compile(r"^(?:sub)?categor(?:y|ies) ([A-Z]\d\w(?:\.\w+)?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for: a letter, a term by its path, words, and from which row on."""

    letter: str
    term: str
    words: str
    start: int

    @property
    def query(self) -> dict[str, str]:
        """The same as an address holds it."""
        return {"letter": self.letter, "term": self.term, "q": self.words}


@require_safe
def index_page(request: HttpRequest, dataset: str) -> HttpResponse:
    """The alphabetic index, or that of external causes."""
    return _page(request, dataset, "diagnosis_index.html")


@require_safe
def table_page(request: HttpRequest, dataset: str) -> HttpResponse:
    """The table of neoplasms, or that of drugs and chemicals."""
    return _page(request, dataset, "diagnosis_table.html")


def _page(request: HttpRequest, dataset: str, template: str) -> HttpResponse:
    day, library = day_asked(request), shelf.library()
    view = View(library, day.on)
    see = request.GET.get("see", "").strip()[:_LONGEST]
    if see:
        return HttpResponseRedirect(_seen(view, dataset, see, day))
    known = letters_of(view, dataset)
    asked = _asked(request, known)
    listing = _listing(view, dataset, asked)
    context = {
        "title": DATASETS[dataset].title,
        "address": PAGES[dataset][0],
        "tabs": tabs(day, dataset),
        "missing": absent((dataset,), library) if not view.has(dataset) else None,
        "letters": [(name, count, address(dataset, day, letter=name), name == asked.letter) for name, count in known],
        "asked": asked,
        "listing": listing,
        "rows": [_row(term, dataset, day, asked, at) for at, term in enumerate(listing.terms)],
        "heads": TABLES[dataset][1] if dataset in TABLES else (),
        "trail": _trail(dataset, asked.term, day),
        "edition": getattr(library.in_force("icd-10-cm", day.on), "edition", ""),
        **_pager(dataset, asked, listing, day),
    }
    return answered(request, template, context, day=day, answer=view.answer(listing))


def _asked(request: HttpRequest, known: list[tuple[str, int]]) -> Asked:
    read = {name: request.GET.get(name, "").replace("\0", " ").strip()[:_LONGEST] for name in ("letter", "term", "q")}
    start = request.GET.get("start", "")
    names = [name for name, _ in known]
    first = next((name for name in names if name.isalpha()), "")
    chosen = read["letter"].upper() if read["letter"].upper() in names else first
    whole = not read["term"] and not read["q"]
    place = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    return Asked(chosen if whole else "", read["term"], "" if read["term"] else read["q"], place)


def _listing(view: View, dataset: str, asked: Asked) -> Listing:
    window = (asked.start, PAGE_ROWS)
    if asked.term:
        return whole_term(view, dataset, asked.term, window)
    if asked.words:
        return with_words(view, dataset, asked.words, window)
    return letter(view, dataset, asked.letter, window) if asked.letter else Listing(dataset, (), 0, 0)


def _seen(view: View, dataset: str, text: str, day: Day) -> str:
    """Where a `see` leads: another table, a code, a term, or else a search for its words."""
    category = _CATEGORY.match(text)
    if category:
        return f"{Code('icd-10-cm', category[1].upper().replace('.', '')).path}{day.query}"
    first, _, rest = text.partition(",")
    for words, other in (("neoplasm", NEOPLASMS), ("table of neoplasms", NEOPLASMS), ("table of drugs", DRUGS)):
        if first.strip().lower().startswith(words) and dataset != other:
            found = follow_see(view, other, f"{NEOPLASM},{rest}") if other == NEOPLASMS and rest else None
            return address(other, day, term=found or "")
    inside = f"{NEOPLASM},{rest}" if dataset == NEOPLASMS and first.lower() == "neoplasm" else text
    target, held = (INDEX, text) if dataset == NEOPLASMS and inside == text else (dataset, inside)
    path = follow_see(view, target, held)
    return address(target, day, term=path) if path else address(target, day, q=held)


def _trail(dataset: str, term: str, day: Day) -> list[tuple[str, str]]:
    """The words above a term, each with its address."""
    steps = term.split(" > ") if term else []
    return [(step, address(dataset, day, term=" > ".join(steps[: at + 1]))) for at, step in enumerate(steps)]


def _pager(dataset: str, asked: Asked, listing: Listing, day: Day) -> dict[str, object]:
    shown = len(listing.terms)
    before, after = asked.start - PAGE_ROWS, asked.start + PAGE_ROWS
    return {
        "first": asked.start + 1,
        "last": asked.start + shown,
        "before": address(dataset, day, **asked.query, start=str(before) if before > 0 else "") if asked.start else "",
        "after": address(dataset, day, **asked.query, start=str(after)) if after < listing.total else "",
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One term as a page shows it: indented, or with its whole path above it where words found it."""

    term: Term
    href: str
    above: tuple[str, ...]
    depth: int
    see: list[tuple[str, str]]
    see_also: list[tuple[str, str]]


def _row(term: Term, dataset: str, day: Day, asked: Asked, at: int) -> Row:
    """The first row of a page that goes on shows its path too."""
    own_path = bool(asked.words) or (at == 0 and asked.start > 0)
    top = 1 if dataset == NEOPLASMS and not asked.term else 0
    return Row(
        term,
        address(dataset, day, term=" > ".join(term.path)),
        term.path[top:-1] if own_path else (),
        0 if asked.words else min(max(term.level - top, 0), _DEEPEST),
        _see_links(term.see, dataset, day),
        _see_links(term.see_also, dataset, day),
    )


def _see_links(text: str, dataset: str, day: Day) -> list[tuple[str, str]]:
    return [(part, address(dataset, day, see=part)) for part in (piece.strip() for piece in text.split(";")) if part]
