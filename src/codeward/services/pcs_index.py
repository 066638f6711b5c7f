"""ICD-10-PCS index: letters, main terms, one term with all below it, and the terms that lead to a code."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.faults import NotFound
from codeward.core.sources import Source
from codeward.datasets.icd_10_pcs_index import IndexRow
from codeward.services.page import Cell, Line, Section, table
from codeward.services.view import View
from codeward.store.library import Found

INDEX = "icd-10-pcs-index"
SYSTEM = "icd-10-pcs"
_SHOWN = 60
Entry = Found[IndexRow]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the index: how deep it stands, what it says, and the code or beginning that it leads to."""

    text: str
    level: int
    see: str
    use: str
    code: Code | None
    source: Source


@dataclass(frozen=True, slots=True)
class MainTerm:
    """One main term and everything below it, in the order of the index."""

    letter: str
    main: str
    terms: tuple[Term, ...]


def letters(view: View) -> tuple[str, ...]:
    """The letters that have terms on the day; empty when no index speaks for it."""
    rows: list[Entry] = view.find(INDEX, level="0")
    return tuple(sorted({item.row.letter for item in rows}))


def main_terms(view: View, letter: str) -> tuple[Term, ...]:
    """Main terms of a letter in order; NotFound for a letter without any."""
    rows: list[Entry] = view.find(INDEX, letter=letter.upper(), level="0")
    if not rows and view.has(INDEX):
        raise NotFound(f"the index has nothing under {letter!r}")
    return tuple(_term(item) for item in sorted(rows, key=lambda item: item.row.main.casefold()))


def main_term(view: View, main: str) -> MainTerm | None:
    """A main term with everything below it, or None when the index of the day has none of that name."""
    rows: list[Entry] = sorted(view.find(INDEX, main=main), key=lambda item: item.row.place)
    return MainTerm(rows[0].row.letter, main, tuple(_term(item) for item in rows)) if rows else None


def _term(item: Entry) -> Term:
    row = item.row
    return Term(row.term, row.level, row.see, row.use, Code(SYSTEM, row.code) if row.code else None, item.source)


def leading_to(view: View, code: str) -> Section:
    """The index entries that name the code, or the nearest beginning of it that an entry names."""
    title = "How the index leads here"
    if not view.has(INDEX):
        return Section("pcs-index", title, missing=(INDEX,))
    lines: list[Line] = []
    for end in range(len(code), 2, -1):
        entries: list[Entry] = view.find(INDEX, code=code[:end])
        lines += [_line(view, item) for item in entries]
        if end > 3 and len(lines) >= _SHOWN:
            break
    tables = (table("index", "Index entries", ("Term", "Leads to"), lines[:_SHOWN], len(lines)),) if lines else ()
    return Section("pcs-index", title, tables=tables)


def _line(view: View, item: Entry) -> Line:
    row = item.row
    path = " › ".join(_path(view, row))
    words = f"see {row.see}" if row.see else f"use {row.use}" if row.use else ""
    return Line((Cell(path, meaning=words), Cell(row.code, Code(SYSTEM, row.code))), item.source)


def _path(view: View, row: IndexRow) -> list[str]:
    """The terms above it and its own, the untitled ones left out."""
    steps = row.place.split(".") if row.place else []
    above = [".".join(steps[:end]) for end in range(1, len(steps))]
    found: list[Entry] = [item for place in above for item in view.find(INDEX, main=row.main, place=place)]
    names = [row.main, *(item.row.term for item in found), row.term if steps else ""]
    return [name for name in names if name]
