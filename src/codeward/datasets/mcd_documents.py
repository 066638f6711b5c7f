"""Medicare Coverage Database document list: every LCD and article with version, owner and dates, as one CSV.

`documents_latest.csv` is the list that CMS's Coverage API reports (`/v1/reports/local-coverage-…`) saved as a file; it
has no text and no codes. Its edition is the newest day on which one of its documents was updated.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import IO

from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.kinds import SLASH_DAY, TEXT, VERBATIM, WHOLE, Kind
from codeward.datasets.mcd import export_day


def _read_retirement(cell: str) -> str:
    return "" if cell.strip() == "N/A" else SLASH_DAY.read(cell)


RETIREMENT = Kind("date (MM/DD/YYYY) or N/A", _read_retirement, "TEXT", "DATE", SLASH_DAY.load)


@dataclass(frozen=True, slots=True)
class CoverageDocumentRow:
    """One version of an LCD or article; `owner` names the contractor and, in brackets, what it is for."""

    display_id: str = column("document_display_id", kind=TEXT, required=True, note="L34195 or A56836")
    document_id: int = column("document_id", kind=WHOLE, required=True)
    version: int = column("document_version", kind=WHOLE, required=True)
    document_type: str = column("document_type", kind=TEXT, required=True, note="LCD or Article")
    title: str = column("title", kind=TEXT, required=True)
    owner: str = column("contractor_name_type", kind=VERBATIM, required=True)
    effective: date = column("effective_date", kind=SLASH_DAY, required=True)
    retired: date = column("retirement_date", kind=RETIREMENT)
    note: str = column("note", kind=TEXT, note="Future, Retired, or when its notice ends")
    updated: date = column("updated_on", kind=SLASH_DAY, required=True)
    updated_at: str = column("updated_on_sort", kind=TEXT, required=True, note="YYYYMMDDHHMMSS")
    url: str = column("url", kind=TEXT, required=True)


def _days(cells: list[str]) -> Days:
    return cells[6], cells[7] or "9999-12-31"


def _newest_update(stream: IO[bytes]) -> date:
    """ValueError when the list has no dated row."""
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
    newest = max((row.get("updated_on_sort") or "" for row in rows), default="")
    if len(newest) < 8 or not newest[:8].isdigit():
        raise ValueError("no row says when it was updated: expected updated_on_sort as YYYYMMDDHHMMSS")
    return date(int(newest[:4]), int(newest[4:6]), int(newest[6:8]))


MCD_DOCUMENTS = Dataset(
    id="mcd-documents",
    title="MCD list of LCDs and articles",
    row=CoverageDocumentRow,
    shapes=(
        Shape(
            r"^documents(?:_latest)?(?:[-_](?P<year>20\d\d)[-_]?(?P<month>\d\d)[-_]?(?P<day>\d\d))?\.csv$",
            "csv",
            export_day,
        ),
    ),
    key=("display_id", "version"),
    looked_up_by=("display_id",),
    days_of=_days,
    dated_by=_newest_update,
    cadence="week",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare-coverage-database/search.aspx",
    invariants=(("document_type in ('LCD', 'Article')", "a document is neither LCD nor Article"),),
)
