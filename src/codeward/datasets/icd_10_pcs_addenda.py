"""ICD-10-PCS order addenda: what CMS says it added, deleted and revised since the year before.

The counts at the file's end are checked against its lines, and are not rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.icd_10_pcs import ICD_10_PCS
from codeward.datasets.kinds import TEXT, WORD
from codeward.datasets.pcs_editions import LANDING, LICENCE
from codeward.datasets.pcs_xml import BEGINNING

_CHANGES = {"Add:": "add", "Delete:": "delete", "Revise from:": "revise-from", "Revise to:": "revise-to"}
_COUNTED = {"additions": "add", "deletions": "delete", "revisions": "revise-to"}
_CODE = re.compile(BEGINNING)


@dataclass(frozen=True, slots=True)
class AddendaRow:
    """One line of the addenda."""

    change: str = column(kind=TEXT, required=True, note="add, delete, revise-from or revise-to")
    code: str = column(kind=WORD, required=True)
    title: str = column(kind=TEXT, required=True)
    short_title: str = column(kind=TEXT, required=True)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    told, read, size = Counter[tuple[str, str]](), Counter[tuple[str, str]](), ""
    for line, text in enumerate(files[""].read().decode("utf-8-sig").splitlines(), start=1):
        change = _CHANGES.get(text[:13].strip())
        if text.strip() in ("Headers", "Codes"):
            size = text.strip()
        elif size:
            number, _, words = text.strip().partition(" ")
            if words in _COUNTED:
                told[size, _COUNTED[words]] = int(number)
        elif change is not None and _CODE.fullmatch(text[13:20].strip()):
            cells = [change, text[13:20].strip(), text[82:].strip(), text[21:81].strip()]
            read["Codes" if len(cells[1]) == 7 else "Headers", change] += 1
            yield line, cells, crc32(text.encode())
        elif text.strip():
            raise ValueError(f"line {line}: expected Add, Delete, Revise from or Revise to, and a code")
    for key, expected in sorted(told.items()):
        if read[key] != expected:
            raise ValueError(f"{key[0]}: has {read[key]} lines of {key[1]}, the counts at its end say {expected}")


ICD_10_PCS_ADDENDA = Dataset(
    id="icd-10-pcs-addenda",
    title="ICD-10-PCS order addenda",
    row=AddendaRow,
    shapes=(Shape(r"^order_addenda_(?P<year>\d{4})\.txt$", "own", fiscal_year),),
    key=("code", "change"),
    looked_up_by=("code",),
    records=_records,
    cadence="icd",
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ICD_10_PCS.addresses,
    links=(*ICD_10_PCS.links, r"icd-10-pcs-addendum[^\"]*\.zip"),
)
