"""What took a code's place: the reference of a HCPCS record, and ICD-10-CM codes before and after it."""

from __future__ import annotations

from codeward.core.codes import Code, procedure
from codeward.datasets.hcpcs import AlphanumericRow
from codeward.services.diagnosis_changes import ADDENDA, CODES, changes, changes_of
from codeward.services.page import Cell, Line, table
from codeward.services.relations.values import OFFICIAL, PROCEDURES, STRUCTURE, Basis
from codeward.services.view import View, when_ended
from codeward.store.library import Found

HCPCS = "hcpcs"
_CROSSED = (
    "CMS's HCPCS file refers from one code to another, mostly from a code that ended to the one to use instead. It "
    "says no reason, and not that both mean the same."
)
_CHANGED = (
    "Read off the codes of two loaded editions, by the likeness named above each list: the publisher's conversion "
    "table is not among the datasets. The addenda, where loaded, are the publisher's own."
)


def crossed_to(view: View, code: Code) -> Basis:
    """The code that a HCPCS record refers to, and those whose records refer to it."""
    title = "Reference in the HCPCS file"
    if not view.library.editions(HCPCS):
        view.missing[HCPCS] = None
        return Basis("crossed-to", title, PROCEDURES, OFFICIAL, _CROSSED, missing=(HCPCS,))
    to: list[Found[AlphanumericRow]] = view.library.history(HCPCS, code=code.value)
    back: list[Found[AlphanumericRow]] = view.library.history(HCPCS, crossed_to=code.value)
    lines = [
        *(_line(view, item, item.row.crossed_to, "refers to it") for item in _last(to) if item.row.crossed_to),
        *(_line(view, item, item.row.code, "its record refers here") for item in _last(back)),
    ]
    shown = table("crossed-to", "Refers to", ("Code", "How", "Until"), lines)
    return Basis("crossed-to", title, PROCEDURES, OFFICIAL, _CROSSED, (shown,) if lines else ())


def _last(rows: list[Found[AlphanumericRow]]) -> list[Found[AlphanumericRow]]:
    """Of each code its newest record."""
    newest = {item.row.code: item for item in rows}
    return list(newest.values())


def _line(view: View, found: Found[AlphanumericRow], value: str, how: str) -> Line:
    view.sources[found.source] = None
    other = procedure(value)
    ended = found.row.terminated.isoformat() if found.row.terminated else when_ended(view, found)
    return Line((Cell(other.shown, other), Cell(how), Cell(ended.removeprefix("on "))), found.source)


def before_and_after(view: View, code: Code) -> Basis:
    """Predecessors and successors of a diagnosis."""
    title = "Predecessors and successors"
    if not view.has(CODES):
        return Basis("changes", title, (CODES,), STRUCTURE, _CHANGED, missing=(CODES,))
    section = changes(view, code.value, changes_of(view, code.value))
    said = tuple(f"{fact.label}: {fact.value}. {fact.meaning}" for fact in section.facts)
    missing = () if view.library.editions(ADDENDA) else (ADDENDA,)
    return Basis("changes", title, (CODES,), STRUCTURE, _CHANGED, section.tables, missing, said)
