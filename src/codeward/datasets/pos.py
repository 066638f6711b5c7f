"""Places of service, and which practice expense rate the physician fee schedule pays there (own table)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.kinds import ISO_DAY, TEXT, WORD
from codeward.datasets.modifiers import OWN_EDITION


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of service (Claims Processing Manual, chapter 26, section 10.5; chapter 12, section 20.4.2)."""

    code: str = column("Code", kind=WORD, required=True)
    name: str = column("Name", kind=TEXT, required=True)
    meaning: str = column("Meaning", kind=TEXT, required=True)
    rate: str = column("Rate", kind=TEXT, required=True, note="facility or nonfacility")
    since: date = column("Since", kind=ISO_DAY)
    until: date = column("Until", kind=ISO_DAY)
    document: str = column("Document", kind=TEXT, required=True)


def _days(cells: list[str]) -> Days:
    return cells[4] or "0001-01-01", cells[5] or "9999-12-31"


POS = Dataset(
    id="pos",
    title="Places of service",
    row=PlaceRow,
    shapes=(Shape(r"^pos\.csv$", "csv", OWN_EDITION),),
    key=("code",),
    looked_up_by=("code",),
    days_of=_days,
    cadence="none",
    publisher="Codeward, after CMS",
    licence="Names are CMS's and public domain; the sentences are our own.",
    landing="https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets",
)
