"""Revenue codes that usually stand on a hospital's line with a family of procedures, in Codeward's own words.

No official list says which revenue code a procedure takes: the hospital's charge master does.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.kinds import TEXT, WORD
from codeward.datasets.modifiers import OWN_EDITION


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """One family, from its first procedure code to its last, and a revenue code seen with it."""

    first: str = column("First", kind=WORD, required=True)
    last: str = column("Last", kind=WORD, required=True)
    revenue: str = column("Revenue", kind=WORD, required=True)
    family: str = column("Family", kind=TEXT, required=True, note="in our own words, never the NUBC's")
    sure: str = column("Sure", kind=TEXT, required=True, note="usual, or often")
    document: str = column("Document", kind=TEXT, required=True)


REVENUE_CODES = Dataset(
    id="revenue-codes",
    title="Revenue codes usual with procedures",
    row=RevenueRow,
    shapes=(Shape(r"^revenue_codes\.csv$", "csv", OWN_EDITION),),
    key=("first", "last", "revenue"),
    looked_up_by=("revenue",),
    days_of=lambda cells: ("0001-01-01", "9999-12-31"),
    cadence="none",
    publisher="Codeward",
    licence="Codeward's own words (Apache-2.0); the codes are the NUBC's, whose text is not here.",
    landing="https://www.nubc.org/",
)
