"""Surgical center addenda EE (procedures excluded from payment) and FF (device offset percentages), quarterly.

EE lists the surgical procedures that Medicare does not pay in a surgical center. FF says for covered and packaged
procedures which part of the hospital rate is the device's; its unnamed second column holds one or two stars: `*` an
office-based designation that is temporary, `**` a preventive service without coinsurance (its notes 3 and 4). The
starter's package holds under the name FF of October 2023 another addendum's text, which is not read. Addendum DD1, the
meanings of the payment indicators, is not declared: no published file was at hand to declare it from.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import month_of_year, numbered_month
from codeward.datasets.kinds import CODE, PERCENT, TEXT, WORD, decimal

_MONEY = decimal(2)
_WHEN = r"(?:[A-Za-z]+\s+\d{4}\s+)?"
_ODD = {"FF": r"(?!20231001/)"}


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """One procedure that is not paid in a surgical center."""

    code: str = column("HCPCS Code", kind=CODE, required=True)
    short_text: str = column("Short Descriptor", kind=TEXT, descriptor=True)


@dataclass(frozen=True, slots=True)
class DeviceOffsetRow:
    """The device's part in the payment of one procedure."""

    code: str = column("HCPCS Code", kind=CODE, required=True)
    mark: str = column("", kind=WORD, note="* temporary designation, ** no coinsurance")
    short_text: str = column("Short Descriptor", kind=TEXT, descriptor=True)
    payment_indicator: str = column(_WHEN + "Payment Indicator", kind=WORD)
    apc: str = column(_WHEN + "APC", kind=WORD)
    apc_offset: Decimal = column(_WHEN + "APC Device Offset Percentage", kind=PERCENT, optional_heading=True)
    outpatient_rate: Decimal = column(_WHEN + "OPPS Payment Rate", kind=_MONEY)
    offset: Decimal = column(_WHEN + "Device Offset Percentage", kind=PERCENT)
    device_portion: Decimal = column(_WHEN + "(?:Device Offset Amount / )?Device Portion", kind=_MONEY)


def _shapes(table: str) -> tuple[Shape, ...]:
    month = r"(?P<month>Jan|Apr|Jul|Oct)[a-z]*[ _-]*(?P<year>\d{4})[ _-]*"
    web = month + rf"ASC[ _-]*(?:Addend(?:um|a)[ _-]*)*{table}(?![A-Za-z])"
    packed = rf"/{_ODD.get(table, '')}(?P<year>\d{{4}})(?P<month>\d\d)01/{table}"
    return (
        Shape(web + r".*\.csv$", "csv", month_of_year, encoding="cp437"),
        Shape(web + r".*\.txt$", "tab", month_of_year, encoding="cp437"),
        Shape(web + r".*\.xlsx$", "xlsx", month_of_year, rank=1),
        Shape(packed + r"\.csv$", "csv", numbered_month, encoding="cp437", from_package=True, ragged=True),
        Shape(packed + r"\.txt$", "tab", numbered_month, encoding="cp437", from_package=True, ragged=True),
    )


def _addendum(table: str, title: str, row: type) -> Dataset:
    return Dataset(
        id=f"asc-{table.lower()}",
        title=title,
        row=row,
        shapes=_shapes(table),
        key=("code",),
        looked_up_by=("code",),
        cadence="quarter",
        publisher="CMS",
        licence="The list is CMS's; CPT codes are AMA's: accept its terms to load it. Level II text only.",
        needs_acceptance="ama-cpt",
        landing="https://www.cms.gov/medicare/payment/prospective-payment-systems/ambulatory-surgical-center-asc/"
        "asc-payment-rates-addenda",
        addresses=(Address("https://www.cms.gov/files/zip/{month}-{year}-asc-addenda.zip"),),
        links=(r"/files/zip/(?:january|april|july|october)-\d{4}-asc-addenda[^\"'\s]*\.zip",),
    )


ASC_EE = _addendum("EE", "ASC Addendum EE: procedures excluded from payment", ExcludedRow)
ASC_FF = _addendum("FF", "ASC Addendum FF: device offset percentages", DeviceOffsetRow)
