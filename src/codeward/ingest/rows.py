"""Rows: records of one file typed by the declaration, each with its line, check and the days it gives itself."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from operator import itemgetter

from codeward.core.faults import BadFile
from codeward.datasets.declare import (
    Column,
    Dataset,
    Days,
    Edition,
    Record,
    Shape,
    may_show_descriptor,
)
from codeward.ingest import keyed, layouts
from codeward.ingest.files import OfficialFile

_FOOTNOTE = re.compile(r"\s*\W|\s*\S+\s+\S")


@dataclass(frozen=True, slots=True)
class Part:
    """What is read in one go: a file, or the files of a release that a dataset reads together, by role."""

    files: tuple[tuple[Shape, Edition, OfficialFile], ...]

    @property
    def main(self) -> tuple[Shape, Edition, OfficialFile]:
        """The file that rows of this part cite."""
        return self.files[0]


Row = tuple[list[str], int | str, int, Days | None]
"""Canonical cell texts in column order, line or path, check, and the row's own days."""


class _Memo(dict[str, str]):
    """Cells repeat by the million: each distinct text is read once."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> str:
        value = self[cell] = self._read(cell)
        return value


def check_of(cells: list[str]) -> int:
    """A 32-bit check over every cell as published, so that one changed byte is noticed."""
    return zlib.crc32("\x1f".join(cells).encode())


def read_part(dataset: Dataset, part: Part) -> Iterator[Row]:
    """Typed rows of one part; BadFile at the first cell that does not fit says file, line, column and why."""
    shape, edition, file = part.main
    if shape.layout == "keyed":
        yield from _keyed(dataset, shape, file)
        return
    records = _from_roles(dataset, part) if dataset.records else _from_grid(dataset, shape, edition, file)
    if dataset.arrange is not None:
        records = dataset.arrange(records)
    yield from _typed(dataset, file, records)


def _keyed(dataset: Dataset, shape: Shape, file: OfficialFile) -> Iterator[Row]:
    with_days: dict[str, Days] = {}

    def records() -> Iterator[Record]:
        for key, start, end, cells in keyed.read_table(file, shape.table):
            with_days[key] = (start, end)
            yield key, cells, check_of([start, end, *cells])

    for cells, key, check, _ in _typed(dataset, file, records()):
        yield cells, key, check, with_days.pop(str(key))


def _from_roles(dataset: Dataset, part: Part) -> Iterator[Record]:
    assert dataset.records is not None
    with ExitStack() as stack:
        streams = {shape.role: stack.enter_context(file.open()) for shape, _, file in part.files}
        try:
            yield from dataset.records(streams)
        except ValueError as error:
            raise BadFile(part.main[2].name, str(error)) from None


def _from_grid(dataset: Dataset, shape: Shape, edition: Edition, file: OfficialFile) -> Iterator[Record]:
    grid = layouts.open_grid(dataset, shape, file)
    known = dict(edition.constants)
    extra = [known.get(item.name, "") for item in dataset.columns if grid.places[dataset.index[item.name]] is None]
    width = max((place for place in grid.places if place is not None), default=0) + 1
    count = itertools.count(width)
    pick = itemgetter(*(next(count) if place is None else place for place in grid.places))
    first = pick(range(width + len(extra)))[0]
    for line, cells in grid.lines:
        if len(cells) < width or not cells[first]:
            if _is_remark(cells):
                continue
            if len(cells) < width and shape.ragged:
                cells += [""] * (width - len(cells))
            if len(cells) < width:
                raise BadFile(file.name, f"expected at least {width} columns, found {len(cells)}", line)
        elif _FOOTNOTE.match(cells[first]) and _is_remark(cells):
            continue
        try:
            check = check_of(cells)
        except UnicodeEncodeError:
            raise _not_text(cells, file, line) from None
        yield line, pick(cells[:width] + extra if extra else cells), check


def _not_text(cells: list[str], file: OfficialFile, line: int) -> BadFile:
    """Names the first byte that is not UTF-8; the reader carried it as a surrogate."""
    column, odd = next((at, c) for at, cell in enumerate(cells, start=1) for c in cell if "\udc80" <= c <= "\udcff")
    return BadFile(file.name, f"byte 0x{ord(odd) - 0xDC00:02x} is not UTF-8: expected UTF-8 text", line, str(column))


def _is_remark(cells: list[str]) -> bool:
    """A blank line, or a footnote: one filled cell that is a sentence rather than a code."""
    filled = [cell for cell in cells if cell.strip()]
    return not filled or (len(filled) == 1 and _FOOTNOTE.match(filled[0]) is not None)


def _typed(dataset: Dataset, file: OfficialFile, records: Iterator[Record]) -> Iterator[Row]:
    memos = [_Memo(item.kind.read) for item in dataset.columns]
    required = [at for at, item in enumerate(dataset.columns) if item.required]
    descriptors = [at for at, item in enumerate(dataset.columns) if item.descriptor]
    keep, days_of = dataset.keep, dataset.days_of
    for line, cells, check in records:
        try:
            typed = [memo[cell] for memo, cell in zip(memos, cells, strict=True)]
        except ValueError:
            raise _misfit(dataset.columns, cells, file, line) from None
        if keep is not None and not keep(typed):
            continue
        for at in required:
            if not typed[at]:
                raise BadFile(file.name, "is empty", line, dataset.columns[at].name)
        for at in descriptors:
            if not may_show_descriptor(typed[0]):
                typed[at] = ""
        yield typed, line, check, days_of(typed) if days_of else None


def _misfit(columns: tuple[Column, ...], cells: list[str], file: OfficialFile, line: int | str) -> BadFile:
    if len(columns) != len(cells):
        return BadFile(file.name, f"expected {len(columns)} cells, found {len(cells)}", line)
    for item, cell in zip(columns, cells, strict=True):
        try:
            item.kind.read(cell)
        except ValueError as error:
            return BadFile(file.name, f"{error}, found {cell[:60]!r}", line, _heading(item))
    return BadFile(file.name, "does not fit the declaration", line)


def _heading(item: Column) -> str:
    """The heading as published where it was declared word for word, else the column's own name."""
    plain = item.headings[0].replace("\\", "") if item.headings else item.name
    return item.name if re.search(r"[*?+|\[(]", plain) else plain


def files_of(parts: tuple[Part, ...]) -> list[OfficialFile]:
    """Every file of a release, those read beside the cited ones included."""
    return [file for part in parts for _, _, file in part.files]
