"""The Medicare Claims Processing Manual's text: paragraphs out of a chapter's pages, each with its section (30.6.5).

Laid out as follows: the manual's name, `Chapter 12 - Title`, a table of contents with one line a section and no page
numbers, then the sections. A section opens with its number and title in bold, and behind it stands its revision in
parentheses: `(Rev. 3315, Issued: 08-06-15, Effective: 01-01-16, Implementation: 01-04-16)`. A line of the contents is
not followed by a revision, and so is none. Behind the last section stands the list of transmittals, which is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from codeward.datasets.pdf_lines import PrintedLine
from codeward.datasets.printed_paragraphs import joined, run_on, usual_step

MANUAL = "Medicare Claims Processing Manual"
LONGEST = 5
"""Lines that a section's title takes at most, and a revision."""

_CHAPTER = re.compile(r"Chapter (\d{1,2})\s*[-–]\s*(\S.*)")
_SECTION = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,6})\.?\s*[-–]\s*(\S.*)")
_REVISION = re.compile(r"\(Rev[.:]{0,2} ?\d")
_TRANSMITTAL = re.compile(r"\(Rev[.:]{0,2} ?(\d+)")
_EFFECTIVE = re.compile(r"Effective(?: Date)?: ?(\d{1,2})[-/](\d{1,2})[-/](\d{2,4})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{2,4})")
_END = re.compile(r"Transmittals Issued for this Chapter", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ManualParagraph:
    """A paragraph of a section, the section's revision, and where it begins."""

    chapter: int
    chapter_title: str
    section: str
    headings: tuple[str, ...]
    transmittal: str
    effective: date | None
    page: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """Where a section stands among the lines: its title, its revision, and its first line of text."""

    number: str
    title: str
    revision: str
    first: int
    text: int


def manual_paragraphs(pages: Iterable[list[PrintedLine]], chapter: int) -> Iterator[ManualParagraph]:
    """Every paragraph of a chapter in reading order; ValueError when the pages are not laid out as a chapter's are."""
    held = [page for page in pages if page]
    lines = [line for page in held for line in page]
    title = _title(lines, chapter)
    sections = list(_sections(lines))
    if not sections:
        raise ValueError(
            f"no bold section title such as '10 - General' with its revision '(Rev. 1, 10-01-03)' behind it: "
            f"expected chapter {chapter} of the {MANUAL}"
        )
    step, places = usual_step(held), dict[int, int]()
    end = next((at for at, line in enumerate(lines) if at >= sections[-1].text and _END.search(line.text)), len(lines))
    titles: dict[str, str] = {}
    for section, after in zip(sections, [*(item.first for item in sections[1:]), end], strict=True):
        titles[section.number] = section.title
        for text in run_on(lines[section.text : after], step):
            page = text[0].page
            places[page] = places.get(page, 0) + 1
            yield ManualParagraph(
                chapter, title, section.number, _headings(section.number, titles), *_revised(section.revision),
                page, places[page], joined(text),
            )  # fmt: skip


def first_revision(pages: Iterable[list[PrintedLine]]) -> date:
    """The day of the chapter's last revision, as it stands above the table of contents; ValueError when none does."""
    for page in pages:
        for line in page:
            if _REVISION.match(line.text) and (day := _day(_DAY.search(line.text))):
                return day
    raise ValueError("no revision such as (Rev. 12345, 11-07-24): expected a chapter of the " + MANUAL)


def _title(lines: Sequence[PrintedLine], chapter: int) -> str:
    found = next((match for line in lines if (match := _CHAPTER.match(line.text))), None)
    if found is None:
        raise ValueError(f"no line 'Chapter {chapter} - …': expected a chapter of the {MANUAL}")
    if int(found[1]) != chapter:
        raise ValueError(f"it says 'Chapter {found[1]}', and its name says chapter {chapter}")
    return found[2]


def _sections(lines: Sequence[PrintedLine]) -> Iterator[_Section]:
    for at, line in enumerate(lines):
        found = _SECTION.match(line.text) if line.bold else None
        if found is None:
            continue
        behind = _revision_behind(lines, at)
        if behind is None:
            continue
        title = joined([_titled(line, found[2]), *lines[at + 1 : behind]])
        last = _closing(lines, behind)
        yield _Section(found[1], title, joined(lines[behind : last + 1]), at, last + 1)


def _revision_behind(lines: Sequence[PrintedLine], at: int) -> int | None:
    """Where the revision of the title at a line begins: behind the rest of the title, which is bold too."""
    for place in range(at + 1, min(at + LONGEST, len(lines))):
        if _REVISION.match(lines[place].text):
            return place
        if not lines[place].bold or _SECTION.match(lines[place].text):
            return None
    return None


def _closing(lines: Sequence[PrintedLine], at: int) -> int:
    """The line on which a revision's parenthesis closes."""
    upto = range(at, min(at + LONGEST, len(lines)))
    return next((place for place in upto if ")" in lines[place].text), at)


def _titled(line: PrintedLine, text: str) -> PrintedLine:
    return PrintedLine(line.page, line.left, line.right, line.top, line.bold, text)


def _headings(number: str, titles: dict[str, str]) -> tuple[str, ...]:
    """The titles of the sections above and of the section itself: 30, 30.6 and 30.6.5, those that were met."""
    parts = number.split(".")
    above = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return tuple(titles[one] for one in above if one in titles)


def _revised(revision: str) -> tuple[str, date | None]:
    found = _TRANSMITTAL.match(revision)
    return (found[1] if found else ""), _day(_EFFECTIVE.search(revision))


def _day(found: re.Match[str] | None) -> date | None:
    if found is None:
        return None
    month, day, year = (int(part) for part in found.groups()[-3:])
    with suppress(ValueError):
        return date(year if year > 99 else 2000 + year, month, day)
    return None
