"""Ambulatory surgical center payment: Addendum AA (procedures) and BB (ancillary services), quarterly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import month_of_year, numbered_month
from codeward.datasets.kinds import MONEY, TEXT, WORD, Kind, decimal

_STARS = re.compile(r"\*+")


def _read_code(cell: str) -> str:
    """Footnote stars stand on some codes (preventive services, non-opioid items)."""
    code = _STARS.sub("", cell).strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{5}", code):
        raise ValueError("expected a five-character code, stars allowed")
    return code


_CODE = Kind("five-character code", _read_code, "TEXT", "VARCHAR", lambda value: value)


@dataclass(frozen=True, slots=True)
class SurgicalRow:
    """Payment indicator, weight and rate of a covered procedure or ancillary service."""

    code: str = column("HCPCS Code", kind=_CODE, required=True)
    short_text: str = column("Short Descriptor", kind=TEXT, descriptor=True)
    discounted: str = column(
        "Subject to Multiple Procedure Discounting", kind=WORD, optional_heading=True, note="AA only"
    )
    payment_indicator: str = column(r".*Payment Indicator", kind=WORD, required=True)
    weight: Decimal = column(r".*Payment Weight", kind=decimal(4))
    rate: Decimal = column(r".*Payment Rate.*", kind=MONEY)


_ZIP = "https://www.cms.gov/files/zip/{month}-{year}-asc-"
_ADDRESSES = (
    Address(_ZIP + "approved-hcpcs-code-payment-rates.zip", date(2020, 1, 1), seen="April and October 2026"),
    Address(_ZIP + "approved-hcpcs-code-and-payment-rates.zip", date(2020, 1, 1), seen="2020, January 2025"),
    Address(_ZIP + "addenda.zip", date(2020, 1, 1), seen="July 2026"),
)


def _shapes(table: str) -> tuple[Shape, ...]:
    month = r"(?P<month>Jan|Apr|Jul|Oct)[a-z]*[ _-]*(?P<year>\d{4})[ _-]*"
    web = month + rf"ASC[ _-]*(?:Addend(?:um|a)[ _-]*)*{table}(?![A-Za-z])"
    packed = rf"/(?P<year>\d{{4}})(?P<month>\d\d)01/{table}"
    return (
        Shape(web + r".*\.csv$", "csv", month_of_year, encoding="cp437"),
        Shape(web + r".*\.txt$", "tab", month_of_year, encoding="cp437"),
        Shape(web + r".*\.xlsx$", "xlsx", month_of_year, rank=1),
        Shape(packed + r"\.csv$", "csv", numbered_month, encoding="cp437", from_package=True, ragged=True),
        Shape(packed + r"\.txt$", "tab", numbered_month, encoding="cp437", from_package=True),
    )


def _addendum(table: str, title: str) -> Dataset:
    return Dataset(
        id=f"asc-{table.lower()}",
        title=title,
        row=SurgicalRow,
        shapes=_shapes(table),
        key=("code",),
        looked_up_by=("code",),
        cadence="quarter",
        publisher="CMS",
        licence="Rates are CMS's; CPT codes are AMA's: accept its terms to load it. Level II text only.",
        needs_acceptance="ama-cpt",
        landing="https://www.cms.gov/medicare/payment/prospective-payment-systems/ambulatory-surgical-center-asc/"
        "asc-payment-rates-addenda",
        addresses=_ADDRESSES,
        links=(r"/files/zip/[a-z]+-\d{4}-asc-(?:approved-hcpcs-code|addenda)[^?]*\.zip$",),
    )


ASC_AA = _addendum("AA", "ASC Addendum AA: covered surgical procedures")
ASC_BB = _addendum("BB", "ASC Addendum BB: covered ancillary services")
