"""Medicare Physician Fee Schedule relative value file (PPRRVU), quarterly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import quarter_letter
from codeward.datasets.kinds import CODE, FLAG, WORD, decimal

_RVU = decimal(2)


@dataclass(frozen=True, slots=True)
class RvuRow:
    """Relative values and payment indicators of one code and component (CMS RVU file record layout, RVUPUF)."""

    code: str = column("HCPCS", kind=CODE, required=True)
    modifier: str = column("MOD", kind=WORD, note="blank, 26, TC or 53")
    qualifying: bool = column(kind=FLAG, note="file for qualifying APM participants (from 2026)")
    status: str = column("STATUS CODE", kind=WORD, required=True)
    not_used: str = column("NOT USED FOR MEDICARE PAYMENT", kind=WORD, note="+ = RVUs shown, not used")
    work: Decimal = column("WORK RVU", kind=_RVU, required=True)
    pe_nonfacility: Decimal = column("NON-FAC PE RVU", "NON-FACILITY PE RVU", kind=_RVU)
    na_nonfacility: str = column("NON-FAC NA INDICATOR", kind=WORD)
    pe_facility: Decimal = column("FACILITY PE RVU", kind=_RVU)
    na_facility: str = column("FACILITY NA INDICATOR", kind=WORD)
    malpractice: Decimal = column("MP RVU", kind=_RVU)
    total_nonfacility: Decimal = column("NON-FACILITY TOTAL", kind=_RVU)
    total_facility: Decimal = column("FACILITY TOTAL", kind=_RVU)
    pctc: str = column("PCTC IND", kind=WORD)
    global_days: str = column("GLOB DAYS", kind=WORD)
    preoperative: Decimal = column("PRE OP", kind=_RVU)
    intraoperative: Decimal = column("INTRA OP", kind=_RVU)
    postoperative: Decimal = column("POST OP", kind=_RVU)
    multiple: str = column("MULT PROC", kind=WORD)
    bilateral: str = column("BILAT SURG", kind=WORD)
    assistant: str = column("ASST SURG", kind=WORD)
    cosurgeon: str = column("CO- ?SURG", kind=WORD)
    team: str = column("TEAM SURG", kind=WORD)
    endoscopic_base: str = column("ENDO BASE", kind=WORD)
    conversion_factor: Decimal = column("CONV FACTOR", kind=decimal(4), required=True)
    supervision: str = column("PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES", kind=WORD)
    calculation_flag: str = column("CALCULATION FLAG", kind=WORD)
    imaging_family: str = column("DIAGNOSTIC IMAGING FAMILY INDICATOR", kind=WORD)


MPFS_RVU = Dataset(
    id="mpfs-rvu",
    title="Physician fee schedule relative values",
    row=RvuRow,
    shapes=(
        Shape(
            r"^PPRRVU(?P<year>\d{4}|\d{2})_(?P<month>Jan|Apr|Jul|Oct)[a-z]*(_?non_?QPP|_?QPP)?\.csv$",
            "csv",
            quarter_letter,
            header_rows=5,
        ),
        Shape(
            r"^PPRRVU(?P<year>\d{4}|\d{2})_(?P<month>Jan|Apr|Jul|Oct)[a-z]*(_?non_?QPP|_?QPP)?\.xlsx$",
            "xlsx",
            quarter_letter,
            header_rows=5,
            rank=1,
        ),
    ),
    key=("code", "modifier", "qualifying"),
    looked_up_by=("code",),
    cadence="quarter",
    publisher="CMS",
    licence="RVUs are CMS's and free; the file also carries CPT codes and descriptors, which are AMA's: "
    "accept its terms to load it, descriptors are never read.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    addresses=(
        Address(
            "https://www.cms.gov/files/zip/rvu{yy}{letter}.zip",
            date(2020, 1, 1),
            seen="2022A, 2025A, 2025B, 2026A to 2026D; corrected ones add -updated and a day to the name",
        ),
    ),
    links=(
        r"/pfs-relative-value-files/rvu(?P<yy>\d\d)(?P<letter>[a-d])(?:-\d+)?$",
        r"/files/zip/rvu(?P<yy>\d\d)(?P<letter>[a-d])[^?]*\.zip$",
    ),
    invariants=(
        ("total_nonfacility >= 0 and total_facility >= 0", "a total is negative"),
        ("conversion_factor between 20 and 60", "the conversion factor is out of bounds (20 to 60)"),
    ),
)
