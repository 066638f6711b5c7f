"""NCCI add-on code edits: which primary codes an add-on needs beside it, quarterly.

Releases come with a header (`-MCR.txt`, `.xlsx`) and in fixed width (`-F-MCR.txt`, 97 columns without one): there the
first column is the edit type, and the add-on begins in the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.editions import fixed, year_and_quarter
from codeward.datasets.kinds import CODE, ORDINAL_DAY, TEXT, WORD

ANY_PRIMARY = "CCCCC"
"""Stands where the contractor, not the file, says which primaries are right."""


@dataclass(frozen=True, slots=True)
class AddOnRow:
    """One add-on and one primary it may stand beside (dates are year and day of the year)."""

    add_on: str = column("Add-On_Code", at=(2, 6), kind=CODE, required=True)
    edit_type: str = column(
        "AOC_Edit_Type", at=(1, 1), kind=WORD, required=True, note="1 closed, 2 contractor, 3 partial"
    )
    add_on_deleted: date = column(r"AOC_DelDT.*", at=(7, 13), kind=ORDINAL_DAY)
    primary: str = column("Primary_Code", at=(14, 18), kind=CODE, required=True)
    primary_deleted: date = column(r"Primary_Code_DelDT.*", at=(19, 25), kind=ORDINAL_DAY)
    effective: date = column(r"AOC_Edit_EffDT.*", at=(26, 32), kind=ORDINAL_DAY, required=True)
    deleted: date = column(r"AOC_Edit_DelDT.*", at=(33, 39), kind=ORDINAL_DAY)
    note: str = column("Special_Instruction_Notes", at=(40, 97), kind=TEXT)


def _days(cells: list[str]) -> Days:
    ends = [cells[at] for at in (2, 4, 6) if cells[at]]
    return cells[5], min(ends, default="9999-12-31")


NCCI_AOC = Dataset(
    id="ncci-aoc",
    title="NCCI add-on code edits",
    row=AddOnRow,
    shapes=(
        Shape(r"^AOC_V(?P<year>\d{4})Q(?P<quarter>\d)(_\d\d)?-MCR\.txt$", "tab", year_and_quarter, encoding="latin-1"),
        Shape(r"^AOC_V(?P<year>\d{4})Q(?P<quarter>\d)(_\d\d)?-MCR\.xlsx$", "xlsx", year_and_quarter, rank=1),
        Shape(
            r"^AOC_V(?P<year>\d{4})Q(?P<quarter>\d)(_\d\d)?-F-MCR\.txt$",
            "fixed",
            year_and_quarter,
            encoding="latin-1",
            rank=2,
        ),
        Shape(
            r"^pyoce\.mdb\.xz$",
            "keyed",
            fixed("2026Q2-oce", date(2026, 4, 1)),
            table="add-ons",
            from_package=True,
        ),
    ),
    key=("add_on", "primary", "effective", "edit_type"),
    looked_up_by=("add_on", "primary"),
    days_of=_days,
    cadence="quarter",
    publisher="CMS",
    licence="Edits are CMS's; the codes are partly AMA's CPT: accept its terms to load it.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-add-code-edits",
    addresses=(
        Address(
            "https://www.cms.gov/files/zip/add-code-edits-medicare-effective-{mm}{dd}{year}.zip",
            date(2024, 1, 1),
            seen="one of June 1, 2026: the day in the name is not always the first of a quarter",
        ),
    ),
    links=(
        r"/files/zip/[^?]*add-(?:on-)?code-edits-medicare[^?]*(?P<mm>\d\d)(?P<dd>\d\d)(?P<year>20\d\d)[^?]*\.zip$",
        r"/files/zip/aoc[-_]v(?P<year>\d{4})[-_]?q(?P<quarter>\d)[^?]*\.zip$",
    ),
    invariants=(("edit_type in ('1', '2', '3')", "the add-on type is not 1, 2 or 3"),),
)
