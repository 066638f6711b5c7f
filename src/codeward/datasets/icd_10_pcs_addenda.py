"""ICD-10-PCS order addenda: what an edition added, deleted and retitled, as its publisher lists it.

The file ends in its own counts, which the rows must meet. Layout: 1-12 action, 14-20 code (three characters for a
table), 22-81 short title, from 83 long title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.icd_10_cm import LANDING
from codeward.datasets.icd_10_cm_addenda import addenda
from codeward.datasets.icd_10_pcs import LICENCE, ORDER_ADDRESSES, ORDER_LINKS
from codeward.datasets.kinds import TEXT, WORD


@dataclass(frozen=True, slots=True)
class ProcedureAddendumRow:
    """One line: a code or header added or deleted, or its titles before or after a revision."""

    code: str = column(kind=WORD, required=True)
    action: str = column(kind=TEXT, required=True, note="add, delete, revise from or revise to")
    title: str = column(kind=TEXT, required=True)
    short_title: str = column(kind=TEXT)


def _cells(action: str, text: str, line: int) -> list[str]:
    code, short, title = text[13:20].strip(), text[21:81].strip(), text[82:].strip()
    if len(code) not in (3, 7) or not title:
        raise ValueError(f"line {line}: expected a code in columns 14-20 and its long title from column 83")
    return [code, action, title, short]


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    return addenda(files[""], _cells)


ICD_10_PCS_ADDENDA = Dataset(
    id="icd-10-pcs-addenda",
    title="ICD-10-PCS addenda",
    row=ProcedureAddendumRow,
    shapes=(Shape(r"^(?:icd10pcs[-_])?order[-_]addenda[-_](?P<year>\d{4})\.txt$", "own", fiscal_year),),
    key=("code", "action"),
    looked_up_by=("code",),
    records=_records,
    cadence="icd",
    counts_vary=True,
    publisher="CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=ORDER_ADDRESSES,
    links=ORDER_LINKS,
)
