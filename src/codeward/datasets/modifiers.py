"""Modifiers: HCPCS Level II modifiers as CMS publishes them, and Codeward's own table of meanings and effects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.editions import fixed
from codeward.datasets.hcpcs import ADDRESSES, LINKS, SHAPES, AlphanumericRow, join_continuations
from codeward.datasets.kinds import FLAG, ISO_DAY, TEXT, WORD

OWN_EDITION = fixed("2026-11", date(2026, 11, 1))


@dataclass(frozen=True, slots=True)
class ModifierRow:
    """A modifier in our own words: what it says, where it goes, what it does to the line."""

    code: str = column("Code", kind=WORD, required=True)
    level: str = column("Level", kind=TEXT, required=True, note="cpt or hcpcs")
    name: str = column("Name", kind=TEXT, required=True)
    meaning: str = column("Meaning", kind=TEXT, required=True)
    use_on: str = column("UseOn", kind=TEXT)
    effect: str = column("Effect", kind=TEXT)
    changes_payment: bool = column("Changes payment", kind=FLAG)
    ptp_associated: bool = column("PTP associated", kind=FLAG)
    since: date = column("Since", kind=ISO_DAY)
    until: date = column("Until", kind=ISO_DAY)
    document: str = column("Document", kind=TEXT, required=True)


def _days(cells: list[str]) -> Days:
    return cells[8] or "0001-01-01", cells[9] or "9999-12-31"


MODIFIERS = Dataset(
    id="modifiers",
    title="Modifiers in plain words",
    row=ModifierRow,
    shapes=(Shape(r"^modifiers\.csv$", "csv", OWN_EDITION),),
    key=("code",),
    looked_up_by=("code",),
    days_of=_days,
    cadence="none",
    publisher="Codeward",
    licence="Codeward's own words (Apache-2.0); the meaning is CPT's and HCPCS's, the AMA's text is not here.",
    landing="https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system",
)

HCPCS_MODIFIERS = Dataset(
    id="hcpcs-modifiers",
    title="HCPCS Level II modifiers",
    row=AlphanumericRow,
    shapes=SHAPES,
    key=("code",),
    looked_up_by=("code",),
    arrange=join_continuations,
    keep=lambda cells: cells[1] == "7",
    may_be_empty=True,
    cadence="quarter",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
    addresses=ADDRESSES,
    links=LINKS,
)
