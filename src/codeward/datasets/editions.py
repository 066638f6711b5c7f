"""Editions: what a publication's file name says about which edition it is and when it took effect."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from codeward.datasets.declare import Dataset, Edition

Name = re.Match[str]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def quarter_letter(name: Name) -> Edition:
    """`PPRRVU2025_Oct`: CMS calls the four releases of a year A to D."""
    year, month = _year(name["year"]), _month(name["month"])
    constants = (("qualifying", "1" if "nonq" not in name[0].lower() and "qpp" in name[0].lower() else "0"),)
    return Edition(f"{year}{'ABCD'[(month - 1) // 3]}", date(year, month, 1), constants)


def ncci_version(name: Name) -> Edition:
    """`ccipra-v302r0-f1`: version 30.2 is the third quarter of 2024 (30 = 2024, .0 to .3 = quarters)."""
    program, quarter = int(name["version"][:-1]), int(name["version"][-1])
    return Edition(f"v{program}.{quarter}", date(1994 + program, quarter * 3 + 1, 1), (), f"f{name['part']}")


def year_and_quarter(name: Name) -> Edition:
    """`AOC_V2024Q3-MCR`."""
    year, quarter = int(name["year"]), int(name["quarter"])
    return Edition(f"{year}Q{quarter}", date(year, quarter * 3 - 2, 1))


def us_day(name: Name) -> Edition:
    """`…_Eff_07-01-2024`."""
    day = date(int(name["year"]), int(name["month"]), int(name["day"]))
    return Edition(f"{day.year}Q{(day.month + 2) // 3}", day)


def calendar_year(name: Name) -> Edition:
    """`GPCI2025`: in force from January 1."""
    year = _year(name["year"])
    return Edition(str(year), date(year, 1, 1))


def month_of_year(name: Name) -> Edition:
    """`January 2025 Web Addendum B`; a final-rule file without a month takes effect on January 1."""
    found = name.groupdict()
    month = _month(found["month"]) if found.get("month") else 1
    year = _year(found["year"])
    return Edition(f"{year}-{month:02d}", date(year, month, 1))


def numbered_month(name: Name) -> Edition:
    """`20250701/AA.csv` or `2020_10_hcpc_anweb`."""
    year, month = int(name["year"]), int(name["month"])
    return Edition(f"{year}-{month:02d}", date(year, month, 1))


def half_year(name: Name) -> Edition:
    """`nucc_taxonomy_251`: version 25.1; .0 takes effect in January, .1 in July."""
    year, half = 2000 + int(name["year"]), int(name["half"])
    return Edition(f"v{year - 2000}.{half}", date(year, 7 if half else 1, 1))


def fiscal_year(name: Name) -> Edition:
    """ICD-10-CM: a bare year is a fiscal year, in force from October 1 before it; a month names a later edition."""
    found = name.groupdict()
    year = int(found["year"])
    if not found.get("month"):
        return Edition(f"FY{year}", date(year - 1, 10, 1))
    month = _month(found["month"])
    return Edition(f"{year}-{month:02d}", date(year, month, 1))


def ahrq_version(name: Name) -> Edition:
    """`v2023-1`: for the ICD-10-CM codes of fiscal year 2023, which began in October before it."""
    year = int(name["year"])
    return Edition(f"v{year}.{name['number']}", date(year - 1, 10, 1))


RULES = {
    "1694": 2019,
    "1716": 2020,
    "1735": 2021,
    "1752": 2022,
    "1771": 2023,
    "1785": 2024,
    "1808": 2025,
    "1833": 2026,
    "1849": 2027,
}
"""Number of the IPPS final rule to the fiscal year it sets (Federal Register)."""


def ipps_rule(name: Name) -> Edition:
    """`CMS-1833-F Table 5`: the fiscal year that the rule of this number sets; ValueError for another rule."""
    if name["rule"] not in RULES:
        raise ValueError(f"CMS-{name['rule']} is no IPPS final rule known here")
    year = RULES[name["rule"]]
    return Edition(f"FY{year}", date(year - 1, 10, 1))


def fixed(edition: str, effective: date) -> Callable[[Name], Edition]:
    """An edition that a pinned package or Codeward's own table always has."""
    return partial(_always, edition, effective)


def _always(edition: str, effective: date, name: Name) -> Edition:
    return Edition(edition, effective)


def _quarter(day: date) -> int:
    return (day.month - 1) // 3


_NAMES: dict[Callable[[Name], Edition], Callable[[date], str]] = {
    quarter_letter: lambda day: f"{day.year}{'ABCD'[_quarter(day)]}",
    ncci_version: lambda day: f"v{day.year - 1994}.{_quarter(day)}",
    year_and_quarter: lambda day: f"{day.year}Q{_quarter(day) + 1}",
    us_day: lambda day: f"{day.year}Q{_quarter(day) + 1}",
    half_year: lambda day: f"v{day.year - 2000}.{int(day.month > 6)}",
    ahrq_version: lambda day: f"v{day.year + 1}.1",
    ipps_rule: lambda day: f"FY{day.year + 1}" if day.month == 10 else f"{day.year}-{day.month:02d}",
    fiscal_year: lambda day: f"FY{day.year + 1}" if day.month == 10 else f"{day.year}-{day.month:02d}",
}


def edition_on(dataset: Dataset, day: date) -> str:
    """The name that the edition of that first day will have once its files are read."""
    named = (_NAMES[shape.edition] for shape in dataset.shapes if shape.edition in _NAMES)
    yearly = str(day.year) if dataset.cadence == "year" else f"{day.year}-{day.month:02d}"
    return next((name(day) for name in named), yearly)
