"""Counties of each payment locality (LOCCO), yearly.

A state's name stands on its first row only and is carried down; rows in between are blank. Names are spelt as CMS
spells them, slips included (`ORAGNGE CNTY`). Missouri's rest of state is published twice word for word, once for each
carrier that used to serve it, and counts once as every repeated row does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeward.datasets.addresses import Address
from codeward.datasets.carriers import CONTRACTOR, LOCALITY
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import TEXT

_STATE = 2


@dataclass(frozen=True, slots=True)
class CountiesRow:
    """One locality: its state, its name and the counties it is made of, in CMS's words."""

    contractor: str = column(r"Medicare Admini?strative Contractor.*", kind=CONTRACTOR, required=True)
    locality: str = column("Locality Number", kind=LOCALITY, required=True)
    state: str = column("State", kind=TEXT, required=True, note="carried down from the state's first row")
    area: str = column("Fee Schedule Area", kind=TEXT, required=True)
    counties: str = column("Counties", kind=TEXT, required=True)


def _carry_state(records: Iterator[Record]) -> Iterator[Record]:
    state = ""
    for line, cells, check in records:
        state = cells[_STATE].strip() or state
        yield line, [*cells[:_STATE], state, *cells[_STATE + 1 :]], check


COUNTY_LOCALITY = Dataset(
    id="county-locality",
    title="Counties of each payment locality",
    row=CountiesRow,
    shapes=(
        Shape(r"^(?P<year>\d\d)LOCCO\.csv$", "csv", calendar_year, encoding="cp1252"),
        Shape(r"^(?P<year>\d\d)LOCCO\.xlsx$", "xlsx", calendar_year, rank=1),
    ),
    key=("contractor", "locality"),
    looked_up_by=("contractor",),
    arrange=_carry_state,
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    addresses=(Address("https://www.cms.gov/files/zip/rvu{yy}{letter}.zip"),),
    links=(
        r"/pfs-relative-value-files/rvu(?P<yy>\d\d)(?P<letter>a)(?:-\d+)?$",
        r"/files/zip/rvu(?P<yy>\d\d)(?P<letter>a)(?:-[^?]*)?\.zip$",
    ),
)
