"""ICD-10-PCS tables: the table of three characters, and a code built by choosing one value after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from codeward.core.sources import Source
from codeward.datasets.icd_10_pcs import TableRow
from codeward.services.view import View
from codeward.store.library import Found

TABLES = "icd-10-pcs-tables"
UNSET = "-"
PLACES = (4, 5, 6, 7)

Value = Found[TableRow]


@dataclass(frozen=True, slots=True)
class Axis:
    """The values one place may take: in a row, or in all rows that still fit what was chosen."""

    position: int
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: any value of each axis goes with any value of the others."""

    number: int
    axes: tuple[Axis, ...]

    def allows(self, chosen: str) -> bool:
        """Whether the four characters chosen so far, `-` where none is, lie in the row."""
        marks = zip(self.axes, chosen, strict=True)
        return all(mark == UNSET or mark in (item.row.value for item in axis.values) for axis, mark in marks)

    @property
    def codes(self) -> int:
        """How many codes the row allows."""
        total = 1
        for axis in self.axes:
            total *= len(axis.values)
        return total


@dataclass(frozen=True, slots=True)
class ProcedureTable:
    """A table: the values that name it, its rows, what was chosen, and what may still be chosen for each place."""

    name: str
    heads: tuple[Value, ...]
    rows: tuple[Row, ...]
    chosen: str
    axes: tuple[Axis, ...]

    @property
    def fitting(self) -> tuple[Row, ...]:
        """The rows that still fit."""
        return tuple(row for row in self.rows if row.allows(self.chosen))

    @property
    def code(self) -> str:
        """The code, once every place is chosen and a row allows it."""
        return self.name + self.chosen if UNSET not in self.chosen and self.fitting else ""

    def with_choice(self, position: int, mark: str) -> str:
        """What is chosen once this place takes this value; the same value again takes it back."""
        at = position - PLACES[0]
        mark = UNSET if self.chosen[at] == mark else mark
        return self.chosen[:at] + mark + self.chosen[at + 1 :]


def procedure_table(view: View, name: str, chosen: str = "") -> ProcedureTable | None:
    """The table on the day, or None when the edition has none of that name; choices that fit no row are dropped."""
    values: list[Value] = view.find(TABLES, table=name)
    if not values:
        return None
    ordered = sorted(values, key=lambda item: (item.row.row, item.row.position))
    by_row = {number: _axes(group) for number, group in groupby(ordered, key=lambda item: item.row.row)}
    heads = tuple(item for axis in by_row.pop(0, ()) for item in axis.values)
    rows = tuple(Row(number, axes) for number, axes in by_row.items())
    kept = _kept(rows, chosen)
    return ProcedureTable(name, heads, rows, kept, _choices(rows, kept))


def _axes(values: Iterable[Value]) -> tuple[Axis, ...]:
    groups = groupby(values, key=lambda item: (item.row.position, item.row.axis))
    return tuple(Axis(position, name, tuple(group)) for (position, name), group in groups)


def _kept(rows: tuple[Row, ...], chosen: str) -> str:
    """The choices, place by place, as long as some row allows them together."""
    kept = UNSET * len(PLACES)
    for at, mark in enumerate(chosen[: len(PLACES)].upper()):
        tried = kept[:at] + mark + kept[at + 1 :]
        if any(row.allows(tried) for row in rows):
            kept = tried
    return kept


def _choices(rows: tuple[Row, ...], chosen: str) -> tuple[Axis, ...]:
    """For each place the values of every row that fits the other places."""
    found = []
    for at, position in enumerate(PLACES):
        others = chosen[:at] + UNSET + chosen[at + 1 :]
        axes = [row.axes[at] for row in rows if row.allows(others)]
        values = {item.row.value: item for axis in axes for item in axis.values}
        names = dict.fromkeys(axis.name for axis in axes)
        found.append(Axis(position, " or ".join(names), tuple(values[mark] for mark in sorted(values))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Branch:
    """One value of the first three places, and what stands below it."""

    mark: str
    label: str
    definition: str
    below: int
    source: Source


def branches(view: View, beginning: str) -> list[Branch]:
    """Sections, body systems of a section, or the operations of a body system, in order."""
    heads: list[Value] = view.find(TABLES, row="0")
    at = len(beginning) + 1
    inside = [item for item in heads if item.row.table.startswith(beginning)]
    tables = sorted({item.row.table for item in inside})
    firsts = {item.row.table[:at]: item for item in reversed(inside) if item.row.position == at}
    return [
        Branch(
            mark,
            item.row.label,
            item.row.definition,
            sum(table.startswith(mark) for table in tables),
            item.source,
        )
        for mark, item in sorted(firsts.items())
    ]


def trail(view: View, beginning: str) -> list[tuple[str, str]]:
    """The characters so far and their labels."""
    heads: list[Value] = view.find(TABLES, row="0")
    inside = [item for item in heads if item.row.table.startswith(beginning)]
    labels = {item.row.position: item.row.label for item in inside if item.row.position <= len(beginning)}
    return [(beginning[:position], labels[position]) for position in sorted(labels)]


def label_of(values: Iterable[Value], mark: str) -> Value | None:
    """The value with this character."""
    return next((item for item in values if item.row.value == mark), None)
