"""Crosswalks: ICD-9 and ICD-10 codes that the general equivalence mappings set beside each other.

The mappings ended with fiscal year 2018 and are not dated to a day of service: the last edition loaded answers for
every day, and each ICD-10-CM candidate is looked up in the list of the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from codeward.core.answers import Answer
from codeward.core.codes import Code, plain
from codeward.core.faults import BadInput
from codeward.datasets.gems import NO_TARGET, EquivalenceRow
from codeward.datasets.icd_10_cm import DiagnosisRow
from codeward.services.page import Cell, Line, Section, Table, table
from codeward.services.view import View
from codeward.store.library import Found, Library

GEMS, FORMER, CODES = "gems", "icd-9-cm", "icd-10-cm"
CAUTION = (
    "The mappings ended with fiscal year 2018. They help to find a code and never make one billable: "
    "check the candidate in the list of the day and against the record. "
    "A combination takes one code of every choice list of one scenario, together."
)
BASIS = {
    ("cm", "9-to-10"): ("ICD-9-CM", "ICD-10-CM"),
    ("cm", "10-to-9"): ("ICD-10-CM", "ICD-9-CM"),
    ("pcs", "9-to-10"): ("ICD-9-CM volume 3", "ICD-10-PCS"),
    ("pcs", "10-to-9"): ("ICD-10-PCS", "ICD-9-CM volume 3"),
}
_SHAPE = re.compile(r"[0-9A-Z]{2,7}")
Pair = Found[EquivalenceRow]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What the mappings say of one code as typed, out of it and back to it."""

    text: str
    edition: str
    tables: tuple[Table, ...] = ()
    missing: tuple[str, ...] = field(default=())


def cross_walk(library: Library, text: str, view: View) -> Answer[Crosswalk]:
    """Equivalents of a code in the other system, whichever system it is of; BadInput when it cannot be a code."""
    value = plain(text)
    if not _SHAPE.fullmatch(value):
        raise BadInput(f"{text!r} cannot be an ICD-9 or ICD-10 code: expected two to seven letters and digits")
    frozen = _frozen(view)
    if not frozen.has(GEMS):
        return view.answer(Crosswalk(value, "", (), (GEMS,)))
    edition = frozen.edition(GEMS)
    tables = [*_forward(frozen, view, value), *_back(frozen, view, value)]
    return view.answer(Crosswalk(value, edition.edition if edition else "", tuple(tables)))


def icd_9_equivalents(view: View, code: Code) -> Section:
    """The section of a diagnosis page: its own equivalents, and ICD-9 codes that lead to it."""
    title = "ICD-9-CM equivalents (GEMs)"
    frozen = _frozen(view)
    if not frozen.has(GEMS):
        return Section("icd-9", title, missing=(GEMS,))
    tables = [*_forward(frozen, view, code.value, "10-to-9"), *_back(frozen, view, code.value, "9-to-10")]
    return Section("icd-9", title, tables=tuple(item for item in tables if item.lines))


def procedure_equivalents(view: View, code: Code) -> Section:
    """The same for an ICD-10-PCS procedure, with volume 3 of ICD-9-CM."""
    title = "ICD-9-CM volume 3 equivalents (GEMs)"
    frozen = _frozen(view)
    if not frozen.has(GEMS):
        return Section("icd-9", title, missing=(GEMS,))
    tables = [*_forward(frozen, view, code.value, "10-to-9"), *_back(frozen, view, code.value, "9-to-10")]
    return Section("icd-9", title, tables=tuple(item for item in tables if item.lines))


def _frozen(view: View) -> View:
    """The same question asked on a day that the last loaded edition of the mappings speaks for."""
    editions = view.library.editions(GEMS)
    last = max((item.effective for item in editions), default=view.on)
    return replace(view, on=max(view.on, last))


def _forward(frozen: View, view: View, value: str, direction: str = "") -> list[Table]:
    rows: list[Pair] = [item for item in frozen.find(GEMS, source=value) if direction in ("", item.row.direction)]
    tables = []
    for key, group in _grouped(rows):
        source, target = BASIS[key]
        lines = [_line(frozen, view, item, key, True) for item in group]
        caption = f"{target} for {source} {shown(value, key, False)}"
        tables.append(table(f"gems-{key[0]}-{key[1]}", caption, _HEADS, lines))
    return tables


def _back(frozen: View, view: View, value: str, direction: str = "") -> list[Table]:
    rows: list[Pair] = [item for item in frozen.find(GEMS, target=value) if direction in ("", item.row.direction)]
    tables = []
    for key, group in _grouped(rows):
        source, target = BASIS[key]
        lines = [_line(frozen, view, item, key, False) for item in group]
        caption = f"{source} codes that lead to {target} {shown(value, key, True)}"
        tables.append(table(f"gems-back-{key[0]}-{key[1]}", caption, _HEADS, lines))
    return tables


_HEADS = ("Code", "Title", "How it fits", "On the day")


def _grouped(rows: list[Pair]) -> list[tuple[tuple[str, str], list[Pair]]]:
    rows = sorted(rows, key=_place)
    return [(key, list(group)) for key, group in groupby(rows, key=lambda item: (item.row.system, item.row.direction))]


def _place(found: Pair) -> tuple[object, ...]:
    row = found.row
    return row.system, row.direction, row.scenario, row.choice_list, row.source, row.target


def _line(frozen: View, view: View, found: Pair, key: tuple[str, str], forward: bool) -> Line:
    """One equivalence with the title of the code at its far end and what that code is on the day."""
    value = found.row.target if forward else found.row.source
    if value in NO_TARGET:
        return Line((Cell("none"), Cell(""), Cell(fit_words(found.row)), Cell("")), found.source)
    is_ten = (key[1] == "9-to-10") == forward
    title, use = _titled(view, value, key[0]) if is_ten else (_former_title(frozen, value, key[0]), "")
    code = Code(CODES, value) if is_ten and key[0] == "cm" else None
    cells = (Cell(shown(value, key, forward), code), Cell(title), Cell(fit_words(found.row)), Cell(use))
    return Line(cells, found.source)


def _former_title(frozen: View, value: str, system: str) -> str:
    found = frozen.first(FORMER, code=value, system=system)
    return found.row.title if found else ""


def _titled(view: View, value: str, system: str) -> tuple[str, str]:
    """Title and standing of an ICD-10 candidate on the day; procedures are not looked up."""
    if system != "cm" or not view.has(CODES):
        return "", ""
    now: Found[DiagnosisRow] | None = view.first(CODES, code=value)
    if now is not None:
        return now.row.title, "billable" if now.row.billable else "header, not billable"
    ever: list[Found[DiagnosisRow]] = view.library.history(CODES, code=value)
    return (ever[-1].row.title if ever else ""), "not listed"


def shown(value: str, key: tuple[str, str], target: bool) -> str:
    """A code of a mapping as people write it: with its dot."""
    is_ten = (key[1] == "9-to-10") == target
    if is_ten:
        return Code(CODES, value).shown if key[0] == "cm" else value
    whole = 2 if key[0] == "pcs" else 4 if value.startswith("E") else 3
    return value if len(value) <= whole else f"{value[:whole]}.{value[whole:]}"


def fit_words(row: EquivalenceRow) -> str:
    """The five flags in words (CMS, GEMs documentation)."""
    if row.no_map:
        return "no equivalent in the other system"
    if row.combination:
        return f"combination: scenario {row.scenario}, choice list {row.choice_list}"
    return "approximate: does not mean exactly the same" if row.approximate else "means the same"
