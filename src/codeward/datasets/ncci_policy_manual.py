"""NCCI policy manual for Medicare, yearly: its paragraphs, and beside them every code and range that they name.

The manual is one PDF of all chapters or one PDF a chapter. Left out are covers, tables of contents and the list of
acronyms; everything else is a paragraph (see `policy_manual_text`). A source reads `page[74]/paragraph[2]`: the page
of the PDF, and the paragraphs that begin on it counted from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Edition, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import ISO_DAY, TEXT, WHOLE
from codeward.datasets.pdf_lines import printed_lines
from codeward.datasets.policy_manual_codes import codes_named
from codeward.datasets.policy_manual_text import CHAPTERS, Paragraph, paragraphs


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One paragraph; `number` counts within its chapter, `item` is the list mark it stands under, such as 3.b."""

    chapter: str = column(kind=TEXT, required=True, note="Intro, or I to XIII")
    number: int = column(kind=WHOLE, required=True, note="counted within the chapter")
    chapter_title: str = column(kind=TEXT, required=True)
    section: str = column(kind=TEXT, note="the section's letter; the introduction has none")
    heading: str = column(kind=TEXT)
    item: str = column(kind=TEXT, note="list mark, such as 3.b or 14(1)")
    path: str = column(kind=TEXT, required=True, note="chapter, section and list mark in one line")
    page: int = column(kind=WHOLE, required=True, note="page of the PDF")
    label: str = column(kind=TEXT, required=True, note="the manual's own page, such as III-8")
    last_label: str = column(kind=TEXT, required=True, note="the page it ends on")
    revised: date = column(kind=ISO_DAY, required=True, note="the revision date at the foot of the page")
    text: str = column(kind=TEXT, required=True)


@dataclass(frozen=True, slots=True)
class NamedCodeRow:
    """A code, or the first and last code of a range, that a paragraph names."""

    chapter: str = column(kind=TEXT, required=True)
    number: int = column(kind=WHOLE, required=True, note="the paragraph's number in its chapter")
    kind: str = column(kind=TEXT, required=True, note="cpt, cpt-t, cpt-u, …, hcpcs or modifier")
    first: str = column(kind=TEXT, required=True)
    last: str = column(kind=TEXT, required=True, note="equal to the first for a single code")


def _numbered(files: Mapping[str, IO[bytes]]) -> Iterator[tuple[str, int, Paragraph]]:
    """Each paragraph with its place in the file and its number in its chapter."""
    numbers: dict[str, int] = {}
    for found in paragraphs(printed_lines(files[""])):
        number = numbers[found.chapter] = numbers.get(found.chapter, 0) + 1
        yield f"page[{found.page}]/paragraph[{found.place}]", number, found


def _paragraphs(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for place, number, found in _numbered(files):
        cells = [
            found.chapter, str(number), found.chapter_title, found.section, found.heading, found.item, _path(found),
            str(found.page), found.label, found.last_label, found.revised.isoformat(), found.text,
        ]  # fmt: skip
        yield place, cells, crc32("\x1f".join(cells).encode())


def _codes(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for place, number, found in _numbered(files):
        check = crc32(found.text.encode())
        for at, named in enumerate(codes_named(found.text), start=1):
            yield f"{place}/code[{at}]", [found.chapter, str(number), named.kind, named.first, named.last], check


def _path(found: Paragraph) -> str:
    chapter = found.chapter_title if found.chapter == CHAPTERS[0] else f"Chapter {found.chapter}, {found.chapter_title}"
    section = f"{found.section}. {found.heading}" if found.section else found.heading
    return " > ".join(part for part in (chapter, section, found.item) if part)


def _chapter_of_year(name: re.Match[str]) -> Edition:
    """A chapter by itself: in force from January 1 as the whole manual is."""
    whole = calendar_year(name)
    return Edition(whole.id, whole.effective, (), f"chapter {int(name['chapter'])}")


_MANUAL = r"ncci[-_]medicare[-_]policy[-_]manual"
_SHAPES = (
    Shape(rf"^(?P<year>20\d\d)[-_]{_MANUAL}[-_]all[-_]chapters\.pdf$", "own", calendar_year),
    Shape(
        rf"^(?P<chapter>\d\d)[-_]chapter[-_]?\d+[a-z]?[-_]{_MANUAL}[-_](?P<year>20\d\d)(?:[-_]final)?\.pdf$",
        "own",
        _chapter_of_year,
        rank=1,
    ),
)
_LICENCE = (
    "CMS's own text, with CPT codes and short wording beside them that is the AMA's: accept its terms to load it."
)
_LANDING = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-policy-manual"
)
_ADDRESSES = (
    Address("https://www.cms.gov/files/document/{year}-ncci-medicare-policy-manual-all-chapters.pdf", date(2025, 1, 1)),
)
_LINKS = (r"/files/document/20\d\d-ncci-medicare-policy-manual-all-chapters\.pdf$",)

NCCI_POLICY_MANUAL = Dataset(
    id="ncci-policy-manual",
    title="NCCI policy manual",
    row=ParagraphRow,
    shapes=_SHAPES,
    key=("chapter", "number"),
    looked_up_by=("chapter",),
    records=_paragraphs,
    cadence="year",
    publisher="CMS",
    licence=_LICENCE,
    needs_acceptance="ama-cpt",
    landing=_LANDING,
    addresses=_ADDRESSES,
    links=_LINKS,
    invariants=(
        ("number >= 1 and page >= 1", "a paragraph has no number or page"),
        ("starts_with(label, chapter || '-')", "a page label does not belong to its chapter"),
        ("length(text) < 12000", "a paragraph is longer than any of the manual's: pages ran together"),
    ),
)

NCCI_POLICY_MANUAL_CODES = Dataset(
    id="ncci-policy-manual-codes",
    title="Codes named in the NCCI policy manual",
    row=NamedCodeRow,
    shapes=_SHAPES,
    key=("chapter", "number", "first", "last"),
    looked_up_by=("first",),
    records=_codes,
    may_be_empty=True,
    cadence="year",
    publisher="CMS",
    licence=_LICENCE,
    needs_acceptance="ama-cpt",
    landing=_LANDING,
    addresses=_ADDRESSES,
    links=_LINKS,
    invariants=(("first <= last and length(first) = length(last)", "a range runs backwards"),),
)
