"""Contractor records kept as cells of a CSV: the blanks they lost put back, a code told apart from a modifier.

Not CMS's layout. `hcpcs_2024.csv` (columns code, description, last_updated) holds in its first column the records of
the alphanumeric file less the blanks at both ends, so that a modifier, three blanks in front of it gone, stands where
a code does. Sequence numbers tell them apart: a first record has 00100, a continuation 100 more than the one before
it. A line that fits neither reading, or both, is a fault.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

HEADER = ["code", "description", "last_updated"]
WIDTH, END_OF_FIRST, END_OF_TEXT = 320, 293, 91
"""Columns of a record; where a first record ends, with its action; where the text of a continuation may end."""
_STEP = 100
_CODE = re.compile(r"(?P<code>[A-Z]\d{4})(?P<number>\d{5})(?P<record>[34])")
_MODIFIER = re.compile(r"(?P<code>   [A-Z0-9]{2})(?P<number>\d{5})(?P<record>[78])")
_CONTINUES = {"4": ("3", "4"), "8": ("7", "8")}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way of reading a line: the record with its leading blanks, whose it is, its number and its kind."""

    text: str
    code: str
    number: int
    record: str

    def follows(self, before: _Reading | None) -> bool:
        """Whether the record can stand behind the one before it, and ends where its kind does."""
        if self.record not in _CONTINUES:
            return self.number == _STEP and len(self.text) == END_OF_FIRST
        return (
            before is not None
            and before.code == self.code
            and before.record in _CONTINUES[self.record]
            and before.number + _STEP == self.number
            and len(self.text) <= END_OF_TEXT
        )


def whole_records(stream: IO[str]) -> Iterator[tuple[int, str]]:
    """Line number and record of 320 columns of every line; behind them what else the line holds, for the check.

    ValueError at a line that cannot be told for sure.
    """
    reader = csv.reader(stream, strict=True)
    if next(reader, []) != HEADER:
        raise ValueError(f"line 1: expected the header {','.join(HEADER)}")
    before: _Reading | None = None
    line = reader.line_num + 1
    for cells in reader:
        before = _record(cells, before, line)
        yield line, before.text.ljust(WIDTH) + cells[2]
        line = reader.line_num + 1


def _record(cells: list[str], before: _Reading | None, line: int) -> _Reading:
    if len(cells) != len(HEADER) or cells[1]:
        raise ValueError(f"line {line}: expected a record, an empty description and a time")
    fitting = [reading for reading in _readings(cells[0]) if reading.follows(before)]
    if len(fitting) != 1:
        found = "both a code and a modifier" if fitting else "no record that follows the line before"
        raise ValueError(f"line {line}: {found}: {cells[0][:20]!r}")
    return fitting[0]


def _readings(text: str) -> Iterator[_Reading]:
    for whole, pattern in ((text, _CODE), ("   " + text, _MODIFIER)):
        match = pattern.match(whole)
        if match:
            yield _Reading(whole, match["code"], int(match["number"]), match["record"])
