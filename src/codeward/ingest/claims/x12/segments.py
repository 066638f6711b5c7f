"""Segments out of a stream of bytes: split at the terminators of each interchange, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from codeward.core.faults import BadFile
from codeward.ingest.claims.x12.delimiters import LENGTH, Delimiters, delimiters_of

CHUNK = 1 << 17
LONGEST = 1 << 20
"""Characters without a terminator after which the file is no X12; the longest segment of an 837 has some 1,500."""
_BOM = "\u00ef\u00bb\u00bf"
"""The UTF-8 byte order mark, read byte for byte."""
_ISA = ("ISA", "isa", "Isa")
BLANKS = " \t\r\n\x1a\x00"
"""What may stand between segments; 1C to 1F are no blanks, they serve as delimiters."""


class Place(NamedTuple):
    """Where a segment stands in the file: its number from 1, its first character from 1, and its id."""

    segment: int
    character: int
    id: str

    def __str__(self) -> str:
        return f"segment {self.segment} ({self.id}, character {self.character})"


class Segments:
    """The segments of a file as lists of elements, the first of which is the id.

    Bytes are read as Latin-1, which loses none; `spoken` gives text that was UTF-8 back. Line breaks after terminators
    belong to neither segment. `number`, `offset` and `size` tell where the last segment stands and how long it is;
    `cut` is what is left behind the last terminator at the end.
    """

    __slots__ = (
        "_carry",
        "_end",
        "_pieces",
        "_stream",
        "cut",
        "delimiters",
        "name",
        "number",
        "offset",
        "size",
        "upper",
    )

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self.name = stream, name
        self._carry, self._pieces, self._end = "", 0, 0
        self.number, self.offset, self.size = 0, 0, 0
        self.cut = ""
        self.upper = False
        self.delimiters = Delimiters("*", ":", "^", "~")

    def __iter__(self) -> Iterator[list[str]]:
        """Every segment; raises BadFile where the first interchange has no usable ISA."""
        self._carry = self._more().removeprefix(_BOM)
        while self._carry.strip(BLANKS):
            self._begin_interchange()
            yield from self._interchange()

    def _begin_interchange(self) -> None:
        text = self._carry.lstrip(BLANKS)
        self._end += len(self._carry) - len(text)
        while len(text) < 4 * LENGTH and (more := self._more()):
            text += more
        found = delimiters_of(text)
        if found is None:
            where = f"the ISA after segment {self.number}" if self.number else "the ISA at the beginning"
            raise BadFile(
                self.name, f"{where} is damaged: expected 16 elements, and a segment terminator behind them", 1
            )
        self.delimiters, self._carry = found, text
        self.upper = text[:3] != "ISA"

    def _interchange(self) -> Iterator[list[str]]:
        """Segments as long as the delimiters stay; leaves the rest in the carry where another ISA changes them."""
        element, terminator = self.delimiters.element, self.delimiters.terminator
        begun = False
        while True:
            pieces = (self._carry.upper() if self.upper else self._carry).split(terminator)
            self._carry = pieces.pop()
            for index, raw in enumerate(pieces):
                piece = raw.strip(BLANKS)
                if begun and piece[:3] in _ISA and self._changes(piece):
                    self._carry = terminator.join([raw, *pieces[index + 1 :], self._carry])
                    return
                self.size = size = len(piece)
                self.offset = self._end + 1 if size == len(raw) else self._end + 1 + raw.index(piece)
                self._end += len(raw) + 1
                if not size:
                    continue
                self.number += 1
                begun = True
                yield piece.split(element)
            if (at := self._another()) < 0:
                if self._fill():
                    continue
                at = self._another()
            if at < 0:
                self.cut, self._carry = self._carry.strip(BLANKS), ""
            elif broken := self._carry[:at].strip(BLANKS):
                self.number, self.size, self.offset = self.number + 1, len(broken), self._end + 1
                yield broken.split(element)
            self._end += max(at, 0)
            self._carry = self._carry[max(at, 0) :]
            return

    def _another(self) -> int:
        """Where an ISA with another terminator begins, behind a file that may have been cut off; -1 if nowhere."""
        at = self._carry.find("ISA") if len(self._carry) > LENGTH else -1
        while at >= 0:
            found = delimiters_of(self._carry[at : at + 4 * LENGTH])
            if found is not None and (found.padded or not self._carry[:at].strip(BLANKS)):
                return at
            at = self._carry.find("ISA", at + 1)
        return -1

    def _fill(self) -> bool:
        """More text behind the carry; False at the end."""
        more = self._more()
        self._carry += more
        if len(self._carry) > LONGEST:
            raise BadFile(self.name, f"no segment ends within a million characters of segment {self.number + 1}")
        return bool(more)

    def _changes(self, piece: str) -> bool:
        """Whether an ISA sets other delimiters than those in force; one that is damaged is read with these."""
        now = self.delimiters
        found = delimiters_of(piece + now.terminator)
        return found is not None and found.marks != now.marks

    def _more(self) -> str:
        return self._stream.read(CHUNK).decode("latin-1")


def spoken(text: str) -> str:
    """Text that was read byte for byte, as its writer meant it: UTF-8 where it is that, else Latin-1."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
