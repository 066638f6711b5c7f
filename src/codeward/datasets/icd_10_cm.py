"""ICD-10-CM: codes, and beside them every note of the tabular list.

Codes come from the order file where a release has one (it decides what is billable), else from the tabular XML with
seventh characters expanded, else from the plain list of billable codes. Source of the rules: ICD-10-CM conventions
in the tabular's own introduction; order file layout icd10OrderFiles (positions 7-13 code, 15 flag, 78 long title).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets import icd_tabular
from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.kinds import FLAG, TEXT, WHOLE, WORD


@dataclass(frozen=True, slots=True)
class DiagnosisRow:
    """One code or header as of an edition; `parent` is the next wider code, empty for a category."""

    code: str = column(kind=WORD, required=True, note="without dot")
    title: str = column(kind=TEXT, required=True)
    billable: bool = column(kind=FLAG)
    parent: str = column(kind=WORD)
    chapter: str = column(kind=TEXT)
    section: str = column(kind=TEXT)
    expanded: bool = column(kind=FLAG, note="built from a seventh character note of the tabular list")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One line of a note, and the chapter, section or code it stands under."""

    owner: str = column(kind=TEXT, required=True, note="code without dot, section such as A00-A09, or chapter number")
    level: str = column(kind=TEXT, required=True, note="chapter, section or code")
    kind: str = column(kind=TEXT, required=True, note="title, includes, excludes1, …, seventh")
    place: int = column(kind=WHOLE, required=True)
    mark: str = column(kind=TEXT, note="the seventh character a line defines")
    text: str = column(kind=TEXT, required=True)


_ORDER, _TABULAR, _CODES = "order", "tabular", "codes"
_MONTH = r"(?P<month>Jan|Apr|Jul|Oct)[a-z]*"
_APRIL = r"/(?P<month>april)-1-(?P<year>\d{4})-code-descriptions[^/]*/(?:.*/)?"
"""The April archive names its files like the October one: only its own name tells them apart."""
SHAPES = (
    Shape(_APRIL + r"icd10cm[-_]order[-_]\d{4}\.txt$", "own", fiscal_year, role=_ORDER),
    Shape(_APRIL + r"icd10cm[-_]codes[-_]\d{4}\.txt$", "own", fiscal_year, role=_CODES, rank=2),
    Shape(rf"^icd10cm[-_]order[-_]{_MONTH}[-_](?P<year>\d{{4}})\.txt$", "own", fiscal_year, role=_ORDER),
    Shape(r"^icd10cm[-_]order[-_](?P<year>\d{4})\.txt$", "own", fiscal_year, role=_ORDER),
    Shape(
        rf"^icd-?10-?cm?[-_]+tabular[-_]+{_MONTH}[-_](?:\d+[-_])?(?P<year>\d{{4}})(?:[-_]XML)?\.xml$",
        "own",
        fiscal_year,
        role=_TABULAR,
        rank=1,
    ),
    Shape(r"^icd-?10-?cm?[-_]+tabular[-_]+(?P<year>\d{4})\.xml$", "own", fiscal_year, role=_TABULAR, rank=1),
    Shape(r"^icd10cm[-_]codes[-_](?P<year>\d{4})\.txt$", "own", fiscal_year, role=_CODES, rank=2),
)
_CMS = "https://www.cms.gov/files/zip/"
_NCHS = "https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM/{fiscal}/"
_TABLES = (
    Address(
        _CMS + "{fiscal}-code-tables-tabular-and-index.zip",
        date(2021, 10, 1),
        part="tables",
        seen="FY2022, FY2024 to FY2026",
    ),
    Address(_CMS + "{fiscal}-code-tables-tabular-index.zip", date(2021, 10, 1), part="tables"),
    Address(_CMS + "april-1-{year}-code-tables-tabular-index.zip", date(2025, 4, 1), part="tables", seen="April 2026"),
    Address(_NCHS + "icd10cm-table%20and%20index-{fiscal}.zip", date(2021, 10, 1), part="tables", seen="FY2026"),
)
_DESCRIPTIONS = (
    Address(
        _CMS + "{fiscal}-code-descriptions-tabular-order.zip",
        date(2020, 10, 1),
        part="descriptions",
        seen="FY2021, FY2023 to FY2027",
    ),
    Address(
        _CMS + "april-1-{year}-code-descriptions-tabular-order.zip",
        date(2025, 4, 1),
        part="descriptions",
        seen="April 2026",
    ),
    Address(_NCHS + "icd10cm-code-descriptions-{fiscal}.zip", date(2021, 10, 1), part="descriptions", seen="FY2027"),
)
_TABLE_LINKS = (r"/files/zip/(?:april-1-)?\d{4}-code-tables-tabular-(?:and-)?index[^?]*\.zip$",)


def _codes(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    if _ORDER in files:
        places = icd_tabular.places(files[_TABULAR]) if _TABULAR in files else {}
        yield from _from_order(files[_ORDER], places)
    elif _TABULAR in files:
        yield from icd_tabular.codes(files[_TABULAR])
    else:
        yield from _from_list(files[_CODES])


def _from_order(stream: IO[bytes], places: Mapping[str, tuple[str, str]]) -> Iterator[Record]:
    headers: set[str] = set()
    for line, text in numbered_lines(stream):
        code, flag, title = text[6:13].strip(), text[14:15], text[77:].strip() or text[16:77].strip()
        if flag not in ("0", "1") or not code:
            raise ValueError(f"line {line}: expected a code in columns 7-13 and 0 or 1 in column 15")
        if flag == "0":
            headers.add(code)
        chapter, section = places.get(code[:3], ("", ""))
        cells = [code, title, flag, _wider(code, headers), chapter, section, "0"]
        yield line, cells, crc32(text.encode())


def _from_list(stream: IO[bytes]) -> Iterator[Record]:
    for line, text in numbered_lines(stream):
        code, _, title = text.partition(" ")
        yield line, [code, title.strip(), "1", "", "", "", "0"], crc32(text.encode())


def numbered_lines(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers; ValueError names the first that is not UTF-8 text."""
    for line, raw in enumerate(stream.read().split(b"\n"), start=1):
        try:
            text = raw.decode("utf-8-sig").rstrip("\r")
        except UnicodeDecodeError as error:
            raise ValueError(f"line {line}: not UTF-8 text ({error.reason})") from None
        if text.strip():
            yield line, text


def _wider(code: str, headers: set[str]) -> str:
    shorter = (code[:end] for end in range(len(code) - 1, 2, -1))
    return next((prefix for prefix in shorter if prefix in headers), "")


def _notes(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    if _TABULAR in files:
        yield from icd_tabular.notes(files[_TABULAR])


LICENCE = "ICD-10 is the WHO's, used under licence; the US modification is by NCHS and CMS and free to use in the US."
LANDING = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"

ICD_10_CM = Dataset(
    id="icd-10-cm",
    title="ICD-10-CM codes",
    row=DiagnosisRow,
    shapes=SHAPES,
    key=("code",),
    looked_up_by=("code", "parent", "section"),
    records=_codes,
    cadence="icd",
    publisher="NCHS and CMS",
    licence=LICENCE,
    landing=LANDING,
    invariants=(("length(code) between 3 and 7", "a code does not have three to seven characters"),),
    addresses=(*_DESCRIPTIONS, *_TABLES),
    links=(r"/files/zip/(?:april-1-)?\d{4}-code-descriptions-tabular-order[^?]*\.zip$", *_TABLE_LINKS),
)

ICD_10_CM_NOTES = Dataset(
    id="icd-10-cm-notes",
    title="ICD-10-CM tabular notes",
    row=NoteRow,
    shapes=tuple(shape for shape in SHAPES if shape.role == _TABULAR),
    key=("owner", "level", "kind", "place"),
    looked_up_by=("owner",),
    records=_notes,
    addresses=_TABLES,
    links=_TABLE_LINKS,
    cadence="icd",
    publisher="NCHS and CMS",
    licence=LICENCE,
    landing=LANDING,
)
