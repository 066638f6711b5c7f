"""The characters of an ICD-10-PCS code: what each means, the table row that allows them, and the codes beside it."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.services.page import Cell, Line, Section, table
from codeward.services.pcs_tables import (
    DEFINITIONS,
    SYSTEM,
    Axis,
    CodeTable,
    TableRow,
    Value,
    definition,
    head_facts,
)
from codeward.services.view import View
from codeward.store.code_tables import TABLES


def characters_section(view: View, code: str, found: CodeTable | None) -> Section:
    """Each character with its meaning, of the row that allows the code, else of any row of its table."""
    title = "Character by character"
    if found is None:
        return Section("characters", title, missing=unloaded_tables(view))
    lines = [_character(view, code, axis) for axis in _axes_for(found, code)]
    missing = () if view.has(DEFINITIONS) else (DEFINITIONS,)
    heads = ("Character", "Axis", "Meaning", "Definition")
    return Section("characters", title, tables=(table("characters", "Characters", heads, lines),), missing=missing)


def unloaded_tables(view: View) -> tuple[str, ...]:
    """The tables, when none are loaded for the day."""
    return () if view.has(TABLES) else (TABLES,)


def _axes_for(found: CodeTable, code: str) -> list[Axis]:
    row = found.row_of(code)
    if row is not None:
        return [*found.head, *row.axes]
    rows = found.rows_of(code) or found.rows
    return [*found.head, *(_merged(rows, place) for place in range(len(code) - len(found.head)))]


def _merged(rows: tuple[TableRow, ...], place: int) -> Axis:
    """What the rows together allow in one place."""
    values = {value.character: value for row in rows for value in row.axes[place].values}
    first = rows[0].axes[place]
    return Axis(first.position, first.title, tuple(values.values()))


def _character(view: View, code: str, axis: Axis) -> Line:
    character = code[axis.position - 1]
    value = axis.value(character)
    if value is None:
        unknown = Cell("not in this table of the edition loaded")
        return Line((Cell(character), Cell(axis.title), unknown, Cell("")), None)
    view.sources[value.source] = None
    known = definition(view, code[0], axis.position, value.label)
    if known is None:
        return Line((Cell(character), Cell(axis.title), Cell(value.label), Cell(axis.definition)), value.source)
    said = ". ".join(text for text in (known.row.definition, known.row.explanation) if text)
    includes = known.row.includes.replace("\n", "; ")
    cell = Cell(said, meaning=f"Includes: {includes}" if includes else "")
    return Line((Cell(character), Cell(axis.title), Cell(value.label), cell), known.source)


def siblings_section(view: View, code: str, found: CodeTable | None) -> Section:
    """The table row that allows the code, and the codes of that row that differ from it in one character."""
    title = "Table and siblings"
    if found is None:
        return Section("table", title, missing=unloaded_tables(view))
    row = found.row_of(code)
    facts = (*head_facts(found), Fact("table_codes", found.codes, None, "Codes in the table", "all its rows together"))
    if row is None:
        absent = Fact("row", None, found.head[0].values[0].source, "Row of the table", "none of this edition allows it")
        return Section("table", title, (*facts, absent))
    number = Fact("row", row.number, row.axes[0].values[0].source, "Row of the table", f"it allows {row.codes} codes")
    lines = [_sibling(code, axis, value) for axis in row.axes for value in axis.values]
    caption = "The row that allows it: any value of each axis with any of the others"
    heads = ("Axis", "Character", "Meaning", "Code with it")
    return Section("table", title, (*facts, number), (table("siblings", caption, heads, lines),))


def _sibling(code: str, axis: Axis, value: Value) -> Line:
    other = code[: axis.position - 1] + value.character + code[axis.position :]
    linked = Cell("this code") if other == code else Cell(other, Code(SYSTEM, other))
    return Line((Cell(axis.title), Cell(value.character), Cell(value.label), linked), value.source)


def rows_section(view: View, found: CodeTable | None, rows: tuple[TableRow, ...]) -> Section:
    """Rows of a table as it is published: one value from each column of one row makes a code."""
    title = "Rows of the table"
    if found is None:
        return Section("table", title, missing=unloaded_tables(view))
    heads = ("Row", *(axis.title for axis in found.rows[0].axes), "Codes")
    caption = f"Table {found.code}: one value from each column of one row"
    return Section("table", title, head_facts(found), (table("rows", caption, heads, [_row(row) for row in rows]),))


def _row(row: TableRow) -> Line:
    axes = (Cell("; ".join(f"{value.character} {value.label}" for value in axis.values)) for axis in row.axes)
    return Line((Cell(str(row.number)), *axes, Cell(str(row.codes))), row.axes[0].values[0].source)
