"""Coverage documents: the LCDs, articles and NCDs that are loaded, with their owner, days and standing on a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from codeward.core.answers import Answer, Caveat
from codeward.core.days import OPEN_END
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.core.sources import Source
from codeward.datasets.registry import DATASETS
from codeward.services.view import View
from codeward.store import coverage as stored
from codeward.store.coverage import documents_of, owners
from codeward.store.library import Found, Library
from codeward.store.releases import Release

LIST = "mcd-documents"
EXPORTS = {"LCD": "mcd-lcd", "Article": "mcd-article", "NCD": "mcd-ncd-trkg"}
"""Which table of the exports holds documents of a type; the list of documents stands in where it is not loaded."""
IN_FORCE, COMING, ENDED, DRAFT = "in force", "coming", "ended", "draft"
UNSEEN = "earlier version not loaded"
"""On a day before the first version that is loaded, which is not its first: an earlier one may be in force."""
STANDINGS = (IN_FORCE, UNSEEN, COMING, ENDED, DRAFT)
WEEK = timedelta(days=7)

_ID = re.compile(r"([LA])0*(\d{4,6})|(?:NCD)?(\d{1,3}(?:\.\d{1,3}){0,3})", re.ASCII)
_VIEW = "https://www.cms.gov/medicare-coverage-database/view/"
_ADDRESSES = {
    "LCD": ("lcd", "lcdid", "lcd_id"),
    "Article": ("article", "articleid", "article_id"),
    "NCD": ("ncd", "ncdid", "ncd_id"),
}
Names = dict[tuple[int, int], tuple[str, ...]]
"""Contractors of each document and version."""


@dataclass(frozen=True, slots=True)
class CoverageDocument:
    """One version of a document; no `last_day` while no end is known, no `owner` when nothing loaded names it."""

    id: str
    kind: str
    title: str
    owner: str
    version: int
    effective: date
    last_day: date | None
    standing: str
    note: str
    address: str
    source: Source


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of documents is narrowed to; empty means all."""

    words: str = ""
    kind: str = ""
    standing: str = ""


def coverage_documents(library: Library, on: date, asked: Asked) -> Answer[tuple[CoverageDocument, ...]]:
    """One entry a document, in the version that stands on the day, by title.

    Raises BadInput for a kind or standing there is not; `not_loaded` names the tables that would list more.
    """
    if asked.kind and asked.kind not in EXPORTS:
        raise BadInput(f"{asked.kind!r} is no kind of document: expected {', '.join(EXPORTS)}")
    if asked.standing and asked.standing not in STANDINGS:
        raise BadInput(f"{asked.standing!r} is no standing: expected {', '.join(STANDINGS)}")
    view = View(library, on)
    every = [document for kind in EXPORTS if asked.kind in ("", kind) for document in _versions(view, kind, "")]
    shown = sorted((item for item in _one_each(every) if _fits(item, asked)), key=lambda item: (item.title, item.id))
    view.sources.update(dict.fromkeys(item.source for item in shown))
    return view.answer(tuple(shown))


def coverage_document(library: Library, typed: str, on: date) -> Answer[tuple[CoverageDocument, ...]]:
    """Every loaded version of one document, the one that stands on the day first.

    Raises BadInput when the text is no document number, NotLoaded when nothing loaded could hold it, NotFound when
    what is loaded does not.
    """
    kind, number = document_id(typed)
    view = View(library, on)
    found = _versions(view, kind, number)
    if not found and kind not in _loaded(view):
        raise NotLoaded(f"{number}: no list of documents of its kind is loaded; load {EXPORTS[kind]} or {LIST}")
    if not found:
        raise NotFound(f"no loaded edition has {number}: it may be newer than what is loaded, or never have been")
    view.sources.update(dict.fromkeys(item.source for item in found))
    return view.answer(tuple(sorted(found, key=_rank)))


def documents_titled(view: View, words: str) -> tuple[CoverageDocument, ...]:
    """Documents whose title holds all the words somewhere, each in the version that stands on the day."""
    parts = words.lower().split()
    found = [document for kind in EXPORTS for document in _titled(view, kind, parts)]
    return tuple(sorted(_one_each(found), key=lambda item: (item.kind, item.id)))


def _titled(view: View, kind: str, words: list[str]) -> list[CoverageDocument]:
    dataset = EXPORTS[kind]
    editions, listed = view.library.editions(dataset), view.library.editions(LIST)
    if editions:
        _note_age(view, editions[-1])
        column = "ncd_mnl_sect_title" if kind == "NCD" else "title"
        names = owners(view.library, kind.lower()) if kind != "NCD" else {}
        rows = stored.documents_titled(view.library, dataset, editions[-1], column, words)
        return [_READ[kind](view.on, row, names) for row in rows]
    if kind == "NCD" or not listed:
        view.missing[dataset] = None
        return []
    _note_age(view, listed[-1])
    rows = stored.documents_titled(view.library, LIST, listed[-1], "title", words)
    return [_listed(view.on, row) for row in rows if row.row.document_type == kind]


def document_id(typed: str) -> tuple[str, str]:
    """Kind and number of a document as typed: `l34195`, `A56836`, `NCD 310.1`; BadInput says what was expected."""
    found = _ID.fullmatch(re.sub(r"[\s\-]+", "", typed).upper())
    if found is None:
        raise BadInput(f"{typed!r} is no coverage document: expected a number such as L34195, A56836 or NCD 310.1")
    if found[3]:
        return "NCD", found[3]
    return ("LCD" if found[1] == "L" else "Article"), found[1] + found[2]


def _loaded(view: View) -> list[str]:
    """Kinds of which some list is loaded."""
    listed = bool(view.library.editions(LIST))
    return [kind for kind, dataset in EXPORTS.items() if view.library.editions(dataset) or (listed and kind != "NCD")]


def _versions(view: View, kind: str, number: str) -> list[CoverageDocument]:
    """Versions of the documents of a kind (or of one), out of the export, else out of the list."""
    dataset = EXPORTS[kind]
    editions = view.library.editions(dataset)
    if editions:
        _note_age(view, editions[-1])
        column, wanted = _looked_up(kind, number)
        rows = documents_of(view.library, dataset, editions[-1], column, wanted)
        names = owners(view.library, kind.lower()) if kind != "NCD" else {}
        return [_READ[kind](view.on, row, names) for row in rows]
    listed = view.library.editions(LIST)
    if kind == "NCD" or not listed:
        view.missing[dataset] = None
        return []
    _note_age(view, listed[-1])
    rows = documents_of(view.library, LIST, listed[-1], "display_id", number)
    return [_listed(view.on, row) for row in rows if row.row.document_type == kind]


def _looked_up(kind: str, number: str) -> tuple[str, str]:
    column = {"LCD": "lcd_id", "Article": "article_id", "NCD": "ncd_mnl_sect"}[kind]
    return column, number.lstrip("LA")


def _standing(on: date, found: Found[Any], version: int) -> str:
    if found.first_day > found.last_day:
        return DRAFT
    if found.last_day < on:
        return ENDED
    if found.first_day <= on:
        return IN_FORCE
    return COMING if version == 1 else UNSEEN


def _note_age(view: View, release: Release) -> None:
    """Exports are weekly: a day well behind one may call for versions that it does not hold."""
    if view.on > release.effective + WEEK:
        text = f"{DATASETS[release.dataset].title}: as exported on {release.effective}; what changed since is not in it"
        view.caveats[release.dataset] = Caveat(release.dataset, text)


def _last(found: Found[Any]) -> date | None:
    return None if found.last_day == OPEN_END else found.last_day


def _listed(on: date, found: Found[Any]) -> CoverageDocument:
    row = found.row
    return CoverageDocument(
        row.display_id, row.document_type, row.title, " ".join(row.owner.split()), row.version, found.first_day,
        _last(found), _standing(on, found, row.version), row.note, row.url, found.source,
    )  # fmt: skip


def _exported(on: date, found: Found[Any], kind: str, named: tuple[str, str, str], version: int) -> CoverageDocument:
    """A document of the exports; `named` is its number, title and owner."""
    stem, identity, number = _ADDRESSES[kind]
    row = found.row
    address = f"{_VIEW}{stem}.aspx?{identity}={getattr(row, number)}&{'ncdver' if kind == 'NCD' else 'ver'}={version}"
    standing = _standing(on, found, version)
    days = (found.first_day, _last(found))
    return CoverageDocument(named[0], kind, *named[1:], version, *days, standing, "", address, found.source)


def _lcd(on: date, found: Found[Any], names: Names) -> CoverageDocument:
    row = found.row
    owner = "; ".join(names.get((row.lcd_id, row.lcd_version), ()))
    return _exported(on, found, "LCD", (f"L{row.lcd_id}", row.title, owner), row.lcd_version)


def _article(on: date, found: Found[Any], names: Names) -> CoverageDocument:
    row = found.row
    owner = "; ".join(names.get((row.article_id, row.article_version), ()))
    return _exported(on, found, "Article", (f"A{row.article_id}", row.title, owner), row.article_version)


def _ncd(on: date, found: Found[Any], names: Names) -> CoverageDocument:
    row = found.row
    return _exported(on, found, "NCD", (row.ncd_mnl_sect, row.ncd_mnl_sect_title, "CMS"), row.ncd_vrsn_num)


_READ: dict[str, Callable[[date, Found[Any], Names], CoverageDocument]] = {
    "LCD": _lcd,
    "Article": _article,
    "NCD": _ncd,
}


def _rank(document: CoverageDocument) -> tuple[int, int]:
    """In force before coming before ended; of those that come the next, of others the newest."""
    comes = document.standing in (COMING, UNSEEN)
    return STANDINGS.index(document.standing), document.version if comes else -document.version


def _one_each(every: list[CoverageDocument]) -> list[CoverageDocument]:
    best: dict[str, CoverageDocument] = {}
    for document in every:
        held = best.get(document.id)
        if held is None or _rank(document) < _rank(held):
            best[document.id] = document
    return list(best.values())


def _fits(document: CoverageDocument, asked: Asked) -> bool:
    if asked.standing not in ("", document.standing):
        return False
    text = f"{document.id} {document.title} {document.owner}".lower()
    return all(word in text for word in asked.words.lower().split())
