"""ICD-10-CM Official Guidelines for Coding and Reporting, yearly: paragraphs with the section they are cited by.

One PDF a fiscal year, now and then with an update in April. A source reads `page[74]/paragraph[2]`: the page of the
PDF, and the paragraphs that begin on it counted from one. The layout is read as it is known from the published files;
no published file has yet been read by this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import UNDATED, Dataset, Edition, Record, Shape, column
from codeward.datasets.guidelines_text import guideline_paragraphs
from codeward.datasets.kinds import TEXT, WHOLE
from codeward.datasets.pdf_lines import printed_lines

FRONT = 2
"""Pages at the front that can hold the days in force."""
_UPDATED = re.compile(r"UPDATED ([A-Z][a-z]{2,8} \d{1,2}, 20\d\d)", re.IGNORECASE)
_IN_FORCE = re.compile(r"\(([A-Z][a-z]{2,8} \d{1,2}, 20\d\d) ?[-–] ?[A-Z][a-z]{2,8} \d{1,2}, 20\d\d\)")


@dataclass(frozen=True, slots=True)
class GuidelineRow:
    """One paragraph; `number` counts through the whole document."""

    section: str = column(kind=TEXT, required=True, note="as cited: I.C.9.a, IV.H, App.I; Introduction before them")
    number: int = column(kind=WHOLE, required=True, note="counted through the document")
    heading: str = column(kind=TEXT, note="of the innermost section")
    path: str = column(kind=TEXT, required=True, note="the headings from the section down")
    page: int = column(kind=WHOLE, required=True, note="page of the PDF")
    label: str = column(kind=TEXT, required=True, note="the page number at its foot")
    text: str = column(kind=TEXT, required=True)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for number, found in enumerate(guideline_paragraphs(printed_lines(files[""])), start=1):
        heading = found.headings[-1] if found.headings else ""
        path = " > ".join(found.headings) or found.section
        cells = [found.section, str(number), heading, path, str(found.page), found.label, found.text]
        yield f"page[{found.page}]/paragraph[{found.place}]", cells, crc32("\x1f".join(cells).encode())


def first_day(stream: IO[bytes]) -> date:
    """The first day in force, off the title page: the day of an update where it names one."""
    front = chain.from_iterable(page for at, page in enumerate(printed_lines(stream)) if at < FRONT)
    text = " ".join(line.text for line in front)
    found = _UPDATED.search(text) or _IN_FORCE.search(text)
    if found is None:
        raise ValueError("no days in force such as (October 1, 2025 - September 30, 2026) on its title page")
    try:
        return datetime.strptime(found[1], "%B %d, %Y").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        raise ValueError(f"its title page says {found[1]!r}: expected a day such as October 1, 2025") from None


def _fiscal(name: re.Match[str]) -> Edition:
    """`fy-2026-icd-10-cm-coding-guidelines`: in force from October 1 before that year."""
    year = int(name["year"])
    return Edition(f"FY{year}", date(year - 1, 10, 1))


def _undated(name: re.Match[str]) -> Edition:
    return UNDATED


_SHAPES = (
    Shape(r"^fy-?(?P<year>20\d\d)-icd-10-cm-coding-guidelines\.pdf$", "own", _fiscal, note="the year's first edition"),
    Shape(r"^10cmguidelines[-_ ]?fy(?P<year>20\d\d)[-_ ]?(?:final)?\.pdf$", "own", _fiscal, note="as NCHS named it"),
    Shape(
        r"^(?!fy-?20\d\d-icd-10-cm-coding-guidelines\.pdf$)"
        r"[\w -]{0,60}icd-?10-?cm[\w -]{0,60}guidelines[\w -]{0,60}\.pdf$",
        "own",
        _undated,
        note="any other name, such as that of an update: the title page says its first day",
    ),
)

ICD_10_CM_GUIDELINES = Dataset(
    id="icd-10-cm-guidelines",
    title="ICD-10-CM official guidelines",
    row=GuidelineRow,
    shapes=_SHAPES,
    key=("number",),
    looked_up_by=("section",),
    records=_records,
    dated_by=first_day,
    cadence="fiscal",
    publisher="CMS and NCHS",
    licence="Public domain (US government work), approved by AHA, AHIMA, CMS and NCHS.",
    landing="https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    addresses=(
        Address("https://www.cms.gov/files/document/fy-{fiscal}-icd-10-cm-coding-guidelines.pdf", date(2021, 10, 1)),
    ),
    links=(r"/files/document/fy-20\d\d-icd-10-cm-coding-guidelines\.pdf$",),
    invariants=(
        ("number >= 1 and page >= 1", "a paragraph has no number or page"),
        ("length(text) < 12000", "a paragraph is longer than any of the guidelines': pages ran together"),
    ),
)
