"""Layouts: how csv, tab text, fixed width and xlsx files become numbered records of cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO

from codeward.core.faults import BadFile
from codeward.datasets.declare import Column, Dataset, Shape
from codeward.ingest.files import OfficialFile

HEADER_WITHIN = 60
csv.field_size_limit(1 << 24)


Cells = tuple[int, list[str]]
"""A line number and every cell of that line as published."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of a file and, for each declared column, where its cell stands (None: the edition lacks it)."""

    places: tuple[int | None, ...]
    lines: Iterator[Cells]


def open_grid(dataset: Dataset, shape: Shape, file: OfficialFile) -> Grid:
    """The file's lines below its header, columns found by heading; BadFile says what does not fit."""
    if shape.layout == "fixed":
        return Grid(tuple(range(len(dataset.columns))), _fixed(dataset, shape, file))
    lines = _sheet(file) if shape.layout == "xlsx" else _delimited(shape, file)
    return _below_header(dataset, shape, file, lines)


def text_of(file: OfficialFile, encoding: str) -> IO[str]:
    """The file as text, line ends untouched so that quoted line breaks count.

    Bytes that are not UTF-8 survive as surrogates: some publishers' preambles hold a Windows (R) sign above rows that
    are plain ASCII. A row that holds one is refused where rows are read.
    """
    if encoding != "utf-8":
        return io.TextIOWrapper(file.open(), encoding=encoding, newline="")
    return io.TextIOWrapper(file.open(), encoding="utf-8-sig", errors="surrogateescape", newline="")


def _delimited(shape: Shape, file: OfficialFile) -> Iterator[Cells]:
    stream = text_of(file, shape.encoding)
    reader = csv.reader(stream, delimiter="\t" if shape.layout == "tab" else ",", strict=False)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(file.name, f"not readable as {shape.layout} text: {error}", line) from None


def _sheet(file: OfficialFile) -> Iterator[Cells]:
    from python_calamine import CalamineError, CalamineWorkbook

    with file.open() as stream:
        content = io.BytesIO(stream.read())
    try:
        rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python(skip_empty_area=False)
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
    for line, text in enumerate(text_of(file, shape.encoding), start=1):
        plain = text.rstrip("\r\n")
        if plain.strip():
            yield line, [*(plain[start:end] for start, end in spans), plain]


def _below_header(dataset: Dataset, shape: Shape, file: OfficialFile, lines: Iterator[Cells]) -> Grid:
    """Find the header: the first window of stacked rows in which every declared heading stands."""
    window: list[list[str]] = []
    best: tuple[int, int, list[str], list[Column]] = (-1, 1, [], list(dataset.columns))
    for line, cells in lines:
        window = [*window, cells][-shape.header_rows :]
        stacked = _stack(window)
        places = [_find(item, stacked) for item in dataset.columns]
        missing = [c for c, p in zip(dataset.columns, places, strict=True) if p is None and _needed(c)]
        if not missing:
            return Grid(tuple(places), lines)
        if len(dataset.columns) - len(missing) > best[0]:
            best = (len(dataset.columns) - len(missing), line, stacked, missing)
        if line > HEADER_WITHIN:
            break
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
