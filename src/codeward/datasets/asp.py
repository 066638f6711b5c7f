"""Medicare Part B drug payment limits (ASP pricing file), quarterly: the limit for one dosage of each drug code.

CMS publishes the file twice in one zip: a workbook in the old Excel form (.xls) and, for readers that need plain text,
a `section 508 version` (.csv). The limits of both are equal for every code; the csv holds the published three decimals
where the workbook holds unrounded figures. So the csv is read, and the workbook is left aside as the same edition. A
later `updated` file of a quarter takes the earlier one's place where both are given. Short descriptions of CPT drugs
are the AMA's. Pricing files for codes not otherwise classified (`NOC`) and crosswalks are other publications.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import month_of_year
from codeward.datasets.kinds import CODE, FLAG, MONEY, TEXT

_NAME = (
    r"^(?:section 508 version of )?(?P<month>Jan|Apr|Jul|Oct)[a-z]* (?P<year>\d{4}) "
    r"(?:ASP Pricing|(?:Medicare )?Part B (?:Drug )?Payment Limit) File[^/]*\."
)


@dataclass(frozen=True, slots=True)
class DrugRow:
    """The payment limit of one drug code, for the dosage that the code stands for."""

    code: str = column("HCPCS Code", kind=CODE, required=True)
    short_text: str = column("Short Description", kind=TEXT, descriptor=True)
    dosage: str = column("HCPCS Code Dosage", kind=TEXT)
    limit: Decimal = column("Payment Limit", kind=MONEY)
    coinsurance: Decimal = column("Co-?insurance Percentage", kind=MONEY, optional_heading=True)
    vaccine_percent: Decimal = column("Vaccine AWP%", kind=MONEY, optional_heading=True)
    vaccine_limit: Decimal = column("Vaccine Limit", kind=MONEY, optional_heading=True)
    blood_percent: Decimal = column("Blood AWP%", kind=MONEY, optional_heading=True)
    blood_limit: Decimal = column("Blood limit", kind=MONEY, optional_heading=True)
    clotting_factor: bool = column("Clotting Factor", kind=FLAG, optional_heading=True)
    notes: str = column("Notes", kind=TEXT, optional_heading=True)


ASP = Dataset(
    id="asp",
    title="Medicare Part B drug payment limits (ASP)",
    row=DrugRow,
    shapes=(
        Shape(_NAME + "csv$", "csv", month_of_year, encoding="cp1252"),
        Shape(_NAME + "xlsx?$", "xlsx", month_of_year, rank=1),
    ),
    key=("code",),
    looked_up_by=("code",),
    cadence="quarter",
    publisher="CMS",
    licence="Limits are CMS's; CPT codes are AMA's: accept its terms to load it. Text is kept for Level II only.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/payment/part-b-drugs/asp-pricing-files",
    addresses=(
        Address("https://www.cms.gov/files/zip/{month}-{year}-asp-pricing-file.zip"),
        Address("https://www.cms.gov/files/zip/{month}-{year}-medicare-part-b-payment-limit-files.zip"),
    ),
    links=(
        r"/files/zip/[a-z]+-\d{4}-asp-pricing-file[^\"'\s]*\.zip",
        r"/files/zip/[a-z]+-\d{4}-medicare-part-b-[^\"'\s]*payment-limit-files?[^\"'\s]*\.zip",
    ),
    invariants=(
        ('"limit" is null or "limit" >= 0', "a payment limit is negative"),
        ("coinsurance is null or coinsurance between 0 and 20", "a coinsurance is out of bounds (0 to 20 %)"),
    ),
)
