"""Claims in a CSV: one service line a row, rows of one claim id together (`docs/reference/claim-formats.md`)."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from codeward.core.claims import Claim, ClaimLine, Finding, Patient, ReadClaim
from codeward.core.codes import plain
from codeward.core.faults import BadFile
from codeward.ingest.claims.csv_cells import Row
from codeward.ingest.claims.csv_columns import DIAGNOSES, MODIFIERS, columns_of, is_header, separator_of
from codeward.ingest.claims.json_claims import payer_of
from codeward.ingest.claims.sound import structural_faults

TOGETHER = 20_000
"""Rows that are held so that a claim's rows may stand anywhere; in a longer file they must stand together."""
REMEMBERED = 100_000
"""Claim ids kept to tell that a claim comes again."""
_CLAIM_COLUMNS = (
    "patient_id", "birth_date", "sex", "payer", "setting", "billing_npi", "taxonomy", "clia", "zip", "state",
    "locality", "diagnoses", *DIAGNOSES,
)  # fmt: skip
"""Columns that say one thing of a whole claim: every row says the same or nothing."""


def looks_like_csv(head: bytes) -> bool:
    """Whether a file begins with a header that names what a CSV of claims needs."""
    text = head.decode(_encoding(head), errors="replace").lstrip("\ufeff\r\n")
    return is_header(next(iter(text.splitlines()), ""))


def read_csv(stream: BinaryIO, name: str, today: date | None) -> Iterator[ReadClaim]:
    """Every claim of a CSV; one with a cell that cannot be read comes as its faults, without a claim.

    Raises BadFile where the header misses a column, or the text is no CSV.
    """
    head = stream.peek(1 << 16) if isinstance(stream, io.BufferedReader) else b""
    text = io.TextIOWrapper(stream, _encoding(head), errors="backslashreplace", newline="")
    try:
        for rows, again in _grouped(_rows(text, name)):
            yield _claim(rows, again, today)
    except csv.Error as fault:
        raise BadFile(name, f"the text is no CSV: {fault}") from fault
    finally:
        text.detach()


def _encoding(head: bytes) -> str:
    """UTF-16 by its mark, else UTF-8, else what spreadsheets on Windows write."""
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(text: io.TextIOWrapper, name: str) -> Iterator[Row]:
    """Every row that is not empty; the first is the header."""
    first = ""
    lines = 0
    while not first.strip():
        first = text.readline()
        lines += 1
        if not first:
            raise BadFile(name, "the file is empty")
    separator = separator_of(first)
    reader = csv.reader(_with(first, text), delimiter=separator, strict=True)
    header = next(reader)
    columns = columns_of(header, name, lines)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            row = Row(cells, columns, name, lines - 1 + reader.line_num)
            if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
                row.refuse("claim_id", f"{len(header)} cells as in the header, the row has {len(cells)}")
            yield row


def _with(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from text


def _grouped(rows: Iterator[Row]) -> Iterator[tuple[list[Row], bool]]:
    """The rows of each claim, and whether its id was there before: a short file in any order, a long one in its own."""
    held: dict[str, list[Row]] = {}
    for count, row in enumerate(rows, 1):
        held.setdefault(row.text("claim_id"), []).append(row)
        if count > TOGETHER:
            yield from _in_order(held, row, rows)
            return
    for group in held.values():
        yield group, False


def _in_order(held: dict[str, list[Row]], last: Row, rows: Iterator[Row]) -> Iterator[tuple[list[Row], bool]]:
    """The rest of a long file: what is held, then claim after claim."""
    current = last.text("claim_id")
    group = held.pop(current)
    seen = dict.fromkeys(held)
    for before in held.values():
        yield before, False
    held.clear()
    for row in rows:
        claim_id = row.text("claim_id")
        if claim_id != current:
            yield group, current in seen
            seen[current] = None
            if len(seen) > REMEMBERED:
                del seen[next(iter(seen))]
            current, group = claim_id, []
        group.append(row)
    yield group, current in seen


def _claim(rows: list[Row], again: bool, today: date | None) -> ReadClaim:
    first = rows[0]
    lines = tuple(filter(None, [_line(row, number) for number, row in enumerate(rows, 1)]))
    first.whole = {column: _told(rows, column) for column in _CLAIM_COLUMNS}
    if len({line.number for line in lines}) < len(lines):
        first.refuse("line", "every line number once in a claim")
    claim = _made(first, lines)
    faults = [fault for row in rows for fault in row.faults]
    place = f"line {first.line}"
    if faults:
        return ReadClaim(None, tuple(faults), place)
    found = structural_faults(claim, today)
    return ReadClaim(claim, (_apart(first), *found) if again else found, place)


def _apart(row: Row) -> Finding:
    claim_id = row.text("claim_id")
    message = (
        f"line {row.line}: claim {claim_id} was there before; in a file of more than {TOGETHER} rows those of one "
        "claim must stand together, so that these are checked as a claim of its own"
    )
    return Finding("CSV.APART", "warn", (), claim_id, message)


def _told(rows: list[Row], column: str) -> str:
    """What the rows say of the whole claim; another word in a later row is a fault of that row."""
    told = ""
    for row in rows:
        text = row.text(column)
        if told and text and text != told:
            row.refuse(column, f"{told!r} as in the rows of the claim before it")
        told = told or text
    return told


def _made(row: Row, lines: tuple[ClaimLine, ...]) -> Claim:
    if not row.text("claim_id"):
        row.refuse("claim_id", "an id that its rows share")
    place = next((line.place_of_service for line in lines if line.place_of_service), "")
    rendering = next((line.rendering_npi for line in lines if line.rendering_npi), "")
    return Claim(
        row.text("claim_id"),
        tuple(_unlike(line, place, rendering) for line in lines),
        row.diagnoses(DIAGNOSES),
        Patient(row.text("patient_id"), row.day("birth_date"), row.sex()),
        payer_of(row.text("payer")),
        row.setting(),
        row.fitting("billing_npi", _digits(10), "ten digits"),
        rendering,
        row.text("taxonomy").upper(),
        place,
        row.fitting("state", lambda text: len(text) == 2 and text.isalpha(), "two letters"),
        _zip(row),
        row.text("locality"),
        row.text("clia").upper(),
    )


def _unlike(line: ClaimLine, place: str, rendering: str) -> ClaimLine:
    """The line with what differs from the claim only: the first row's place and provider are the claim's."""
    return replace(
        line,
        place_of_service="" if line.place_of_service == place else line.place_of_service,
        rendering_npi="" if line.rendering_npi == rendering else line.rendering_npi,
    )


def _line(row: Row, number: int) -> ClaimLine | None:
    code, day, units = plain(row.text("code")), row.day("date"), row.number("units")
    if not code and not row.text("revenue_code"):
        row.refuse("code", "a procedure code")
    if day is None and not row.text("date"):
        row.refuse("date", "a day such as 2024-08-15")
    last = row.day("to_date")
    if last is not None and day is not None and last < day:
        row.refuse("to_date", f"a day from {day} on")
    told = row.fitting(
        "line", lambda text: text.isascii() and text.isdigit() and 0 < int(text[:9]) < 10000, "a line number from 1"
    )
    if day is None or row.faults:
        return None
    return ClaimLine(
        int(told) if told else number,
        code,
        row.modifiers(MODIFIERS),
        Decimal(1) if units is None else units,
        day,
        row.pointers(),
        row.number("charge"),
        row.fitting("rendering_npi", _digits(10), "ten digits"),
        row.fitting("place_of_service", _digits(2), "two digits"),
        None if last == day else last,
        row.text("measure").upper() or "UN",
        row.text("revenue_code"),
    )


def _digits(count: int) -> Callable[[str], bool]:
    return lambda text: len(text) == count and text.isascii() and text.isdigit()


def _zip(row: Row) -> str:
    text = row.text("zip").replace("-", "")
    if text and not (len(text) in (5, 9) and text.isascii() and text.isdigit()):
        row.refuse("zip", "five or nine digits")
    return text
