"""ICD-10-PCS tables: one table with its rows, the way down to it, and a code built by choosing value by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import prod

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.icd_10_pcs_definitions import DefinitionRow
from codeward.datasets.icd_10_pcs_tables import AxisValueRow
from codeward.services.view import View
from codeward.store.code_tables import TABLES, Branch, branches
from codeward.store.library import Found

DEFINITIONS = "icd-10-pcs-definitions"
SYSTEM = "icd-10-pcs"
HEAD, BODY = (1, 2, 3), (4, 5, 6, 7)
Entry = Found[AxisValueRow]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an axis: the character, its label, and the line it was read from."""

    character: str
    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the seven positions: what it means here, and the values that may stand there."""

    position: int
    title: str
    values: tuple[Value, ...]
    definition: str = ""

    def value(self, character: str) -> Value | None:
        """The value with that character, if it may stand there."""
        return next((value for value in self.values if value.character == character), None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: every combination of one value from each of its four axes is a code."""

    number: int
    axes: tuple[Axis, ...]

    @property
    def codes(self) -> int:
        """How many codes the row allows."""
        return prod(len(axis.values) for axis in self.axes)

    def allows(self, chosen: Mapping[int, str]) -> bool:
        """Whether the row has every chosen value in its place."""
        return all(axis.position not in chosen or axis.value(chosen[axis.position]) for axis in self.axes)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """All codes with the same first three characters."""

    code: str
    head: tuple[Axis, ...]
    rows: tuple[TableRow, ...]

    @property
    def title(self) -> str:
        """The three labels of its head; Medical and Surgical goes without saying, as in the order file."""
        labels = [axis.values[0].label for axis in self.head]
        return ", ".join(labels[1:] if self.code.startswith("0") else labels)

    @property
    def codes(self) -> int:
        """How many codes the table allows; no code stands in two rows."""
        return sum(row.codes for row in self.rows)

    def row_of(self, code: str) -> TableRow | None:
        """The row that allows the code."""
        return next(iter(self.rows_of(code)), None) if len(code) == 7 else None

    def rows_of(self, beginning: str) -> tuple[TableRow, ...]:
        """The rows that allow codes with this beginning."""
        return tuple(row for row in self.rows if row.allows(chosen_in(beginning)))


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be chosen; `chosen` when it is, `only` when nothing else is left."""

    value: Value
    chosen: bool
    only: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One axis in the making of a code: the values that the other choices leave."""

    position: int
    title: str
    options: tuple[Option, ...]
    left_out: int

    @property
    def settled(self) -> Value | None:
        """The value that is chosen, or the only one left."""
        return next((option.value for option in self.options if option.chosen or option.only), None)


@dataclass(frozen=True, slots=True)
class Building:
    """A code in the making: the choices so far, what each axis still allows, and the code when it is complete."""

    table: CodeTable
    chosen: dict[int, str]
    choices: tuple[Choice, ...]
    rows: tuple[TableRow, ...]
    refused: tuple[str, ...] = field(default=())

    @property
    def codes(self) -> int:
        """How many codes the choices leave."""
        return sum(
            prod(1 if axis.position in self.chosen else len(axis.values) for axis in row.axes) for row in self.rows
        )

    @property
    def beginning(self) -> str:
        """The characters settled so far, a dot for each that is open."""
        settled = [choice.settled for choice in self.choices]
        return self.table.code + "".join(value.character if value else "·" for value in settled)

    @property
    def code(self) -> Code | None:
        """The code, when every axis is settled."""
        return None if "·" in self.beginning else Code(SYSTEM, self.beginning)


def chosen_in(beginning: str) -> dict[int, str]:
    """The characters of a code behind its table, by position."""
    return {position: character for position, character in enumerate(beginning, start=1) if position > len(HEAD)}


def code_table(view: View, code: str) -> CodeTable | None:
    """The table of the first three characters of `code`, or None when no table of the day has them."""
    release = view.edition(TABLES)
    entries: list[Entry] = view.library.find(TABLES, release, view.on, table_code=code[:3]) if release else []
    by_row = {number: list(group) for number, group in groupby(entries, key=lambda item: item.row.row)}
    head = by_row.pop(0, [])
    if not head:
        return None
    for item in head:  # the rows are cited where they are shown: a table has hundreds of values
        view.sources[item.source] = None
    rows = tuple(TableRow(number, _axes(group)) for number, group in sorted(by_row.items()))
    return CodeTable(code[:3], _axes(head), rows)


def _axes(entries: list[Entry]) -> tuple[Axis, ...]:
    return tuple(_axis(list(group)) for _, group in groupby(entries, key=lambda item: item.row.position))


def _axis(entries: list[Entry]) -> Axis:
    first = entries[0].row
    values = tuple(Value(item.row.value, item.row.label, item.source) for item in entries)
    return Axis(first.position, first.axis, values, first.definition)


def below(view: View, beginning: str) -> list[Branch]:
    """Sections, the body systems of a section, or the operations of a body system, as the day's tables have them."""
    release = view.edition(TABLES)
    found = branches(view.library, release, beginning) if release else []
    for branch in found:
        view.sources[branch.found.source] = None
    return found


def build(table: CodeTable, asked: Mapping[int, str]) -> Building:
    """The code in the making; a choice that no row allows beside the earlier ones is refused and named."""
    chosen: dict[int, str] = {}
    refused = []
    for position in BODY:
        character = asked.get(position, "")
        if character and any(row.allows(chosen | {position: character}) for row in table.rows):
            chosen[position] = character
        elif character:
            refused.append(f"character {position}: {character}")
    rows = tuple(row for row in table.rows if row.allows(chosen))
    choices = tuple(_choice(table, chosen, position) for position in BODY)
    return Building(table, chosen, choices, rows, tuple(refused))


def _choice(table: CodeTable, chosen: dict[int, str], position: int) -> Choice:
    """What the other choices leave of one axis; a value that is chosen stays in the list beside what may replace it."""
    others = {place: character for place, character in chosen.items() if place != position}
    left = _values([row for row in table.rows if row.allows(others)], position)
    every = _values(list(table.rows), position)
    title = next(axis.title for axis in table.rows[0].axes if axis.position == position)
    options = tuple(Option(value, chosen.get(position) == key, len(left) == 1) for key, value in sorted(left.items()))
    return Choice(position, title, options, len(every) - len(left))


def _values(rows: list[TableRow], position: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for row in rows:
        for value in next(axis.values for axis in row.axes if axis.position == position):
            found.setdefault(value.character, value)
    return found


def definition(view: View, section: str, position: int, label: str) -> Found[DefinitionRow] | None:
    """What the definitions say of a value's label in a section, if they name it."""
    return view.first(DEFINITIONS, section=section, position=str(position), term=label)


def head_facts(table: CodeTable) -> tuple[Fact, ...]:
    """Section, body system and operation of a table."""
    return tuple(
        Fact(
            f"character_{axis.position}",
            axis.values[0].character,
            axis.values[0].source,
            axis.title,
            axis.values[0].label + (f". {axis.definition}" if axis.definition else ""),
        )
        for axis in table.head
    )
