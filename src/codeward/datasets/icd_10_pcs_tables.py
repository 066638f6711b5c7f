"""ICD-10-PCS tables: every value of every axis of every table row, and the codes that these rows allow.

Source: icd10pcs_tables.xsd. A table is the codes with the same first three characters; all combinations of one
value from each axis of one `pcsRow` are valid codes, and no others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, column
from codeward.datasets.icd_xml import Element, root_of
from codeward.datasets.kinds import TEXT, WHOLE, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE, pcs_shapes
from codeward.datasets.pcs_xml import VALUE, numbered, only, text_of

ROOT = "ICD10PCS.tabular"


@dataclass(frozen=True, slots=True)
class AxisValueRow:
    """One value an axis may take: in the head of a table (row 0, positions 1 to 3) or in one of its rows."""

    table_code: str = column(kind=WORD, required=True, note="the first three characters")
    row: int = column(kind=WHOLE, required=True, note="number of the row within its table; 0 is the table's head")
    position: int = column(kind=WHOLE, required=True, note="which of the seven characters")
    axis: str = column(kind=TEXT, required=True, note="what the position means in this section")
    value: str = column(kind=WORD, required=True, note="the character")
    label: str = column(kind=TEXT, required=True)
    definition: str = column(kind=TEXT, note="of the operation, where the table gives one")
    codes: int = column(kind=WHOLE, note="how many codes the row allows; empty in the head")


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis as it stands: position, title, and value, label and path of each of its labels."""

    position: int
    title: str
    labels: tuple[tuple[str, str, str], ...]
    definition: str


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One table: the path, the three axes of its head, and its rows of four axes with the codes they say they allow."""

    path: str
    head: tuple[_Axis, ...]
    rows: tuple[tuple[str, int, tuple[_Axis, ...]], ...]

    @property
    def code(self) -> str:
        """The three characters all its codes begin with."""
        return "".join(axis.labels[0][0] for axis in self.head)


def published_tables(stream: IO[bytes]) -> Iterator[PublishedTable]:
    """Every table of the file; ValueError at the first that is not as its schema has it."""
    root = root_of(stream, ROOT)
    only(root, f"/{ROOT}", "version", "title", "pcsTable")
    for element, path in numbered(root, "pcsTable", f"/{ROOT}"):
        only(element, path, "axis", "pcsRow")
        head = _axes(element, path, (1, 2, 3))
        if any(len(axis.labels) != 1 for axis in head):
            raise ValueError(f"{path}: expected one value in each of the first three axes")
        yield PublishedTable(path, head, tuple(_rows(element, path)))


def _rows(table: Element, path: str) -> Iterator[tuple[str, int, tuple[_Axis, ...]]]:
    for row, where in numbered(table, "pcsRow", path):
        only(row, where, "axis")
        axes = _axes(row, where, (4, 5, 6, 7))
        allowed = len(list(product(*(axis.labels for axis in axes))))
        if row.get("codes") != str(allowed):
            raise ValueError(f"{where}: its values combine to {allowed} codes, it says {row.get('codes')!r}")
        yield where, allowed, axes


def _axes(parent: Element, path: str, positions: tuple[int, ...]) -> tuple[_Axis, ...]:
    axes = tuple(_axis(element, where) for element, where in numbered(parent, "axis", path))
    if tuple(axis.position for axis in axes) != positions:
        raise ValueError(f"{path}: expected axes {positions}, found {tuple(axis.position for axis in axes)}")
    return axes


def _axis(element: Element, path: str) -> _Axis:
    only(element, path, "title", "label", "definition")
    labels = tuple((label.get("code", ""), text_of(label), where) for label, where in numbered(element, "label", path))
    if element.get("values") != str(len(labels)):
        raise ValueError(f"{path}: has {len(labels)} values, it says {element.get('values')!r}")
    position = element.get("pos", "")
    if not (position.isascii() and position.isdigit()):
        raise ValueError(f"{path}: expected a position from 1 to 7, found {position!r}")
    return _Axis(int(position), text_of(element.find("title")), labels, text_of(element.find("definition")))


def expand(table: PublishedTable) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every code a table allows, with the labels of its last four characters and the path of its row."""
    for path, _, axes in table.rows:
        for chosen in product(*(axis.labels for axis in axes)):
            yield table.code + "".join(value for value, _, _ in chosen), tuple(label for _, label, _ in chosen), path


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for table in published_tables(files[""]):
        for axis in table.head:
            yield from _values(table.code, 0, "", axis)
        for number, (_, allowed, axes) in enumerate(table.rows, start=1):
            for axis in axes:
                yield from _values(table.code, number, str(allowed), axis)


def _values(table: str, row: int, allowed: str, axis: _Axis) -> Iterator[Record]:
    for value, label, path in axis.labels:
        cells = [table, str(row), str(axis.position), axis.title, value, label, axis.definition, allowed]
        yield path, cells, crc32("\x1f".join(cells).encode())


ICD_10_PCS_TABLES = Dataset(
    id="icd-10-pcs-tables",
    title="ICD-10-PCS tables",
    row=AxisValueRow,
    shapes=pcs_shapes("tables", "xml"),
    key=("table_code", "row", "position", "value"),
    looked_up_by=("table_code",),
    records=_records,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=(
        Address("https://www.cms.gov/files/zip/{fiscal}-icd-10-pcs-code-tables-and-index.zip", since=date(2020, 10, 1)),
        Address(
            "https://www.cms.gov/Medicare/Coding/ICD10/Downloads/{fiscal}-ICD-10-PCS-Tables-And-Index.zip",
            until=date(2019, 10, 1),
        ),
    ),
    links=(r"icd-10-pcs-(?:code-)?tables-and-index[^\"]*\.zip",),
    invariants=(
        (f"regexp_full_match(value, '{VALUE}')", "a value is not one character other than I and O"),
        ("length(table_code) = 3", "a table does not have three characters"),
        ("position between 1 and 7", "a position is not from 1 to 7"),
    ),
)
