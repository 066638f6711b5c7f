"""CPT descriptors out of an operator's licensed AMA delivery, yearly: long, medium and short; never fetched or shipped.

The delivery holds the long text four times, as `LONGULT.txt` and `LONGUT.txt` (a tab after the code) and `LONGULF.txt`
and `LONGUF.txt` (fixed width), the first of each pair in upper and lower case, and `MEDU.txt` and `SHORTU.txt`, medium
and short in upper case. Every file begins with a copyright notice. One long file is read, the four in that order of
preference, and the medium and short texts are put beside it by code; a row cites the long file where there is one.

Certain, from programs that load deliveries: the names of the files, the notice above the first code, the tab in the
files whose name ends in T, and the code in columns 1 to 5 with the text from column 7 in MEDU and SHORTU. Known from
the AMA's layout of 2001 alone: long texts of fixed width in pieces of 72 characters from column 9, with a piece number
in columns 6 and 7 that runs on from 01; whether a piece that fills its columns may break inside a word is not said, so
it is joined without a blank. No delivery was at hand. Modifiers, consumer and clinician descriptors are not read.

No file says its year, so the zip it lies in must: `CPT2026.zip`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import CODE, TEXT

_WHOLE = re.compile(r"([0-9]{4}[0-9A-Z])(?:\t+| +)(\S.*)")
_PIECE = re.compile(r"([0-9]{4}[0-9A-Z])([0-9]{2}) (.{1,72})")
_PIECE_WIDTH = 72
_FILES = (
    ("LONGULT", "long"),
    ("LONGULF", "long"),
    ("LONGUT", "long"),
    ("LONGUF", "long"),
    ("MEDU", "medium"),
    ("SHORTU", "short"),
)
"""File names in the order of preference, and the text each holds."""


@dataclass(frozen=True, slots=True)
class DescriptorRow:
    """One code and its three descriptors, shown only with the AMA's notice."""

    code: str = column(kind=CODE, required=True)
    long_text: str = column(kind=TEXT, terms="ama-licensed")
    medium_text: str = column(kind=TEXT, terms="ama-licensed")
    short_text: str = column(kind=TEXT, terms="ama-licensed")


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of one code: the line it begins on, its pieces put together, and a check over their lines."""

    line: int
    words: str
    check: int


def _texts(stream: IO[bytes], file: str) -> dict[str, _Text]:
    """Every code's text in one file; ValueError names the line that is neither notice nor text."""
    found: dict[str, _Text] = {}
    pieces: dict[str, int] = {}
    for line, raw in enumerate(stream.read().decode("cp1252").splitlines(), start=1):
        text = raw.rstrip()
        piece, whole = _PIECE.fullmatch(text), _WHOLE.fullmatch(text)
        if piece:
            code, number = piece[1], int(piece[2])
            if number != pieces.get(code, 0) + 1:
                raise ValueError(f"{file} line {line}: piece {number} of {code}, expected {pieces.get(code, 0) + 1}")
            found[code] = _longer(found.get(code), line, piece[3], raw)
            pieces[code] = number
        elif whole:
            if whole[1] in found:
                raise ValueError(f"{file} line {line}: {whole[1]} stands there twice")
            found[whole[1]] = _Text(line, whole[2], crc32(raw.encode()))
        elif found and text:
            raise ValueError(f"{file} line {line}: expected a five-character code and its text")
    return found


def _longer(held: _Text | None, line: int, words: str, raw: str) -> _Text:
    """The text so far with its next piece; blanks at the end of the last one are put back, so that words stay apart."""
    if held is None:
        return _Text(line, words, crc32(raw.encode()))
    columns = -(-len(held.words) // _PIECE_WIDTH) * _PIECE_WIDTH
    return _Text(held.line, held.words.ljust(columns) + words, crc32(raw.encode(), held.check))


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    read = {role: _texts(stream, f"the {role} text,") for role, stream in files.items()}
    main = next(read[role] for _, role in _FILES if role in read)
    for role, texts in read.items():
        if not texts:
            raise ValueError(f"the {role} text holds no line of a five-character code and its text")
        extra = next((code for code in texts if code not in main), None)
        if extra is not None:
            raise ValueError(f"the {role} text has {extra}, which the first file lacks: leave that file out of the zip")
    for code, first in main.items():
        here = [read[role].get(code) if role in read else None for role in ("long", "medium", "short")]
        check = first.check
        for text in here:
            check = check if text is None or text is first else (check * 31 + text.check) & 0xFFFFFFFF
        yield first.line, [code, *(text.words if text else "" for text in here)], check


def _shape(rank: int, name: str, role: str) -> Shape:
    where = rf"/[^/]*(?P<year>20\d\d)[^/]*\.zip/(?:.*/)?{name}\.txt$"
    return Shape(where, "own", calendar_year, role=role, rank=rank, encoding="cp1252")


CPT_DESCRIPTORS = Dataset(
    id="cpt-descriptors",
    title="CPT descriptors (licensed)",
    row=DescriptorRow,
    shapes=tuple(_shape(rank, name, role) for rank, (name, role) in enumerate(_FILES)),
    key=("code",),
    looked_up_by=("code",),
    records=_records,
    cadence="year",
    publisher="AMA",
    licence="Copyright American Medical Association: load it only under a licence of your own, and show the notice.",
    needs_acceptance="ama-licensed",
    landing="https://www.ama-assn.org/practice-management/cpt",
)
