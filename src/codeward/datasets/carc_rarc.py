"""Denial codes: claim adjustment reason codes (CARC) and remittance remark codes (RARC), and what a biller does next.

The table is our own: numbers, meaning and next step in our own words. X12 owns the published wording; it is read only
out of a file that an operator exports and loads, in a simple shape: `carc_2026-11-01.csv` or `rarc_2026-11-01.csv` with
the columns code, description, start and stop (days as YYYY-MM-DD or MM/DD/YYYY, stop blank while a code is in use).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codeward.datasets.declare import Dataset, Days, Edition, Shape, column
from codeward.datasets.kinds import ISO_DAY, SLASH_DAY, TEXT, WORD, Kind
from codeward.datasets.modifiers import OWN_EDITION

ALWAYS = ("0001-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class DenialRow:
    """One code in our own words; `groups` are the group codes that usually go with it, none for an alert."""

    kind: str = column("Kind", kind=TEXT, required=True, note="carc or rarc")
    code: str = column("Code", kind=WORD, required=True)
    name: str = column("Name", kind=TEXT, required=True)
    meaning: str = column("Meaning", kind=TEXT, required=True)
    next_step: str = column("Next step", kind=TEXT, required=True)
    groups: str = column("Groups", kind=TEXT, note="CO, PR, OA, PI")
    since: date = column("Since", kind=ISO_DAY)
    until: date = column("Until", kind=ISO_DAY)
    document: str = column("Document", kind=TEXT, required=True)


def _read_day(cell: str) -> str:
    return SLASH_DAY.read(cell) if "/" in cell else ISO_DAY.read(cell)


EITHER_DAY = Kind("date (YYYY-MM-DD or MM/DD/YYYY)", _read_day, "TEXT", "DATE", ISO_DAY.load)


@dataclass(frozen=True, slots=True)
class DenialTextRow:
    """One code with its publisher's text, out of an operator's export."""

    code: str = column("code", kind=WORD, required=True)
    kind: str = column("kind", kind=TEXT, optional_heading=True, note="carc or rarc, by the name of the file")
    text: str = column("description", kind=TEXT, required=True, terms="x12")
    start: date = column("start", kind=EITHER_DAY)
    stop: date = column("stop", kind=EITHER_DAY)


def _own_days(cells: list[str]) -> Days:
    return cells[6] or ALWAYS[0], cells[7] or ALWAYS[1]


def _published_days(cells: list[str]) -> Days:
    return cells[3] or ALWAYS[0], cells[4] or ALWAYS[1]


def _dated_list(name: re.Match[str]) -> Edition:
    """`carc_2026-11-01.csv`: the day of the export, and which list it is."""
    day = date(int(name["year"]), int(name["month"]), int(name["day"]))
    return Edition(day.isoformat(), day, (("kind", name["kind"].lower()),))


CARC_RARC = Dataset(
    id="carc-rarc",
    title="Denial codes in plain words",
    row=DenialRow,
    shapes=(Shape(r"^carc_rarc\.csv$", "csv", OWN_EDITION),),
    key=("kind", "code"),
    looked_up_by=("code",),
    days_of=_own_days,
    cadence="none",
    publisher="Codeward",
    licence="Codeward's own words (Apache-2.0); the code lists are X12's, whose text is not here.",
    landing="https://x12.org/codes/claim-adjustment-reason-codes",
    invariants=(("kind in ('carc', 'rarc')", "a code is neither carc nor rarc"),),
)

CARC_RARC_TEXT = Dataset(
    id="carc-rarc-text",
    title="Denial codes, publisher's text",
    row=DenialTextRow,
    shapes=(
        Shape(
            r"^(?P<kind>carc|rarc)[-_](?P<year>20\d\d)[-_]?(?P<month>\d\d)[-_]?(?P<day>\d\d)\.csv$",
            "csv",
            _dated_list,
        ),
    ),
    key=("kind", "code"),
    looked_up_by=("code",),
    days_of=_published_days,
    cadence="none",
    publisher="X12",
    licence="Copyright X12: load it only under terms of your own.",
    needs_acceptance="x12",
    landing="https://x12.org/codes",
)
