"""The NCCI policy manual's text: whole paragraphs out of its printed pages, each with chapter, section and list mark.

Every body page carries a revision line and a label such as III-8; covers, tables of contents and the list of acronyms
are not paragraphs and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from codeward.datasets.pdf_lines import PrintedLine

CHAPTERS = ("Intro", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")

_LABEL = re.compile(r"(Intro|[IVX]+)-\d+")
_REVISED = re.compile(r"Revision Date \(Medicare\): (\d{1,2})/(\d{1,2})/(\d{4})")
_COVER = "MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL"
_CONTENTS = "Table of Contents"
_CHAPTER = re.compile(r"Chapter ([IVX]+)")
_SECTION = re.compile(r"([A-Z])\. (\S.*)")
_PLAIN_HEADING = re.compile(r"[A-Z][A-Za-z &]+")
_MARK = re.compile(r"(\d{1,2}\.|[a-z]\.|[ivx]{2,4}\.|\(\d{1,2}\)|[a-z]\)|•)\s+(?=\S)")
NUMBER, LETTER, ROMAN = 0, 1, 2
_ENDED = re.compile(r"[.:;!?][)”\"']*$")

BULLET = "•"
MARGIN = 72
GAP = 19.0
"""Points from line to line beyond which a blank line stands between them; lines follow each other at 13.8."""
RIGHT, BLANK, MEANT = 540, 3.0, 60
"""Where the text column ends, how wide a blank is, and how much room within a page shows that a break was meant."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, where it begins and ends, and the list mark it stands under (`3.b`), if any."""

    chapter: str
    chapter_title: str
    section: str
    heading: str
    item: str
    page: int
    place: int
    label: str
    last_label: str
    revised: date
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    label: str
    revised: date
    lines: list[PrintedLine]

    @property
    def chapter(self) -> str:
        return self.label.partition("-")[0]


def paragraphs(pages: Iterable[list[PrintedLine]]) -> Iterator[Paragraph]:
    """Every paragraph in reading order; ValueError when a page is not laid out as the manual's."""
    reader, any_page = _Reader(), False
    for page in _body(pages):
        any_page = True
        yield from reader.read(page)
    if not any_page:
        raise ValueError("no page has a label such as III-8: expected the NCCI policy manual as CMS publishes it")
    yield from reader.finish()


def _body(pages: Iterable[list[PrintedLine]]) -> Iterator[_Page]:
    """Pages of running text; those without a label may stand before the first and behind the last labelled one."""
    begun, bare = False, 0
    for number, lines in enumerate(pages, start=1):
        label = next((line.text for line in reversed(lines) if _LABEL.fullmatch(line.text)), "")
        if not label:
            bare = bare or (number if begun else 0)
            continue
        if bare:
            raise ValueError(f"page {bare}: no label such as III-8 at its foot, though pages behind it have one")
        begun = True
        texts = [line.text for line in lines]
        if _COVER not in texts and _CONTENTS not in texts:
            yield _page(number, label, lines)


def _page(number: int, label: str, lines: list[PrintedLine]) -> _Page:
    found = next((match for line in lines if (match := _REVISED.fullmatch(line.text))), None)
    if found is None:
        raise ValueError(f"page {number}: no line 'Revision Date (Medicare): MM/DD/YYYY' at its foot")
    if label.partition("-")[0] not in CHAPTERS:
        raise ValueError(f"page {number}: label {label!r} names no chapter from Intro to XIII")
    month, day, year = map(int, found.groups())
    body = [line for line in lines if line.text != label and not _REVISED.fullmatch(line.text)]
    return _Page(number, label, date(year, month, day), body)


@dataclass
class _Open:
    """A paragraph that may go on."""

    page: _Page
    item: str
    lines: list[PrintedLine]
    last_label: str


@dataclass
class _Reader:
    """Walks the body pages and remembers where it is."""

    chapter: str = ""
    title: list[str] = field(default_factory=list)
    section: str = ""
    heading: str = ""
    marks: dict[int, str] = field(default_factory=dict)
    lettered: str = ""
    open: _Open | None = None
    places: dict[int, int] = field(default_factory=dict)

    def read(self, page: _Page) -> Iterator[Paragraph]:
        """The paragraphs that end on this page or ended on the one before."""
        if page.chapter != self.chapter:
            yield from self.finish()
            self.chapter, self.title, self.section, self.heading, self.marks = page.chapter, [], "", "", {}
        above: PrintedLine | None = None
        for line in page.lines:
            if self._is_title(line):
                self.title.append(line.text)
            elif self._is_heading(line):
                yield from self.finish()
                self._enter(line.text)
            elif self.open is None or self._begins(line, above):
                yield from self.finish()
                self._start(page, line)
            else:
                self.open.lines.append(line)
                self.open.last_label = page.label
            above = line

    def finish(self) -> Iterator[Paragraph]:
        """The open paragraph, closed."""
        if self.open is not None:
            yield self._close(self.open)
        self.open = None

    def _is_title(self, line: PrintedLine) -> bool:
        """The chapter's name, centred above its first paragraph."""
        if self.section or self.heading or self.open or not line.bold:
            return False
        return (bool(self.title) and line.left > MARGIN + 3) or _CHAPTER.fullmatch(line.text) is not None

    def _is_heading(self, line: PrintedLine) -> bool:
        if not line.bold or abs(line.left - MARGIN) > 2:
            return False
        return bool((_PLAIN_HEADING if self.chapter == CHAPTERS[0] else _SECTION).fullmatch(line.text))

    def _enter(self, text: str) -> None:
        found = _SECTION.fullmatch(text)
        self.section, self.heading = (found[1], found[2]) if found else ("", text)
        self.marks, self.lettered = {}, ""

    def _begins(self, line: PrintedLine, above: PrintedLine | None) -> bool:
        """Whether a line begins a paragraph: behind a blank line, with a list mark, or where the one above had room."""
        assert self.open is not None
        last = self.open.lines[-1]
        if above is not None and above.top - line.top > GAP:
            return True
        if line.text.startswith(BULLET):
            return True
        ended = bool(_ENDED.search(last.text))
        if _MARK.match(line.text):
            return above is None or abs(line.left - last.left) > 3 or ended or _room(last, line) > 0
        return ended and _room(last, line) > (0 if above is None else MEANT)

    def _start(self, page: _Page, line: PrintedLine) -> None:
        if self.chapter != CHAPTERS[0] and not self.title:
            raise ValueError(f"page {page.number}: text before the title 'Chapter {self.chapter}'")
        found = _MARK.match(line.text)
        if found and found[1] != BULLET:
            self._mark(found[1])
        elif line.left < MARGIN + 6:
            self.marks = {}
        self.open = _Open(page, ".".join(self.marks.values()).replace(".(", "("), [line], page.label)

    def _mark(self, mark: str) -> None:
        """A mark closes those of its own level and below: 3 after 2.b is 3, and ii after 2.b.i is 2.b.ii."""
        level = _level_of(mark, self.marks.get(LETTER, ""))
        if level == LETTER and NUMBER in self.marks and mark > "a." and _follows(self.lettered, mark):
            self.marks = {}  # I.E: a list a to e whose point d holds a list 1 to 3 of its own
        self.marks = {at: held for at, held in self.marks.items() if at < level} | {level: mark.strip(".")}
        if level == LETTER and NUMBER not in self.marks:
            self.lettered = mark

    def _close(self, done: _Open) -> Paragraph:
        place = self.places[done.page.number] = self.places.get(done.page.number, 0) + 1
        return Paragraph(
            done.page.chapter, self._named(), self.section, self.heading, done.item, done.page.number, place,
            done.page.label, done.last_label, done.page.revised, _joined(done.lines),
        )  # fmt: skip

    def _named(self) -> str:
        if not self.title:
            return "Introduction"
        name, *codes = self.title[1:] or [self.title[0]]
        return f"{name} ({', '.join(codes)})" if codes else name


def _level_of(mark: str, letter: str) -> int:
    """Numbers, then letters, then small Roman numbers; `i.` is a letter only behind `h.`."""
    if re.fullmatch(r"\d+\.", mark):
        return NUMBER
    if re.fullmatch(r"[ivx]+\.", mark) and not _follows(letter, mark):
        return ROMAN
    return LETTER


def _follows(letter: str, mark: str) -> bool:
    return letter[:1].isalpha() and ord(mark[0]) == ord(letter[0]) + 1


def _room(above: PrintedLine, line: PrintedLine) -> float:
    """Points left over had this line's first word stood on the line above: where there are any, the break was meant."""
    word = line.text.partition(" ")[0]
    width = (line.right - line.left) * (len(word) + 1) / max(len(line.text), 1)
    return RIGHT - above.right - BLANK - width


def _joined(lines: list[PrintedLine]) -> str:
    """The lines as one text; a hyphen at a line's end is part of the word."""
    text = ""
    for line in lines:
        text += line.text if not text or text.endswith("-") else f" {line.text}"
    return text
