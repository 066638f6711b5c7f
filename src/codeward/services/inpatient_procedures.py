"""Inpatient procedure pages: ICD-10-PCS codes character by character, with their table, definitions and editions."""

from __future__ import annotations

from itertools import groupby

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.days import day_before
from codeward.datasets.icd_10_pcs import DefinitionRow, ProcedureRow, TermRow
from codeward.services.page import Cell, CodePage, Line, Section, Sentence, Table, table
from codeward.services.procedure_tables import TABLES, ProcedureTable, Row, Value, label_of, procedure_table
from codeward.services.view import View, when_ended
from codeward.store.library import Found

CODES, INDEX, DEFINITIONS = "icd-10-pcs", "icd-10-pcs-index", "icd-10-pcs-definitions"
_SHOWN = 40
_INCLUDED = 12
_KINDS = {"definition": "Definition", "explanation": "Explanation", "includes": "Includes"}

Entry = Found[ProcedureRow]


def inpatient_page(view: View, code: Code) -> CodePage | None:
    """The page of one ICD-10-PCS code, or None when no loaded edition ever had it.

    Raises NotLoaded when editions are loaded and none speaks for the day.
    """
    view.require((CODES,), code)
    found: Entry | None = view.first(CODES, code=code.value)
    status = "active"
    if found is None:
        ever: list[Entry] = view.library.history(CODES, code=code.value)
        if not ever:
            return None
        found = ever[-1] if ever[-1].last_day < view.on else ever[0]
        status = "deleted" if found.last_day < view.on else "future"
    built = procedure_table(view, code.value[:3], code.value[3:])
    row = _row_of(built, code.value)
    sections = (
        _status(view, found, status),
        _characters(view, built, row, code.value),
        _definitions(view, built, row, code.value),
        _beside(view, row, code.value),
        _index(view, code.value),
        _history(view, code.value),
    )
    source = found.source
    return CodePage(code, found.row.title, source, status, status == "active", _words(view, found, status), sections)


def _row_of(built: ProcedureTable | None, code: str) -> Row | None:
    return next((row for row in built.rows if row.allows(code[3:])), None) if built else None


def _status(view: View, found: Entry, status: str) -> Section:
    source = found.source
    first, last = _run(view, found)
    facts = [
        Fact("status", status, source, "Status on the day"),
        Fact("billable", status == "active", source, "Valid for inpatient procedures"),
        Fact("first_day", first.first_day.isoformat(), first.source, "In the loaded editions since"),
    ]
    if last.last_day.year != 9999:
        facts.append(Fact("last_day", view.last_day_text(last), last.source, "Until"))
    if found.row.built:
        words = "Allowed by the tables; no code list of this edition is loaded, so its title is put together."
        facts.append(Fact("built", True, source, "Built code", words))
    return Section("status", "Status and dates", tuple(facts))


def _run(view: View, found: Entry) -> tuple[Entry, Entry]:
    """The first and last row of the unbroken run of editions that list the code, under whatever title."""
    rows: list[Entry] = view.library.history(CODES, code=found.row.code)
    at = next(place for place, item in enumerate(rows) if item.first_day == found.first_day)
    first = last = at
    while first > 0 and day_before(rows[first].first_day) == rows[first - 1].last_day:
        first -= 1
    while last + 1 < len(rows) and day_before(rows[last + 1].first_day) == rows[last].last_day:
        last += 1
    return rows[first], rows[last]


def _values(built: ProcedureTable, row: Row, code: str) -> list[Value]:
    """The seven values that the code is made of."""
    axes = [label_of(axis.values, mark) for axis, mark in zip(row.axes, code[3:], strict=True)]
    return [*built.heads, *(value for value in axes if value is not None)]


def _characters(view: View, built: ProcedureTable | None, row: Row | None, code: str) -> Section:
    title = "Character by character"
    if built is None or row is None:
        return Section("characters", title, missing=() if view.has(TABLES) else (TABLES,))
    lines = [
        Line((Cell(item.row.value), Cell(item.row.axis), Cell(item.row.label), Cell(item.row.definition)), item.source)
        for item in _values(built, row, code)
    ]
    heads = ("Character", "Axis", "Value", "Definition")
    return Section("characters", title, tables=(table("characters", f"Table {code[:3]}", heads, lines),))


def _definitions(view: View, built: ProcedureTable | None, row: Row | None, code: str) -> Section:
    title = "What the terms mean"
    if not view.has(DEFINITIONS):
        return Section("definitions", title, missing=(DEFINITIONS,))
    values = _values(built, row, code)[2:] if built and row else []
    lines = [line for item in values for line in _about(view, code[0], item)]
    heads = ("Term", "", "Text")
    tables = (table("definitions", "From the definitions file", heads, lines),) if lines else ()
    return Section("definitions", title, tables=tables)


def _about(view: View, section: str, item: Value) -> list[Line]:
    """One line a kind of text, what a value includes in one; the definitions page has each with its own source."""
    rows: list[Found[DefinitionRow]] = view.find(DEFINITIONS, section=section, term=item.row.label)
    found = []
    for kind, name in _KINDS.items():
        texts = [line for line in rows if line.row.position == item.row.position and line.row.kind == kind]
        if texts:
            more = f"; and {len(texts) - _INCLUDED} more" if len(texts) > _INCLUDED else ""
            text = "; ".join(line.row.text for line in texts[:_INCLUDED]) + more
            found.append(Line((Cell(item.row.label), Cell(name), Cell(text)), texts[0].source))
    return found


def _beside(view: View, row: Row | None, code: str) -> Section:
    """Codes of the same row that differ in one character."""
    title = "Other values of the same row"
    if row is None:
        return Section("beside", title, missing=() if view.has(TABLES) else (TABLES,))
    lines = []
    for at, axis in enumerate(row.axes, start=3):
        for item in axis.values:
            if item.row.value != code[at]:
                other = code[:at] + item.row.value + code[at + 1 :]
                linked = Cell(other, Code(CODES, other))
                lines.append(Line((Cell(axis.name), Cell(item.row.label), linked), item.source))
    heads = ("Axis", "Value", "Code")
    tables = (table("beside", "One character away", heads, lines[:_SHOWN], len(lines)),) if lines else ()
    return Section("beside", title, tables=tables)


def _index(view: View, code: str) -> Section:
    """Terms that lead to the code, to the beginning of it, or to its table; the nearest first."""
    title = "Index entries that lead here"
    if not view.has(INDEX):
        return Section("procedure-index", title, missing=(INDEX,))
    rows: list[Found[TermRow]] = view.find(INDEX, code=code)
    for end in (6, 5, 4, 3):
        rows += view.find(INDEX, codes=code[:end])
    rows += view.find(INDEX, table=code[:3])
    lines = [_term(item) for item in {item.source: item for item in rows}.values()]
    heads = ("Term", "Leads to")
    tables = (table("index", "From the index", heads, lines[:_SHOWN], len(lines)),) if lines else ()
    return Section("procedure-index", title, tables=tables)


def _term(found: Found[TermRow]) -> Line:
    row = found.row
    see = f" (see {row.see})" if row.see else ""
    return Line((Cell(row.path + see), Cell(row.code or row.codes or row.table)), found.source)


def _history(view: View, code: str) -> Section:
    """One line a form; a title put together from labels is no form of its own."""
    rows: list[Entry] = view.library.history(CODES, code=code)
    titles = {item.row.title for item in rows if not item.row.built}
    runs = [list(run) for _, run in groupby(rows, key=lambda item: None if item.row.built else item.row.title)]
    lines = [_form(view, run) for run in runs]
    heads = ("From", "To", "Title")
    shown = len(lines) > 1 and (len(titles) > 1 or len(rows) > 1)
    tables: tuple[Table, ...] = (table("history", "As the loaded editions have it", heads, lines),) if shown else ()
    return Section("history", "Through the editions", tables=tables)


def _form(view: View, run: list[Entry]) -> Line:
    first, last = run[0], run[-1]
    cells = (Cell(first.first_day.isoformat()), Cell(view.last_day_text(last)), Cell(last.row.title))
    return Line(cells, last.source)


def _words(view: View, found: Entry, status: str) -> tuple[Sentence, ...]:
    name = found.row.code
    if status == "deleted":
        text = f"{name} was last listed {when_ended(view, found)}; it cannot be used for a discharge after that."
    elif status == "future":
        text = f"{name} first stands in the edition in force from {found.first_day}."
    else:
        text = f"{name} is valid for a hospital inpatient discharged on {view.on}; other claims do not take it."
    return (Sentence(text, (found.source,)),)
