"""One row of a CSV of claims, cell by cell; what does not fit is noted with its place and what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from codeward.core.claims import SETTINGS, Finding
from codeward.core.codes import plain
from codeward.core.faults import BadFile
from codeward.ingest.claims.csv_columns import given
from codeward.ingest.claims.json_claims import SEXES
from codeward.ingest.claims.json_members import MOST

RULE = "CSV.CELL"
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M")
_EARLIEST = 1850
"""No living patient was born before; two-digit years read as four end up there."""
_AS_TEXT = re.compile(r'="(.*)"')
"""How spreadsheets keep leading zeros: a formula whose value is the text; it is not run, only unwrapped."""
_AMOUNT = re.compile(r"-?\$?-?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?")
_APART = re.compile(r"[\s,;:/|+]+")


class Row:
    """The cells of one row by column name; `faults` gathers those that cannot be read.

    `whole` is what any row of the claim says of the whole claim; it stands in for this row's own cells.
    """

    def __init__(self, cells: Sequence[str], columns: dict[str, int], file: str, line: int) -> None:
        self._cells, self._columns, self._file, self.line = cells, columns, file, line
        self.faults: list[Finding] = []
        self.whole: dict[str, str] = {}

    def text(self, column: str) -> str:
        """The text of a cell without blanks around it; empty where cell or column is missing."""
        if told := self.whole.get(column):
            return told
        place = self._columns.get(column)
        if place is None or place >= len(self._cells):
            return ""
        cell = self._cells[place].strip()
        wrapped = _AS_TEXT.fullmatch(cell)
        return wrapped[1].strip() if wrapped else cell

    def texts(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The texts of several columns that are not empty."""
        return tuple(text for column, _ in given(self._columns, columns) if (text := self.text(column)))

    def refuse(self, column: str, expected: str) -> None:
        """Note that a cell is not what was expected."""
        problem = f"found {self.text(column)[:40]!r}, expected {expected}"
        message = str(BadFile(self._file, problem, self.line, column))
        self.faults.append(Finding(RULE, "deny", (), self.text("claim_id")[:40], message))

    def day(self, column: str) -> date | None:
        """A day, ISO or as Americans write it; None where there is none or it cannot be read."""
        text = self.text(column)
        if not text:
            return None
        day = _day(text)
        if day is None:
            self.refuse(column, "a day such as 2024-08-15 or 08/15/2024")
        return day

    def number(self, column: str) -> Decimal | None:
        """A number, with or without dollar sign and commas between thousands."""
        text = self.text(column)
        if not text:
            return None
        if _AMOUNT.fullmatch(text):
            try:
                value = Decimal(text.replace("$", "").replace(",", ""))
            except InvalidOperation:
                value = MOST + 1
            if abs(value) <= MOST:
                return value
        self.refuse(column, "a number such as 1 or 120.50")
        return None

    def fitting(self, column: str, fits: Callable[[str], bool], expected: str) -> str:
        """Upper-case text that must have a form where it is there."""
        text = self.text(column).upper()
        if text and not fits(text):
            self.refuse(column, expected)
        return text

    def sex(self) -> str:
        """F, M or U, in letters or words."""
        sex = SEXES.get(self.text("sex").upper())
        if sex is None:
            self.refuse("sex", "F, M or U")
        return sex or ""

    def setting(self) -> str:
        """One of the settings; practitioner where none is told."""
        setting = self.text("setting").lower() or "practitioner"
        if setting not in SETTINGS:
            self.refuse("setting", "one of " + ", ".join(SETTINGS))
        return setting

    def pointers(self) -> tuple[int, ...]:
        """Diagnosis pointers as letters, together or apart, or as numbers apart: AB, A,B and 1,2 are the same."""
        text = self.text("pointers").upper()
        found: list[int] = []
        for part in filter(None, _APART.split(text)):
            if part.isascii() and part.isdigit() and 1 <= int(part) <= 12:
                found.append(int(part))
            elif part.isascii() and part.isalpha() and max(part) <= "L":
                found += [ord(letter) - ord("A") + 1 for letter in part]
            else:
                self.refuse("pointers", "letters A to L or numbers 1 to 12, as in AB or 1,2")
                return ()
        return tuple(found)

    def modifiers(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Modifiers of columns of their own, or of one that holds them all."""
        together = filter(None, _APART.split(self.text("modifiers").upper()))
        return (*(text.upper() for text in self.texts(columns)), *together)

    def diagnoses(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Diagnoses in order, without dots; a gap in the columns would shift pointers and is refused."""
        cells = [self.text(column) for column, _ in given(self._columns, columns)]
        used = [cell for cell in cells if cell]
        if cells[: len(used)] != used:
            empty = cells.index("")
            self.refuse(columns[empty], "a diagnosis, since later columns hold one")
        together = filter(None, _APART.split(self.text("diagnoses")))
        return tuple(plain(text) for text in (*used, *together))


@lru_cache(4096)
def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        return moment.date() if moment.year >= _EARLIEST and moment.time() == time() else None
    return None
