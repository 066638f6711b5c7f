"""ICD-10-PCS: codes, the tables that build them, the index and the definitions, by fiscal year.

Codes come from the order file where a release has one (it has the official titles), else from the plain list of codes,
else every code that the rows of the tables allow. Layout of the order file as in icd10pcsOrderFile: columns 7-13 code,
15 flag (0 for a table's header), 17-76 short title, from 78 long title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets import icd_pcs_xml
from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.icd_10_cm import LANDING, numbered_lines
from codeward.datasets.kinds import FLAG, TEXT, WHOLE, WORD


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One seven-character code, or the three-character header of its table."""

    code: str = column(kind=WORD, required=True)
    title: str = column(kind=TEXT, required=True)
    billable: bool = column(kind=FLAG, note="no for a table's header")
    built: bool = column(kind=FLAG, note="built from the tables: the title is put together from their labels")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One value of one axis in one row of a table; row 0 holds the three characters that name the table."""

    table: str = column(kind=WORD, required=True, note="section, body system and operation, such as 0SR")
    row: int = column(kind=WHOLE, required=True)
    position: int = column(kind=WHOLE, required=True, note="1 to 7")
    axis: str = column(kind=TEXT, required=True)
    value: str = column(kind=WORD, required=True)
    label: str = column(kind=TEXT, required=True)
    definition: str = column(kind=TEXT)


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term of the index and what it refers to."""

    number: int = column(kind=WHOLE, required=True, note="in published order")
    letter: str = column(kind=TEXT, required=True)
    main_term: str = column(kind=TEXT, required=True)
    path: str = column(kind=TEXT, required=True)
    level: int = column(kind=WHOLE, required=True, note="0 for a main term")
    words: str = column(kind=TEXT, note="empty where a subterm only refers")
    see: str = column(kind=TEXT)
    use: str = column(kind=TEXT, note="the value of the tables that the term stands for")
    code: str = column(kind=WORD, note="a whole code")
    codes: str = column(kind=WORD, note="the beginning of codes")
    table: str = column(kind=WORD, note="a table")


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """One line about a term of an axis: its definition, explanation, an included term, or a device's parent value."""

    section: str = column(kind=WORD)
    section_name: str = column(kind=TEXT)
    position: int = column(kind=WHOLE, required=True)
    axis: str = column(kind=TEXT, required=True)
    term: str = column(kind=TEXT, required=True)
    kind: str = column(kind=TEXT, required=True, note="definition, explanation, includes, operation, bodySys, parent")
    place: int = column(kind=WHOLE, required=True)
    mark: str = column(kind=WORD)
    text: str = column(kind=TEXT, required=True)


_ORDER, _CODES, _TABLES = "order", "codes", "tables"
_MONTH = r"(?P<month>Jan|Apr|Jul|Oct)[a-z]*[-_](?:\d+[-_])?"
LICENCE = "Public domain (US government work)."
_CMS = "https://www.cms.gov/files/zip/"


def _shapes(kind: str, ending: str, role: str, rank: int = 0) -> tuple[Shape, ...]:
    """File names as CMS has them: `icd10pcs_order_2026.txt`, `icd10pcs-codes-2024.txt`, a month for April editions."""
    return (
        Shape(rf"^icd10pcs[-_]{kind}[-_](?P<year>\d{{4}})\.{ending}$", "own", fiscal_year, role=role, rank=rank),
        Shape(
            rf"^icd10pcs[-_]{kind}[-_]{_MONTH}(?P<year>\d{{4}})\.{ending}$", "own", fiscal_year, role=role, rank=rank
        ),
    )


def _codes(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    if _ORDER in files:
        yield from _from_order(files[_ORDER])
    elif _CODES in files:
        yield from _from_list(files[_CODES])
    else:
        yield from icd_pcs_xml.built_codes(files[_TABLES])


def _from_order(stream: IO[bytes]) -> Iterator[Record]:
    for line, text in numbered_lines(stream):
        code, flag, title = text[6:13].strip(), text[14:15], text[77:].strip() or text[16:77].strip()
        if flag not in ("0", "1") or len(code) != (7 if flag == "1" else 3):
            raise ValueError(f"line {line}: expected a code in columns 7-13 and 0 (header) or 1 in column 15")
        yield line, [code, title, flag, "0"], crc32(text.encode())


def _from_list(stream: IO[bytes]) -> Iterator[Record]:
    for line, text in numbered_lines(stream):
        code, _, title = text.partition(" ")
        if len(code) != 7:
            raise ValueError(f"line {line}: expected a code of seven characters, a blank and its title")
        yield line, [code, title.strip(), "1", "0"], crc32(text.encode())


Reader = Callable[[IO[bytes]], Iterator[Record]]


def _xml(kind: str, title: str, row: type, key: tuple[str, ...], by: tuple[str, ...], read: Reader) -> Dataset:
    return Dataset(
        id=f"icd-10-pcs-{kind}",
        title=title,
        row=row,
        shapes=_shapes(kind, "xml", kind),
        key=key,
        looked_up_by=by,
        records=lambda files: read(files[kind]),
        cadence="icd",
        publisher="CMS",
        licence=LICENCE,
        landing=LANDING,
        addresses=(Address(f"{_CMS}{{fiscal}}-icd-10-pcs-code-tables-and-index.zip", date(2020, 10, 1)),),
        links=(r"/files/zip/\d{4}-icd-10-pcs-code-tables-and-index[^/]*\.zip$",),
    )


ORDER_ADDRESSES = (
    Address(f"{_CMS}{{fiscal}}-icd-10-pcs-order-file-long-and-abbreviated-titles.zip", date(2020, 10, 1)),
)
ORDER_LINKS = (r"/files/zip/\d{4}-icd-10-pcs-order-file[^/]*\.zip$",)

ICD_10_PCS = Dataset(
    id="icd-10-pcs",
    title="ICD-10-PCS codes",
    row=ProcedureRow,
    shapes=(
        *_shapes("order", "txt", _ORDER),
        *_shapes("codes", "txt", _CODES, 1),
        *_shapes("tables", "xml", _TABLES, 2),
    ),
    key=("code",),
    looked_up_by=("code",),
    records=_codes,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ORDER_ADDRESSES,
    links=(*ORDER_LINKS, r"/files/zip/\d{4}-icd-10-pcs-codes-file[^/]*\.zip$"),
    invariants=(("length(code) in (3, 7)", "neither a code of seven characters nor a table of three"),),
)
ICD_10_PCS_TABLES = _xml(
    "tables",
    "ICD-10-PCS tables",
    TableRow,
    ("table", "row", "position", "value"),
    ("table",),
    icd_pcs_xml.table_values,
)
ICD_10_PCS_INDEX = _xml(
    "index",
    "ICD-10-PCS index",
    TermRow,
    ("number",),
    ("letter", "main_term", "code", "codes", "table"),
    icd_pcs_xml.index_terms,
)
ICD_10_PCS_DEFINITIONS = _xml(
    "definitions",
    "ICD-10-PCS definitions",
    DefinitionRow,
    ("section", "position", "axis", "term", "kind", "place"),
    ("section", "term"),
    icd_pcs_xml.definitions,
)
