"""ZIP to carrier and locality: the five-digit file and the nine-digit one, quarterly (layouts ZIP5lyout, ZIP9lyout).

A ZIP stands once in the five-digit file. Where its plus-four flag is set it straddles localities, and the nine-digit
file says which. Kansas and Missouri are split in two: EK and WK, EM and WM. The layout calls the rural letter of
position 15 current (OMB 2013, RUCA 2010) and that of position 18 what held on December 1, 2006. The year and quarter
that ends every line is the edition's own, which the file's name tells; read into rows it would part equal ones.
The nine-digit file was never at hand: its columns follow its layout and its name follows the other's.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.datasets.carriers import CONTRACTOR, LOCALITY, PLUS_FOUR, ZIP
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import month_of_year
from codeward.datasets.kinds import FLAG, WORD

_LANDING = "https://www.cms.gov/medicare/payment/fee-schedules"
_LINKS = (r"zip-code-carrier-locality-file[^\"'\s]*\.zip",)
"""The address carries the day of its last revision, which no pattern can foretell: the landing page is read."""
_NAME = r"_(?P<month>JAN|APR|JUL|OCT)[a-z]*(?P<year>\d{4})\.txt$"
_LICENCE = "Public domain (US government work)."
_RULES = (
    ("rural is null or rural in ('R', 'B')", "the rural indicator is neither blank, R nor B"),
    ("length(state) = 2", "the state does not have two letters"),
)


@dataclass(frozen=True, slots=True)
class ZipRow:
    """One ZIP code and who pays there."""

    state: str = column("State", at=(1, 2), kind=WORD, required=True, note="EK, WK, EM, WM halve Kansas and Missouri")
    zip: str = column("Zip Code", at=(3, 7), kind=ZIP, required=True)
    contractor: str = column("Carrier", at=(8, 12), kind=CONTRACTOR, required=True)
    locality: str = column("Pricing Locality", at=(13, 14), kind=LOCALITY, required=True)
    rural: str = column("Rural Indicator", at=(15, 15), kind=WORD, note="blank urban, R rural, B super rural")
    laboratory_area: str = column("Bene Lab CB Locality", at=(16, 17), kind=WORD, note="Z1, Z2, Z9 none")
    rural_2006: str = column("Rural Indicator2", at=(18, 18), kind=WORD, note="as on December 1, 2006")
    plus_four: bool = column("Plus Four Flag", at=(21, 21), kind=FLAG, note="1: the ZIP straddles localities")
    part_b: str = column("Part B Payment Indicator", at=(23, 23), kind=WORD)


@dataclass(frozen=True, slots=True)
class ZipPlusFourRow:
    """One ZIP+4 and who pays there."""

    state: str = column("State", at=(1, 2), kind=WORD, required=True)
    zip: str = column("Zip Code", at=(3, 7), kind=ZIP, required=True)
    contractor: str = column("Carrier", at=(8, 12), kind=CONTRACTOR, required=True)
    locality: str = column("Pricing Locality", at=(13, 14), kind=LOCALITY, required=True)
    rural: str = column("Rural Indicator", at=(15, 15), kind=WORD, note="blank urban, R rural, B super rural")
    plus_four_flag: bool = column("Plus Four Flag", at=(21, 21), kind=FLAG)
    plus_four: str = column("Plus Four", at=(22, 25), kind=PLUS_FOUR, required=True)
    part_b: str = column("Part B Payment Indicator", at=(32, 32), kind=WORD)


ZIP_LOCALITY = Dataset(
    id="zip-locality",
    title="ZIP codes: contractor and locality",
    row=ZipRow,
    shapes=(Shape(r"^ZIP5" + _NAME, "fixed", month_of_year),),
    key=("zip",),
    looked_up_by=("zip",),
    cadence="quarter",
    publisher="CMS",
    licence=_LICENCE,
    landing=_LANDING,
    links=_LINKS,
    invariants=_RULES,
)

ZIP9_LOCALITY = Dataset(
    id="zip9-locality",
    title="ZIP+4 codes: contractor and locality",
    row=ZipPlusFourRow,
    shapes=(Shape(r"^ZIP9" + _NAME, "fixed", month_of_year),),
    key=("zip", "plus_four"),
    looked_up_by=("zip",),
    cadence="quarter",
    publisher="CMS",
    licence=_LICENCE,
    landing=_LANDING,
    links=_LINKS,
    invariants=_RULES,
)
