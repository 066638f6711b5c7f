"""OPPS Addendum D1: what each payment status indicator means in CMS's words, yearly with the final rule.

One indicator takes several lines, which stay lines here: each belongs to the indicator last named and is numbered
under it. The note at the foot belongs to none and stands under `*`. Bullets and curly quotes were lost on the way
into the published text file and read `?`; they are kept as they stand.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import TEXT, WHOLE, WORD

_HEADS = ["STATUS INDICATOR", "ITEM/CODE/SERVICE", "OPPS PAYMENT STATUS"]
_NOTE = "*"
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class StatusMeaningRow:
    """One line of an indicator's meaning: what it is for, and how it is paid."""

    indicator: str = column("Status Indicator", kind=WORD, required=True, note="carried down; * for the note")
    place: int = column(kind=WHOLE, required=True, note="its line under the indicator, from 1")
    item: str = column("Item/Code/Service", kind=TEXT)
    payment: str = column("OPPS Payment Status", kind=TEXT)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(files[""].read().decode("cp437"), newline=""), delimiter="\t")
    indicator, place, begun = "", 0, False
    for cells in reader:
        line, texts = reader.line_num, [" ".join(cell.split()) for cell in cells]
        if not begun:
            begun = [text.upper() for text in texts[:3]] == _HEADS
            if not begun and line > _HEADER_WITHIN:
                break
            continue
        if not any(texts):
            continue
        if len(texts) != len(_HEADS):
            raise ValueError(f"line {line}: expected 3 columns, found {len(texts)}")
        named = texts[0] or (_NOTE if texts[1].startswith(_NOTE) else "")
        indicator, place = (named, 1) if named else (indicator, place + 1)
        yield line, [indicator, str(place), texts[1], texts[2]], crc32("\x1f".join(cells).encode())
    if not begun:
        raise ValueError(f"no header row with 'Status Indicator' in the first {_HEADER_WITHIN} lines")


OPPS_ADDENDUM_D1 = Dataset(
    id="opps-addendum-d1",
    title="OPPS Addendum D1: payment status indicators",
    row=StatusMeaningRow,
    shapes=(
        Shape(r"(?P<year>\d{4})[ _-]*(?:NFRM|CFRM)?[ _-]*(?:OPPS[ _-]*)?Addendum[ _-]*D1(?![A-Za-z0-9]).*\.txt$", "own",
              calendar_year, encoding="cp437"),
    ),
    key=("indicator", "place"),
    looked_up_by=("indicator",),
    records=_records,
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient-pps",
    addresses=(Address("https://www.cms.gov/files/zip/{year}-nfrm-opps-addenda.zip"),),
    links=(r"/files/zip/\d{4}-[cn]frm-[^\"'\s]*addenda[^\"'\s]*\.zip",),
)  # fmt: skip
