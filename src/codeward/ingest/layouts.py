"""Layouts: how csv, tab text, fixed width and xlsx files become numbered records of cells."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import IO, TypeVar

from codeward.core.faults import BadFile, Fault
from codeward.datasets.declare import Column, Dataset, Shape
from codeward.ingest.files import OfficialFile, check_workbook

HEADER_WITHIN = 60
FIELD_LIMIT = 1 << 24
csv.field_size_limit(FIELD_LIMIT)
CHUNK = 1 << 17
"""Characters of text that are read and split in one go; what a processor's cache holds goes quickest."""
RUN = 1_000
"""Records handed on together where they come one by one."""

Cells = tuple[int, list[str]]
"""A line number and every cell of that line as published."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run:
    """Successive records of a file: line numbers, cells, and checks where these came for little."""

    lines: Sequence[int]
    cells: list[list[str]]
    checks: list[int] | None = None

    def __bool__(self) -> bool:
        return len(self.cells) > 0

    def after(self, place: int) -> Run:
        """The records that follow the one at this place."""
        checks = None if self.checks is None else self.checks[place + 1 :]
        return Run(self.lines[place + 1 :], self.cells[place + 1 :], checks)


@dataclass(frozen=True, slots=True)
class Grid:
    """Runs of a file and, for each declared column, where its cell stands (None: the edition lacks it)."""

    places: tuple[int | None, ...]
    runs: Iterator[Run]


def check_of(cells: Sequence[str]) -> int:
    """A 32-bit check over every cell as published, so that one changed byte is noticed."""
    return zlib.crc32("\x1f".join(cells).encode())


def by_the_thousand(items: Iterator[T]) -> Iterator[list[T]]:
    """Items in lists; those before a fault are handed on first, so that the first fault is the one told."""
    held: list[T] = []
    try:
        for item in items:
            held.append(item)
            if len(held) == RUN:
                yield held
                held = []
    except Fault as fault:
        if held:
            yield held
        raise fault from None
    if held:
        yield held


def open_grid(dataset: Dataset, shape: Shape, file: OfficialFile) -> Grid:
    """The file's records below its header, columns found by heading; BadFile says what does not fit."""
    if shape.layout == "fixed":
        return Grid(tuple(range(len(dataset.columns))), _runs(_fixed(dataset, shape, file)))
    runs = _runs(_sheet(file)) if shape.layout == "xlsx" else _delimited(shape, file)
    return _below_header(dataset, shape, file, runs)


def _runs(lines: Iterator[Cells]) -> Iterator[Run]:
    for held in by_the_thousand(lines):
        yield Run([line for line, _ in held], [cells for _, cells in held])


def text_of(file: OfficialFile, encoding: str) -> IO[str]:
    """The file as text, line ends untouched so that quoted line breaks count.

    Bytes that are not UTF-8 survive as surrogates: some publishers' preambles hold a Windows (R) sign above rows
    that are plain ASCII. A row that holds one is refused where rows are read.
    """
    if encoding != "utf-8":
        return io.TextIOWrapper(file.open(), encoding=encoding, newline="")
    return io.TextIOWrapper(file.open(), encoding="utf-8-sig", errors="surrogateescape", newline="")


def _delimited(shape: Shape, file: OfficialFile) -> Iterator[Run]:
    """Text without a quote is split as it stands; from the first quote on the csv module reads, more slowly."""
    mark, line = "\t" if shape.layout == "tab" else ",", 1
    with text_of(file, shape.encoding) as stream:
        while chunk := stream.read(CHUNK):
            chunk += stream.readline()
            if '"' in chunk or len(chunk) > CHUNK + FIELD_LIMIT:
                yield from _runs(_quoted(shape, file, chain(io.StringIO(chunk, newline=""), stream), line))
                return
            run = _split(chunk, mark, line)
            line += len(run.cells)
            yield run


def _split(chunk: str, mark: str, line: int) -> Run:
    """The records of whole lines that hold no quote, each with its check where it is UTF-8 text."""
    if "\r" in chunk:
        chunk = chunk.replace("\r\n", "\n").replace("\r", "\n")
    chunk = chunk.removesuffix("\n")
    cells = [text.split(mark) if text else [] for text in chunk.split("\n")]
    try:
        checks = list(map(zlib.crc32, chunk.replace(mark, "\x1f").encode().split(b"\n")))
    except UnicodeEncodeError:
        return Run(range(line, line + len(cells)), cells)
    return Run(range(line, line + len(cells)), cells, checks)


def _quoted(shape: Shape, file: OfficialFile, texts: Iterator[str], first: int) -> Iterator[Cells]:
    reader = csv.reader(texts, delimiter="\t" if shape.layout == "tab" else ",", strict=False)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise BadFile(file.name, f"not readable as {shape.layout} text: {error}", line) from None


def _sheet(file: OfficialFile) -> Iterator[Cells]:
    from python_calamine import CalamineError, CalamineWorkbook

    with file.open() as stream:
        content = stream.read()
    check_workbook(content, file.name)
    try:
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
    except (CalamineError, OSError, IndexError) as error:
        raise BadFile(file.name, f"not a readable workbook: {error}") from None
    for line, row in enumerate(rows, start=1):
        yield line, [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _fixed(dataset: Dataset, shape: Shape, file: OfficialFile) -> Iterator[Cells]:
    spans = [(item.at[0] - 1, item.at[1]) if item.at else (0, 0) for item in dataset.columns]
    with text_of(file, shape.encoding) as stream:
        for line, text in _lines(shape, file, stream):
            plain = text.rstrip("\r\n")
            if plain.strip():
                yield line, [*(plain[start:end] for start, end in spans), plain]


def _lines(shape: Shape, file: OfficialFile, stream: IO[str]) -> Iterator[tuple[int, str]]:
    if shape.lines is None:
        yield from enumerate(stream, start=1)
        return
    try:
        yield from shape.lines(stream)
    except (ValueError, csv.Error) as error:
        raise BadFile(file.name, str(error)) from None


def _below_header(dataset: Dataset, shape: Shape, file: OfficialFile, runs: Iterator[Run]) -> Grid:
    """Find the header: the first window of stacked rows in which every declared heading stands."""
    window: list[list[str]] = []
    best: tuple[int, int, list[str], list[Column]] = (-1, 1, [], list(dataset.columns))
    for run in runs:
        for at, (line, cells) in enumerate(zip(run.lines, run.cells, strict=True)):
            window = [*window, cells][-shape.header_rows :]
            stacked = _stack(window)
            places = [_find(item, stacked) for item in dataset.columns]
            missing = [c for c, p in zip(dataset.columns, places, strict=True) if p is None and _needed(c)]
            if not missing:
                return Grid(tuple(places), filter(None, chain([run.after(at)], runs)))
            if len(dataset.columns) - len(missing) > best[0]:
                best = (len(dataset.columns) - len(missing), line, stacked, missing)
            if line > HEADER_WITHIN:
                raise _no_header(file, best)
    raise _no_header(file, best)


def _needed(item: Column) -> bool:
    return bool(item.headings) and not item.optional_heading


def _no_header(file: OfficialFile, best: tuple[int, int, list[str], list[Column]]) -> BadFile:
    found, line, stacked, missing = best
    if found <= 0:
        wanted = ", ".join(repr(item.headings[0]) for item in missing[:4] if item.headings)
        return BadFile(file.name, f"no header row with {wanted} in the first {HEADER_WITHIN} lines", line)
    item = missing[0]
    near = get_close_matches(item.headings[0].upper(), stacked, 1, 0.4)
    hint = f"; nearest is {near[0]!r}" if near else ""
    return BadFile(file.name, f"heading {item.headings[0]!r} not found{hint}", line, item.headings[0])


def _stack(window: list[list[str]]) -> list[str]:
    width = max(len(cells) for cells in window)
    columns = ([cells[at] for cells in window if at < len(cells)] for at in range(width))
    return [re.sub(r"\s+", " ", " ".join(parts)).strip().upper() for parts in columns]


def _find(item: Column, stacked: list[str]) -> int | None:
    for heading in item.headings:
        pattern = re.compile(heading, re.IGNORECASE)
        for place, text in enumerate(stacked):
            if pattern.fullmatch(text):
                return place
    return None
