"""The ICD-10-CM guidelines' text: paragraphs out of printed pages, each with the number coders cite it by (I.C.9.a).

Laid out as follows: a title page with the days in force, a table of contents with dotted leaders, then `Section I.` to
`Section IV.` and appendices. Below a section stand, in bold, A. > 1. > a. > 1) > (a) > (i). A bold mark opens a
division only where it goes on from the one before it on its level, or is the first below an open one: so a bold
sentence that begins with `A.` is text. At the foot of a page stand the guidelines' name, the year and `Page 12 of 121`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from codeward.datasets.pdf_lines import PrintedLine
from codeward.datasets.printed_paragraphs import follows_close, joined, run_on, usual_step

SECTIONS = ("I", "II", "III", "IV")
INTRODUCTION = "Introduction"
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

_LEADER = re.compile(r"\.{4}")
_PAGE = re.compile(r"Page (\d+) of \d+$")
_RUNNING = re.compile(
    r"ICD-10-CM Official Guidelines for Coding and Reporting[^.]{0,40}"
    r"|(?:FY ?20\d\d\b[^.]{0,30})?Page \d+ of \d+|FY ?20\d\d(?: ?-{1,2} ?UPDATED[^.]{0,30})?"
)
_SECTION = re.compile(r"Section (I{1,3}|IV)\.\s*(\S.*)?")
_APPENDIX = re.compile(r"Appendix (I{1,3}|IV)\.?(?:\s*[:–-])?\s*(\S.*)?")
_MARKS = (
    re.compile(r"([A-Z])\.\s+(\S.*)"),
    re.compile(r"(\d{1,2})\.\s+(\S.*)"),
    re.compile(r"([a-z])\.\s+(\S.*)"),
    re.compile(r"(\d{1,2})\)\s*(\S.*)"),
    re.compile(r"\(([a-z])\)\s*(\S.*)"),
    re.compile(r"\(([ivx]{1,4})\)\s*(\S.*)"),
)
ROMAN = len(_MARKS) - 1


@dataclass(frozen=True, slots=True)
class GuidelineParagraph:
    """A paragraph: its section (`I.C.9.a`), the headings above it from the section down, and where it begins."""

    section: str
    headings: tuple[str, ...]
    page: int
    place: int
    label: str
    text: str


@dataclass(slots=True)
class _Division:
    """An open division: its mark, and the lines of its heading."""

    mark: str
    heading: list[PrintedLine]


@dataclass(slots=True)
class _Reader:
    """Walks the lines and remembers which divisions are open."""

    step: float
    labels: dict[int, str]
    top: str = ""
    stack: dict[int, _Division] = field(default_factory=dict)
    lines: list[PrintedLine] = field(default_factory=list)
    last: PrintedLine | None = None
    in_heading: bool = False
    places: dict[int, int] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def read(self, line: PrintedLine) -> Iterator[GuidelineParagraph]:
        """The paragraphs that a line closes."""
        opened = self._opened(line)
        if opened is not None:
            yield from self.close()
            self._open(*opened)
        elif self.in_heading and line.bold and self.last and follows_close(self.last, line, self.step):
            self.stack[max(self.stack)].heading.append(line)
        else:
            self.in_heading = False
            self.lines.append(line)
        self.last = line

    def close(self) -> Iterator[GuidelineParagraph]:
        """The paragraphs of the division that ends here."""
        for held in run_on(self.lines, self.step):
            page = held[0].page
            place = self.places[page] = self.places.get(page, 0) + 1
            yield GuidelineParagraph(
                self._section(), self._headings(), page, place, self.labels.get(page, str(page)), joined(held)
            )
        self.lines = []

    def _opened(self, line: PrintedLine) -> tuple[int, str, PrintedLine] | None:
        if not line.bold:
            return None
        for pattern, before in ((_SECTION, ""), (_APPENDIX, "App.")):
            if found := pattern.fullmatch(line.text):
                return -1, before + found[1], _with_text(line, found[2] or "")
        return next((opened for level in range(len(_MARKS)) if (opened := self._at_level(level, line))), None)

    def _at_level(self, level: int, line: PrintedLine) -> tuple[int, str, PrintedLine] | None:
        found = _MARKS[level].fullmatch(line.text)
        if not self.top or found is None:
            return None
        held = self.stack.get(level)
        goes_on = held is not None and _follows(level, held.mark, found[1])
        begins = _is_first(level, found[1]) and (level == 0 or any(at < level for at in self.stack if at >= 0))
        deeper = held is None or level > max(self.stack)
        return (level, found[1], _with_text(line, found[2])) if goes_on or (begins and deeper) else None

    def _open(self, level: int, mark: str, heading: PrintedLine) -> None:
        if level < 0:
            self.top = mark
            self.seen.append(mark)
        self.stack = {at: item for at, item in self.stack.items() if at < level}
        self.stack[level] = _Division(mark, [heading] if heading.text else [])
        self.in_heading = True

    def _section(self) -> str:
        return ".".join(item.mark for item in self.stack.values()) if self.stack else INTRODUCTION

    def _headings(self) -> tuple[str, ...]:
        return tuple(joined(item.heading) for item in self.stack.values() if item.heading)


def guideline_paragraphs(pages: Iterable[list[PrintedLine]]) -> Iterator[GuidelineParagraph]:
    """Every paragraph in reading order; ValueError when the pages are not laid out as the guidelines are."""
    body = [lines for page in pages if (lines := _behind_contents(page))]
    labels = {page[0].page: found[1] for page in body for line in page if (found := _PAGE.search(line.text))}
    reader = _Reader(usual_step(body), labels)
    for page in body:
        for line in page:
            if not _RUNNING.fullmatch(line.text):
                yield from reader.read(line)
    yield from reader.close()
    missing = [name for name in SECTIONS if name not in reader.seen]
    if missing:
        raise ValueError(
            f"no bold heading 'Section {missing[0]}.' stands behind the table of contents: "
            "expected the ICD-10-CM Official Guidelines for Coding and Reporting, Sections I to IV"
        )


def _behind_contents(page: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of a page below the last one that leads to a page number with dots: all, where none does."""
    last = max((at for at, line in enumerate(page) if _LEADER.search(line.text)), default=-1)
    return page[last + 1 :]


def _with_text(line: PrintedLine, text: str) -> PrintedLine:
    return PrintedLine(line.page, line.left, line.right, line.top, line.bold, text)


def _is_first(level: int, mark: str) -> bool:
    return mark in ("A", "1", "a", "i") and (mark != "i" or level == ROMAN)


def _follows(level: int, held: str, mark: str) -> bool:
    """Whether a mark is the next after another on its level."""
    if level == ROMAN:
        return mark in ROMANS and held in ROMANS and ROMANS.index(mark) == ROMANS.index(held) + 1
    if held.isdigit():
        return mark.isdigit() and int(mark) == int(held) + 1
    return len(mark) == 1 and ord(mark) == ord(held) + 1
