"""OPPS cap: the most the physician fee schedule pays for the technical part of an imaging test, by locality, quarterly.

The file (`OPPSCAP_Oct.csv`) does not say its year, so the RVU zip it lies in must. It gives the prices of Southern
California's localities twice, under its contractor and under that of Northern California; both are kept as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.carriers import CONTRACTOR, LOCALITY
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import quarter_letter
from codeward.datasets.kinds import CODE, WORD, decimal

_PRICE = decimal(2)
_NAME = r"/rvu(?P<year>\d\d)[a-d][^/]*\.zip/(?:.*/)?OPPSCAP_(?P<month>Jan|Apr|Jul|Oct)[a-z]*\."


@dataclass(frozen=True, slots=True)
class CapRow:
    """The capped price of one code and component in one locality."""

    code: str = column("HCPCS", kind=CODE, required=True)
    modifier: str = column("MOD", kind=WORD, note="blank or TC")
    status: str = column("PROCSTAT", kind=WORD, required=True)
    contractor: str = column("CARRIER", kind=CONTRACTOR, required=True)
    locality: str = column("LOCALITY", kind=LOCALITY, required=True)
    facility: Decimal = column("FACILITY PRICE", kind=_PRICE, required=True)
    nonfacility: Decimal = column("NON-FACILI?TY PRICE", kind=_PRICE, required=True)


OPPS_CAP = Dataset(
    id="opps-cap",
    title="OPPS cap on imaging under the physician fee schedule",
    row=CapRow,
    shapes=(
        Shape(_NAME + "csv$", "csv", quarter_letter),
        Shape(_NAME + "xlsx$", "xlsx", quarter_letter, rank=1),
    ),
    key=("code", "modifier", "contractor", "locality"),
    looked_up_by=("code",),
    cadence="quarter",
    publisher="CMS",
    licence="Prices are CMS's; CPT codes are AMA's: accept its terms to load it.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    addresses=(Address("https://www.cms.gov/files/zip/rvu{yy}{letter}.zip"),),
    links=(
        r"/pfs-relative-value-files/rvu(?P<yy>\d\d)(?P<letter>[a-d])(?:-\d+)?$",
        r"/files/zip/rvu(?P<yy>\d\d)(?P<letter>[a-d])[^?]*\.zip$",
    ),
    invariants=(("facility >= 0 and nonfacility >= 0", "a capped price is negative"),),
)
