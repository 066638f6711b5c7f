"""Medicare Claims Processing Manual (Internet-Only Manual 100-04): paragraphs with section and revision.

One PDF a chapter, replaced whenever a section is revised; its name has no day, so an edition is called after the
revision above its table of contents. Chapters are revised apart, and each has editions of its own: whoever reads asks
for the newest edition that holds the chapter. A source reads `page[74]/paragraph[2]`: the page of the PDF, and the
paragraphs that begin on it counted from one. The layout is read as it is known from the published files; no published
file has yet been read by this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.claims_manual_text import first_revision, manual_paragraphs
from codeward.datasets.declare import UNDATED, Dataset, Edition, Record, Shape, column
from codeward.datasets.kinds import ISO_DAY, TEXT, WHOLE
from codeward.datasets.pdf_lines import printed_lines

CHAPTERS = range(1, 40)
"""The manual's chapters are numbered 1 to 39."""


@dataclass(frozen=True, slots=True)
class ClaimsManualRow:
    """One paragraph; `number` counts within its chapter."""

    chapter: int = column(kind=WHOLE, required=True)
    number: int = column(kind=WHOLE, required=True, note="counted within the chapter")
    chapter_title: str = column(kind=TEXT, required=True)
    section: str = column(kind=TEXT, required=True, note="as cited: 30.6.5")
    heading: str = column(kind=TEXT, required=True)
    path: str = column(kind=TEXT, required=True, note="chapter and headings in one line")
    transmittal: str = column(kind=TEXT, note="number of the section's last revision")
    effective: date = column(kind=ISO_DAY, note="first day of that revision, where it says a day")
    page: int = column(kind=WHOLE, required=True, note="page of the PDF; the manual prints no numbers")
    text: str = column(kind=TEXT, required=True)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for role, stream in files.items():
        for number, found in enumerate(manual_paragraphs(printed_lines(stream), int(role)), start=1):
            chapter = f"Chapter {found.chapter}, {found.chapter_title}"
            path = " > ".join((chapter, *found.headings))
            revised = found.effective.isoformat() if found.effective else ""
            cells = [
                str(found.chapter), str(number), found.chapter_title, found.section, found.headings[-1], path,
                found.transmittal, revised, str(found.page), found.text,
            ]  # fmt: skip
            yield f"page[{found.page}]/paragraph[{found.place}]", cells, crc32("\x1f".join(cells).encode())


def _undated(name: re.Match[str]) -> Edition:
    return UNDATED


def _last_revised(stream: IO[bytes]) -> date:
    return first_revision(printed_lines(stream))


CLAIMS_PROCESSING_MANUAL = Dataset(
    id="claims-processing-manual",
    title="Medicare claims processing manual",
    row=ClaimsManualRow,
    shapes=tuple(
        Shape(rf"^clm104c{chapter:02d}(?:pdf)?\.pdf$", "own", _undated, role=str(chapter)) for chapter in CHAPTERS
    ),
    key=("chapter", "number"),
    looked_up_by=("chapter", "section"),
    records=_records,
    apart=True,
    counts_vary=True,
    dated_by=_last_revised,
    cadence="none",
    publisher="CMS",
    licence="CMS's own text, with CPT codes and short wording in it that is the AMA's: accept its terms to load it.",
    needs_acceptance="ama-cpt",
    landing=(
        "https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912"
    ),
    invariants=(
        ("number >= 1 and page >= 1", "a paragraph has no number or page"),
        ("length(text) < 20000", "a paragraph is longer than any of the manual's: pages ran together"),
    ),
)
