"""NCCI procedure-to-procedure edits for Medicare: the practitioner and the outpatient hospital table, quarterly.

Each file is cumulative: rows carry their own first and last active day. Layout as in the published text files
(seven columns under six lines of preamble); a deletion date is the last active day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Days, Shape, column
from codeward.datasets.editions import fixed, ncci_version
from codeward.datasets.kinds import CODE, COMPACT_DAY, PHRASE, WORD


@dataclass(frozen=True, slots=True)
class PairRow:
    """One edit: column 1 is paid, column 2 is denied unless a modifier that the indicator allows is there."""

    column1: str = column("Column 1", kind=CODE, required=True)
    column2: str = column("Column 2", kind=CODE, required=True)
    before_1996: str = column(r"\*=in existence prior to 1996", kind=WORD, note="no meaning for adjudication")
    effective: date = column("Effective Date", kind=COMPACT_DAY, required=True)
    deleted: date = column(r"Deletion Date \*=no data", kind=COMPACT_DAY, note="last active day")
    indicator: str = column("Modifier 0=not allowed 1=allowed 9=not applicable", kind=WORD, required=True)
    rationale: str = column("PTP Edit Rationale", kind=PHRASE)


_ZIP = "https://www.cms.gov/files/zip/medicare-ncci-"


def _addresses(setting: str, prefix: str) -> tuple[Address, ...]:
    """Until July 2026 year and quarter are written together, from October 2026 apart; both are tried."""
    tail = f"-{setting}-ptp-edits-{prefix}-v{{ncci}}r0-{{part}}.zip"
    return (
        Address(_ZIP + "{year}q{quarter}" + tail, date(2024, 1, 1), seen="2025Q4 (practitioner), 2026Q1 to 2026Q3"),
        Address(_ZIP + "{year}-q{quarter}" + tail, date(2024, 1, 1), seen="2026Q4"),
    )


NEVER = ("9999-12-31", "0001-01-01")
_EFFECTIVE, _DELETED, _INDICATOR = 3, 4, 5


def _days(cells: list[str]) -> Days:
    """Indicator 9 marks a row deleted on its effective date: it never was in force (Policy Manual, Chapter I)."""
    if cells[_INDICATOR] == "9" or cells[_EFFECTIVE] == cells[_DELETED]:
        return NEVER
    return cells[_EFFECTIVE], cells[_DELETED] or "9999-12-31"


def _links(setting: str, prefix: str) -> tuple[str, ...]:
    name = rf"/files/zip/medicare-ncci-\d{{4}}-?q\d-{setting}-ptp-edits-{prefix}"
    return (rf"{name}-v(?P<ncci>\d{{3}})r\d-(?P<part>f\d)\.zip$",)


def _table(setting: str, title: str, prefix: str, more: tuple[Shape, ...] = ()) -> Dataset:
    name = rf"^{prefix}-v(?P<version>\d{{3}})r\d-f(?P<part>\d)"
    return Dataset(
        id=f"ncci-ptp-{setting}",
        title=title,
        row=PairRow,
        shapes=(
            Shape(name + r"\.txt$", "tab", ncci_version, encoding="latin-1", header_rows=4),
            Shape(name + r"\.xlsx$", "xlsx", ncci_version, header_rows=4, rank=1),
            *more,
        ),
        key=("column1", "column2", "effective"),
        looked_up_by=("column1", "column2"),
        looked_up_together=(("column1", "column2"),),
        parts=("f1", "f2", "f3", "f4"),
        days_of=_days,
        cadence="quarter",
        publisher="CMS",
        licence="Edits are CMS's; the codes in them are partly AMA's CPT: accept its terms to load it.",
        needs_acceptance="ama-cpt",
        landing="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
        "medicare-ncci-procedure-procedure-ptp-edits",
        addresses=_addresses("hospital" if setting == "outpatient" else setting, prefix),
        links=_links("hospital" if setting == "outpatient" else setting, prefix),
        invariants=(
            ("column1 <> column2", "a code is paired with itself"),
            ("indicator in ('0', '1', '9')", "the modifier indicator is not 0, 1 or 9"),
            ("deleted is null or deleted >= effective", "the deletion date is before the effective date"),
        ),
    )


NCCI_PTP_PRACTITIONER = _table("practitioner", "NCCI procedure-to-procedure edits, practitioner", "ccipra")
NCCI_PTP_OUTPATIENT = _table(
    "outpatient",
    "NCCI procedure-to-procedure edits, outpatient hospital",
    "ccioph",
    (
        Shape(
            r"^pyoce\.mdb\.xz$",
            "keyed",
            fixed("2026Q2-oce", date(2026, 4, 1)),
            table="pairs",
            from_package=True,
        ),
    ),
)
