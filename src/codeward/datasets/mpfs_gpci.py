"""Geographic practice cost indices (Addendum E of the physician fee schedule), yearly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import TEXT, WORD, decimal

_INDEX = decimal(3)


@dataclass(frozen=True, slots=True)
class GpciRow:
    """Indices of one locality; the key is contractor and locality together, locality numbers repeat."""

    contractor: str = column(r"Medicare Administrative Contractor.*", kind=WORD, required=True)
    state: str = column("State", kind=WORD, required=True)
    locality: str = column("Locality Number", kind=WORD, required=True)
    name: str = column("Locality Name", kind=TEXT, required=True)
    work: Decimal = column(r"\d{4} PW GPCI \(with 1\.0 Floor\)", r"\d{4} PW GPCI.*", kind=_INDEX, required=True)
    practice_expense: Decimal = column(r"\d{4} PE GPCI.*", kind=_INDEX, required=True)
    malpractice: Decimal = column(r"\d{4} MP GPCI.*", kind=_INDEX, required=True)


MPFS_GPCI = Dataset(
    id="mpfs-gpci",
    title="Geographic practice cost indices",
    row=GpciRow,
    shapes=(
        Shape(r"^GPCI(?P<year>\d{4})\.csv$", "csv", calendar_year),
        Shape(r"^GPCI(?P<year>\d{4})\.xlsx$", "xlsx", calendar_year, rank=1),
    ),
    key=("contractor", "locality"),
    looked_up_by=("contractor",),
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    addresses=(Address("https://www.cms.gov/files/zip/rvu{yy}a.zip", date(2020, 1, 1), seen="2022A, 2025A, 2026A"),),
    links=(
        r"/pfs-relative-value-files/rvu(?P<yy>\d\d)(?P<letter>a)(?:-\d+)?$",
        r"/files/zip/rvu(?P<yy>\d\d)(?P<letter>a)(?:-[^?]*)?\.zip$",
    ),
    invariants=(("work between 0.3 and 3", "a work index is out of bounds (0.3 to 3)"),),
)
