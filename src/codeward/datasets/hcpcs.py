"""HCPCS Level II alphanumeric file (ANWEB), quarterly: codes here, its Level II modifiers beside them.

Contractor record layout (320 columns): record 3 begins a code and 7 a modifier, 4 and 8 continue its long text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codeward.core.codes import is_dental
from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year, fixed, month_of_year, numbered_month
from codeward.datasets.hcpcs_lines import whole_records
from codeward.datasets.kinds import COMPACT_DAY, TEXT, WORD

_FIRST, _MORE = {"3", "7"}, {"4", "8"}
_CODE, _RECORD, _LONG = 0, 1, 2
_LONG_WIDTH = 80


@dataclass(frozen=True, slots=True)
class AlphanumericRow:
    """One code or modifier with its text, coverage and dates."""

    code: str = column("HCPC", at=(1, 5), kind=WORD, required=True)
    record: str = column("RECID", at=(11, 11), kind=WORD, required=True, note="3 code, 7 modifier")
    long_text: str = column("LONG DESCRIPTION", at=(12, 91), kind=TEXT)
    short_text: str = column("SHORT DESCRIPTION", at=(92, 119), kind=TEXT)
    pricing: str = column("PRICE1", at=(120, 121), kind=WORD)
    multiple_pricing: str = column("MULT_PI", at=(128, 128), kind=WORD)
    statute: str = column("STATUTE", at=(171, 180), kind=TEXT)
    crossed_to: str = column("XREF1", at=(205, 209), kind=WORD)
    coverage: str = column("COV", at=(230, 230), kind=WORD)
    service_category: str = column("BETOS", at=(257, 259), kind=WORD)
    type_of_service: str = column("TOS1", at=(261, 261), kind=WORD)
    added: date = column("ADD DT", at=(269, 276), kind=COMPACT_DAY)
    action_effective: date = column("ACT EFF DT", at=(277, 284), kind=COMPACT_DAY)
    terminated: date = column("TERM DT", at=(285, 292), kind=COMPACT_DAY)
    action: str = column("ACTION CD", at=(293, 293), kind=WORD)


def join_continuations(records: Iterator[Record]) -> Iterator[Record]:
    """One record a code: the 80-column pieces of its long text put together, remarks above the first left out."""
    held: Record | None = None
    for line, cells, check in records:
        kind = cells[_RECORD].strip()
        if kind in _MORE and held is not None and held[1][_CODE] == cells[_CODE]:
            longer = [*held[1]]
            longer[_LONG] = _joined(longer[_LONG], cells[_LONG])
            held = (held[0], longer, held[2] * 31 + check & 0xFFFFFFFF)
            continue
        if kind not in _FIRST:
            if held is None:
                continue
            raise ValueError(f"line {line}: record code {kind!r}, expected 3, 4, 7 or 8")
        if held is not None:
            yield held
        held = (line, cells, check)
    if held is not None:
        yield held


def _joined(text: str, more: str) -> str:
    """A piece that fills its 80 columns may break inside a word."""
    full = len(text) % _LONG_WIDTH == 0 and not text.endswith(" ")
    return text + more if full else f"{text.rstrip()} {more}"


_NAMES = (
    (r"^HCPC(?P<year>\d{4})_CONTR_ANWEB(_disc)?(_v\d+)?\.", calendar_year),
    (r"^HCPC(?P<year>\d{4})_(?P<month>[A-Z]{3})_ANWEB(_v\d+|_\d{8})?\.", month_of_year),
    (r"^(?P<year>\d{4})_(?P<month>\d\d)_hcpc_anweb\.", numbered_month),
)
_DERIVED = Shape(
    r"^hcpcs_2024\.csv$",
    "fixed",
    fixed("2024-10", date(2024, 10, 1)),
    rank=2,
    lines=whole_records,
    note="Derived, not published by CMS in this form: `hcpcs_2024.csv` holds the records of October 2024 (no day in it "
    "is later than its first) as cells of a CSV, blanks at both ends lost, texts in capitals, D codes left out. The "
    "blanks are put back; a line that cannot be told for a code or a modifier is refused. The file as published, where "
    "it is given too, is read instead.",
)
SHAPES = (
    *(
        shape
        for name, edition in _NAMES
        for shape in (
            Shape(name + "txt$", "fixed", edition, encoding="latin-1"),
            Shape(name + "xlsx$", "xlsx", edition, rank=1),
        )
    ),
    _DERIVED,
)
ADDRESSES = (
    Address(
        "https://www.cms.gov/files/zip/{month}-{year}-alpha-numeric-hcpcs-file.zip",
        date(2020, 1, 1),
        seen="April and October 2025, January to October 2026",
    ),
    Address(
        "https://www.cms.gov/files/zip/{month}-{year}-alpha-numeric-hcpcs-files.zip",
        date(2020, 1, 1),
        seen="April and October 2024",
    ),
)
LINKS = (r"/files/zip/[a-z]+-\d{4}-alpha-numeric-hcpcs-files?[^?]*\.zip$",)


def _is_code(cells: list[str]) -> bool:
    return cells[_RECORD] == "3" and not is_dental(cells[_CODE])


HCPCS = Dataset(
    id="hcpcs",
    title="HCPCS Level II codes",
    row=AlphanumericRow,
    shapes=SHAPES,
    key=("code",),
    looked_up_by=("code",),
    arrange=join_continuations,
    keep=_is_code,
    cadence="quarter",
    publisher="CMS",
    licence="Public domain (US government work) apart from D codes (CDT, ADA), which are left out.",
    landing="https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
    addresses=ADDRESSES,
    links=LINKS,
    invariants=(("length(code) = 5", "a code does not have five characters"),),
)
