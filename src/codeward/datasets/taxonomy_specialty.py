"""Provider taxonomy to Medicare specialty: well known pairs of Codeward's own, each saying how sure it is.

CMS publishes a crosswalk file of its own, which was not at hand when this table was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.kinds import ISO_DAY, TEXT, WORD
from codeward.datasets.modifiers import OWN_EDITION


@dataclass(frozen=True, slots=True)
class SpecialtyRow:
    """One pair; `specialty` is the two-character code a practitioner enrols under (Claims Processing Manual, 26)."""

    taxonomy: str = column("Taxonomy", kind=WORD, required=True)
    specialty: str = column("Specialty", kind=WORD, required=True)
    name: str = column("Name", kind=TEXT, required=True)
    sure: str = column("Sure", kind=TEXT, required=True, note="well known, or verify")
    since: date = column("Since", kind=ISO_DAY)
    until: date = column("Until", kind=ISO_DAY)
    document: str = column("Document", kind=TEXT, required=True)


def _days(cells: list[str]) -> Days:
    return cells[4] or "0001-01-01", cells[5] or "9999-12-31"


TAXONOMY_SPECIALTY = Dataset(
    id="taxonomy-specialty",
    title="Provider taxonomy to Medicare specialty",
    row=SpecialtyRow,
    shapes=(Shape(r"^taxonomy_specialty\.csv$", "csv", OWN_EDITION),),
    key=("taxonomy", "specialty"),
    looked_up_by=("taxonomy",),
    days_of=_days,
    cadence="none",
    publisher="Codeward, after CMS",
    licence="Codeward's own table (Apache-2.0); specialty names are CMS's and public domain.",
    landing="https://data.cms.gov/provider-characteristics/medicare-provider-supplier-enrollment/"
    "medicare-provider-and-supplier-taxonomy-crosswalk",
)
