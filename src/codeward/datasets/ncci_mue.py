"""NCCI medically unlikely edits for Medicare: practitioner, outpatient hospital and DME supplier tables, quarterly.

The published files are snapshots without dates of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import us_day
from codeward.datasets.kinds import CODE, PHRASE, WHOLE


@dataclass(frozen=True, slots=True)
class UnitLimitRow:
    """The most units of a code for one beneficiary, provider and day (or line, by the adjudication indicator)."""

    code: str = column(r"HCPCS/ ?CPT Code", kind=CODE, required=True)
    limit: int = column(r".* MUE Values", kind=WHOLE, required=True)
    adjudication: str = column(r"MUE Adjudication Indicator", kind=PHRASE, required=True)
    rationale: str = column("MUE Rationale", kind=PHRASE)


_ZIP_NAMES = {
    "practitioner": "practitioner-services-mue-table",
    "outpatient": "facility-outpatient-hospital-services-mue-table",
    "dme": "dme-supplier-services-mue-table",
}


def _address(setting: str) -> Address:
    url = f"https://www.cms.gov/files/zip/medicare-ncci-{{year}}-q{{quarter}}-{_ZIP_NAMES[setting]}.zip"
    return Address(url, date(2024, 1, 1), seen="2025Q4 (practitioner), 2026Q2 to 2026Q4")


def _table(setting: str, title: str, file: str) -> Dataset:
    name = rf"^MCR_MUE_{file}_Eff_(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d{{4}})"
    return Dataset(
        id=f"ncci-mue-{setting}",
        title=title,
        row=UnitLimitRow,
        shapes=(
            Shape(name + r"\.csv$", "csv", us_day),
            Shape(name + r"\.xlsx$", "xlsx", us_day, rank=1),
        ),
        key=("code",),
        looked_up_by=("code",),
        cadence="quarter",
        publisher="CMS",
        licence="Unit limits are CMS's; the codes are partly AMA's CPT: accept its terms to load it.",
        needs_acceptance="ama-cpt",
        landing="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
        "medicare-ncci-medically-unlikely-edits-mues",
        addresses=(_address(setting),),
        links=(rf"/files/zip/medicare-ncci-(?P<year>\d{{4}})-?q(?P<quarter>\d)-{_ZIP_NAMES[setting]}[^?]*\.zip$",),
        invariants=(
            ('"limit" between 0 and 1000000', "a unit limit is out of bounds"),
            (
                "adjudication[1] in ('1', '2', '3')",
                "the adjudication indicator does not begin with 1, 2 or 3",
            ),
        ),
    )


NCCI_MUE_PRACTITIONER = _table("practitioner", "NCCI unit limits, practitioner", "PractitionerServices")
NCCI_MUE_OUTPATIENT = _table("outpatient", "NCCI unit limits, outpatient hospital", "OutpatientHospitalServices")
NCCI_MUE_DME = _table("dme", "NCCI unit limits, DME supplier", "DMESupplierServices")
