"""Hospital outpatient payment: Addendum B (by code) and Addendum A (by APC), quarterly.

The text files are written in code page 437, where byte 0xFF is a blank that does not break.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import fixed, month_of_year
from codeward.datasets.kinds import CODE, MONEY, TEXT, WORD, decimal

_WEIGHT = decimal(4)
_NAMES = (
    r"(?P<month>January|April|July|October)[ _-]*(?P<year>\d{4}).*Addendum[ _-]*%s(?![A-Za-z])",
    r"(?P<year>\d{4})[ _-]*(?P<month>January|April|July|October).*Addendum[ _-]*%s(?![A-Za-z])",
    r"(?P<year>\d{4})[ _-]*NFRM[ _-]*Addendum[ _-]*%s(?![A-Za-z])",
)


def _shapes(letter: str, table: str) -> tuple[Shape, ...]:
    official = (
        shape
        for name in _NAMES
        for shape in (
            Shape(name % letter + r".*\.txt$", "tab", month_of_year, encoding="cp437"),
            Shape(name % letter + r".*\.csv$", "csv", month_of_year, encoding="cp437", rank=1),
            Shape(name % letter + r".*\.xlsx$", "xlsx", month_of_year, rank=2),
        )
    )
    editor = fixed("2026Q2-oce", date(2026, 4, 1))
    package = Shape(r"^pyoce\.mdb\.xz$", "keyed", editor, table=table, from_package=True)
    return (*official, package)


@dataclass(frozen=True, slots=True)
class OutpatientRow:
    """Status indicator, APC and payment of one code."""

    code: str = column(r"HCPCS(?: Code)?", kind=CODE, required=True)
    short_text: str = column("Short Descriptor", kind=TEXT, descriptor=True)
    change: str = column("CI", kind=WORD, optional_heading=True)
    status_indicator: str = column("SI", kind=WORD, required=True)
    apc: str = column("APC", kind=WORD)
    weight: Decimal = column("Relative Weight", kind=_WEIGHT)
    rate: Decimal = column("Payment Rate", kind=MONEY)
    copayment: Decimal = column("National Unadjusted Copayment", kind=MONEY)
    minimum_copayment: Decimal = column("Minimum Unadjusted Copayment", kind=MONEY)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One APC: title, status indicator and rate."""

    apc: str = column("APC", kind=WORD, required=True)
    title: str = column("Group Title", kind=TEXT)
    status_indicator: str = column("SI", kind=WORD)
    weight: Decimal = column("Relative Weight", kind=_WEIGHT)
    rate: Decimal = column("Payment Rate", kind=MONEY)
    copayment: Decimal = column("National Unadjusted Copayment", kind=MONEY)
    minimum_copayment: Decimal = column("Minimum Unadjusted Copayment", kind=MONEY)


_LANDING = (
    "https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient-pps/quarterly-addenda-updates"
)

_ZIP = "https://www.cms.gov/files/zip/"


def _addresses(letter: str, seen: tuple[str, ...]) -> tuple[Address, ...]:
    """CMS renames the zip from quarter to quarter; the names seen so far are tried in turn."""
    small = letter.lower()
    patterns = (
        f"{_ZIP}{{month}}-{{year}}-opps-addendum-{small}.zip",
        f"{_ZIP}{{Month}}-{{year}}-OPPS-Addendum-{letter}.zip",
        f"{_ZIP}cy-{{year}}-{{month}}-opps-addendum-{small}.zip",
        f"{_ZIP}{{month}}-{{year}}-web-addendum-{small}.zip",
        f"{_ZIP}{{month}}-{{year}}-addendum-{small}.zip",
    )
    return tuple(Address(url, date(2020, 1, 1), seen=known) for url, known in zip(patterns, seen, strict=True))


def _links(letter: str) -> tuple[str, ...]:
    month = r"(?P<month>january|april|july|october)"
    return (
        rf"/[^/?]*addend[^?]*/[^/?.]*{month}-(?P<year>\d{{4}})[^/?.]*-{letter}(?:-\d+)?$",
        rf"/files/zip/[^?]*addendum-{letter}(?![a-z])[^?]*\.zip$",
    )


OPPS_ADDENDUM_B = Dataset(
    id="opps-addendum-b",
    title="OPPS Addendum B: outpatient payment by code",
    row=OutpatientRow,
    shapes=_shapes("B", "procedures"),
    key=("code",),
    looked_up_by=("code", "apc"),
    cadence="quarter",
    publisher="CMS",
    licence="Rates are CMS's; CPT codes are AMA's: accept its terms to load it. Text is kept for Level II only.",
    needs_acceptance="ama-cpt",
    landing=_LANDING,
    addresses=_addresses(
        "B",
        (
            "January 2024, 2025 and 2026, April and July 2025",
            "October 2026",
            "April 2026",
            "October 2024",
            "April 2024",
        ),
    ),
    links=_links("b"),
)

OPPS_ADDENDUM_A = Dataset(
    id="opps-addendum-a",
    title="OPPS Addendum A: ambulatory payment classifications",
    row=GroupRow,
    shapes=_shapes("A", "groups"),
    key=("apc",),
    looked_up_by=("apc",),
    cadence="quarter",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing=_LANDING,
    addresses=_addresses("A", ("", "", "", "", "")),
    links=_links("a"),
)
