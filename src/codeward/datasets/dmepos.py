"""DMEPOS fee schedule (equipment, prosthetics, orthotics, supplies) and the rural ZIP codes it uses, quarterly.

The published file is wide: after ceiling and floor, every state has one column for non-rural and one for rural places.
It stays wide, so that a row here is a row there; the columns are generated from the list of areas. A fee of zero means
that none of that kind is set: no rural fee apart from the other, or pricing by the contractor. The year stands in the
file's name or in that of the zip around it (`dme25-a.zip`). Parenteral and enteral nutrition (DMEPEN) and the former
competitive bidding areas are other files and are not read.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.carriers import ZIP
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import month_of_year, year_and_quarter
from codeward.datasets.kinds import CODE, TEXT, WORD, decimal

AREAS = (
    "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "IA", "ID", "IL", "IN", "KS", "KY", "LA",
    "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH",
    "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY", "AK", "HI",
    "PR", "VI",
)  # fmt: skip
"""States and territories in the order of their columns; the last four lie outside the continent."""
PLACES = (("nr", "NR", "non-rural"), ("r", "R", "rural"))
_FEE = decimal(2)
_LINKS = (r"/files/zip/dme\d\d-[a-d][^\"'\s]*\.zip",)
_ADDRESSES = (Address("https://www.cms.gov/files/zip/dme{yy}-{letter}.zip"),)
_LANDING = "https://www.cms.gov/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule"
_MONTH = r"(?P<month>JAN|APR|JUL|OCT)[a-z]*"

_FEES = [
    (f"{area.lower()}_{place}", Decimal, column(rf"{area} \({mark}\)", kind=_FEE, note=f"{area}, {words}"))
    for area in AREAS
    for place, mark, words in PLACES
]

EquipmentRow = make_dataclass(
    "EquipmentRow",
    [
        ("code", str, column("HCPCS", kind=CODE, required=True)),
        ("modifier", str, column("Mod", kind=WORD, note="NU new, RR rental, UE used and others")),
        ("modifier2", str, column("Mod2", kind=WORD)),
        ("jurisdiction", str, column("JURIS", kind=WORD, note="D DME contractor, L local contractor, J joint")),
        ("category", str, column("CATG", kind=WORD, note="payment category, as IN inexpensive, CR capped rental")),
        ("ceiling", Decimal, column("Ceiling", kind=_FEE)),
        ("floor", Decimal, column("Floor", kind=_FEE)),
        *_FEES,
        ("short_text", str, column("Description", kind=TEXT, descriptor=True)),
    ],
    frozen=True,
    slots=True,
)
"""One code and its modifiers with the fee of every area (`al_nr`, `al_r`, ...)."""

DMEPOS = Dataset(
    id="dmepos",
    title="DMEPOS fee schedule",
    row=EquipmentRow,
    shapes=(
        Shape(rf"/dme(?P<year>\d\d)[^/]*\.zip/(?:.*/)?DMEPOS_{_MONTH}\.csv$", "csv", month_of_year, encoding="cp1252"),
        Shape(rf"^DMEPOS_?(?P<year>\d\d)_{_MONTH}\.csv$", "csv", month_of_year, encoding="cp1252"),
        Shape(rf"/dme(?P<year>\d\d)[^/]*\.zip/(?:.*/)?DMEPOS_{_MONTH}\.xlsx$", "xlsx", month_of_year, rank=1),
        Shape(rf"^DMEPOS_?(?P<year>\d\d)_{_MONTH}\.xlsx$", "xlsx", month_of_year, rank=1),
    ),
    key=("code", "modifier", "modifier2"),
    looked_up_by=("code",),
    cadence="quarter",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing=_LANDING,
    addresses=_ADDRESSES,
    links=_LINKS,
    invariants=(
        ("ceiling >= floor", "a ceiling lies below its floor"),
        ("jurisdiction in ('D', 'L', 'J')", "the jurisdiction is none of D, L and J"),
    ),
)


@dataclass(frozen=True, slots=True)
class RuralZipRow:
    """One ZIP code that counts as rural for the fees of equipment; the year and quarter beside it are the edition's."""

    state: str = column("STATE", kind=WORD, required=True)
    zip: str = column("DMEPOS RURAL ZIP CODE", kind=ZIP, required=True)


_RURAL = r"^DME Rural ZIP Code Quarter (?P<quarter>[1-4]),? (?P<year>\d{4})\."

DMEPOS_RURAL_ZIP = Dataset(
    id="dmepos-rural-zip",
    title="DMEPOS rural ZIP codes",
    row=RuralZipRow,
    shapes=(
        Shape(_RURAL + "csv$", "csv", year_and_quarter),
        Shape(_RURAL + "xlsx$", "xlsx", year_and_quarter, rank=1),
    ),
    key=("zip",),
    looked_up_by=("zip",),
    cadence="quarter",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing=_LANDING,
    addresses=_ADDRESSES,
    links=_LINKS,
    invariants=(("length(state) = 2", "the state does not have two letters"),),
)
