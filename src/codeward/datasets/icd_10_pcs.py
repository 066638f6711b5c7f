"""ICD-10-PCS: every code and the heads of its tables, with their official titles.

Codes come from the order file where a release has one (it has the headers and both titles), else from the plain
list of codes, else from the tables with every row expanded. Where tables lie beside a list, both must name the same
codes. Order file layout: icd10pcsOrderFile.pdf (positions 7-13 code, 15 flag, 17-76 short title, 78 long title).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fixed
from codeward.datasets.icd_10_cm import numbered_lines
from codeward.datasets.icd_10_pcs_tables import PublishedTable, expand, published_tables
from codeward.datasets.kinds import FLAG, TEXT, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE, pcs_shapes
from codeward.datasets.pcs_xml import BEGINNING, CODE, TABLE

_ORDER, _CODES, _TABLES, _PACKAGE = "order", "codes", "tables", "package"
_CODE, _HEADER = re.compile(CODE), re.compile(TABLE)
PACKAGED = Shape(
    r"/drg-1\.0\.0-[^/]*/drg/data/tuva/icd_10_pcs\.csv$",
    "own",
    fixed("2024-04", date(2024, 4, 1)),
    role=_PACKAGE,
    from_package=True,
)
"""The package gives no edition; its 78,638 codes are those in force from April 1, 2024, to the last one."""


@dataclass(frozen=True, slots=True)
class PcsRow:
    """One code, or the head of a table (three characters), as of an edition."""

    code: str = column(kind=WORD, required=True)
    title: str = column(kind=TEXT, required=True, note="the official long title; see `built`")
    short_title: str = column(kind=TEXT, note="at most 60 characters; only the order file has it")
    billable: bool = column(kind=FLAG, note="valid for submission; no for a table's head")
    built: bool = column(kind=FLAG, note="expanded from the tables: the title is their labels, not the official one")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    if _PACKAGE in files:
        yield from _from_package(files[_PACKAGE])
        return
    if _ORDER not in files and _CODES not in files:
        yield from _from_tables(files[_TABLES])
        return
    listed = _from_order(files[_ORDER]) if _ORDER in files else _from_list(files[_CODES])
    codes: set[str] = set()
    for record in listed:
        if len(record[1][0]) == 7:
            codes.add(record[1][0])
        yield record
    if _TABLES in files:
        _compare(codes, files[_TABLES])


def _compare(listed: set[str], tables: IO[bytes]) -> None:
    """ValueError where the tables of the edition do not allow exactly the codes that its list names."""
    allowed = {code for table in published_tables(tables) for code, _, _ in expand(table)}
    for more, less, words in ((listed, allowed, "the tables do not allow it"), (allowed, listed, "only they have it")):
        odd = sorted(more - less)
        if odd:
            raise ValueError(
                f"{odd[0]}: the tables of this edition differ from its list in {len(odd)} codes ({words}): "
                "one of the two files belongs to another edition"
            )


def _from_order(stream: IO[bytes]) -> Iterator[Record]:
    for line, text in numbered_lines(stream):
        code, flag, title = text[6:13].strip(), text[14:15], text[77:].strip()
        wanted = {"0": _HEADER, "1": _CODE}.get(flag)
        if wanted is None or not wanted.fullmatch(code):
            found = f"found {text[6:15]!r}"
            raise ValueError(f"line {line}: expected a code in columns 7-13 and 0 or 1 in column 15, {found}")
        yield line, [code, title, text[16:76].strip(), flag, "0"], crc32(text.encode())


def _from_list(stream: IO[bytes]) -> Iterator[Record]:
    for line, text in numbered_lines(stream):
        code, title = text[:7], text[7:].strip()
        if not _CODE.fullmatch(code) or text[7:8] != " ":
            raise ValueError(f"line {line}: expected a code of seven characters and its title, found {text[:12]!r}")
        yield line, [code, title, "", "1", "0"], crc32(text.encode())


def _from_package(stream: IO[bytes]) -> Iterator[Record]:
    with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        for line, cells in enumerate(csv.reader(text), start=1):
            if len(cells) != 2 or not _CODE.fullmatch(cells[0]):
                raise ValueError(f"line {line}: expected a code and its title")
            yield line, [*cells, "", "1", "0"], crc32("\x1f".join(cells).encode())


def _from_tables(stream: IO[bytes]) -> Iterator[Record]:
    for table in published_tables(stream):
        head = header_title(table)
        yield table.path, [table.code, head, "", "0", "1"], crc32(head.encode())
        for code, labels, path in expand(table):
            title = f"{head}: {', '.join(labels)}"
            yield f"{path}@{code}", [code, title, "", "1", "1"], crc32(f"{code} {title}".encode())


def header_title(table: PublishedTable) -> str:
    """The title of a table's head as the order file writes it: Medical and Surgical goes without saying."""
    labels = [axis.labels[0][1] for axis in table.head]
    return ", ".join(labels[1:] if table.code.startswith("0") else labels)


ICD_10_PCS = Dataset(
    id="icd-10-pcs",
    title="ICD-10-PCS codes",
    row=PcsRow,
    shapes=(
        *pcs_shapes("order", "txt", role=_ORDER),
        *pcs_shapes("codes", "txt", role=_CODES, rank=1),
        *pcs_shapes("tables", "xml", role=_TABLES, rank=2),
        PACKAGED,
    ),
    key=("code",),
    looked_up_by=("code",),
    records=_records,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=(
        Address(
            "https://www.cms.gov/files/zip/{fiscal}-icd-10-pcs-order-file-long-and-abbreviated-titles.zip",
            since=date(2020, 10, 1),
        ),
        Address(
            "https://www.cms.gov/Medicare/Coding/ICD10/Downloads/{fiscal}-ICD-10-PCS-Order-File.zip",
            until=date(2019, 10, 1),
        ),
    ),
    links=(r"icd-10-pcs-order-file[^\"]*\.zip", r"icd-10-pcs-codes-file[^\"]*\.zip"),
    invariants=(
        (f"regexp_full_match(code, '{BEGINNING}')", "a code has a character that ICD-10-PCS does not use"),
        ("billable = (length(code) = 7)", "a code has seven characters, the head of a table three"),
        ("billable or length(code) = 3", "the head of a table does not have three characters"),
    ),
)
