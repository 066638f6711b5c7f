"""Clinical laboratory fee schedule (CLFS), quarterly: one national rate for each test.

All three descriptions of CPT tests are the AMA's or drawn from its text: they are kept for HCPCS Level II alone. A rate
of zero with indicator L means that the contractor prices the test locally.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import year_and_quarter
from codeward.datasets.kinds import CODE, COMPACT_DAY, TEXT, WHOLE, WORD, decimal

_NAME = r"^CLFS[ _-]*(?P<year>\d{4})[ _-]*Q(?P<quarter>[1-4])[^/]*\."


@dataclass(frozen=True, slots=True)
class LaboratoryRow:
    """The rate of one test, plain or waived under CLIA (QW)."""

    code: str = column("HCPCS", kind=CODE, required=True)
    modifier: str = column("MOD", kind=WORD, note="blank or QW")
    year: int = column("YEAR", kind=WHOLE, required=True)
    effective: date = column("EFF_DATE", kind=COMPACT_DAY, required=True)
    indicator: str = column("INDICATOR", kind=WORD, required=True, note="N national, L local")
    rate: Decimal = column("RATE", kind=decimal(2), required=True)
    short_text: str = column("SHORTDESC", kind=TEXT, descriptor=True)
    long_text: str = column("LONGDESC", kind=TEXT, descriptor=True)
    extended_text: str = column("EXTENDED LONGDESC", kind=TEXT, descriptor=True, optional_heading=True)


CLFS = Dataset(
    id="clfs",
    title="Clinical laboratory fee schedule",
    row=LaboratoryRow,
    shapes=(
        Shape(_NAME + "csv$", "csv", year_and_quarter, encoding="cp1252"),
        Shape(_NAME + "xlsx$", "xlsx", year_and_quarter, rank=1),
    ),
    key=("code", "modifier"),
    looked_up_by=("code",),
    cadence="quarter",
    publisher="CMS",
    licence="Rates are CMS's; CPT codes are AMA's: accept its terms to load it. Text is kept for Level II only.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
    addresses=(Address("https://www.cms.gov/files/zip/{yy}clabq{quarter}.zip"),),
    links=(r"/files/zip/\d\dclabq[1-4][^\"'\s]*\.zip",),
    invariants=(
        ("rate >= 0", "a rate is negative"),
        ("indicator in ('N', 'L')", "the indicator is neither N (national) nor L (local)"),
    ),
)
