"""Rows: records of one file typed as declared, each with its line, check and the days it gives itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, compress, count, repeat
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
from codeward.ingest.layouts import Run, by_the_thousand, check_of

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


@dataclass(frozen=True, slots=True)
class Batch:
    """Records read together: line or path, cells, check, and days where the file keeps them apart."""

    lines: Sequence[int | str]
    cells: Sequence[Sequence[str]]
    checks: Sequence[int]
    days: Sequence[Days] | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A batch read as declared, column by column, which costs a fraction of going cell by cell."""

    columns: list[list[str]]
    lines: Sequence[int | str]
    checks: Sequence[int]
    days: Sequence[Days] | None


class _Memo(dict[str, str]):
    """Cells repeat by the million: each distinct text is read once."""

    def __init__(self, read: Callable[[str], str], required: bool) -> None:
        super().__init__()
        self._read, self._required = read, required

    def __missing__(self, cell: str) -> str:
        value = self._read(cell)
        if self._required and not value:
            raise ValueError("is empty")
        self[cell] = value
        return value


def read_part(dataset: Dataset, part: Part) -> Iterator[Row]:
    """Typed rows of one part, one by one; faults as in `read_batches`."""
    for typed in read_batches(dataset, part):
        rows = zip(*typed.columns, strict=True)
        days: Iterator[Days | None] = iter(typed.days) if typed.days is not None else repeat(None)
        for cells, line, check, own in zip(rows, typed.lines, typed.checks, days, strict=False):
            yield list(cells), line, check, own


def read_batches(dataset: Dataset, part: Part) -> Iterator[Typed]:
    """Typed rows of one part; BadFile at the first cell that does not fit says file, line, column and why."""
    return _typed(dataset, part.main[2], _batches(dataset, part))


def _batches(dataset: Dataset, part: Part) -> Iterator[Batch]:
    shape, edition, file = part.main
    if shape.layout == "keyed":
        return _keyed(shape, file)
    if dataset.records:
        return _together(_arranged(dataset, file, _from_roles(dataset, part)))
    batches = _from_grid(dataset, shape, edition, file)
    if dataset.arrange is None:
        return batches
    return _together(_arranged(dataset, file, chain.from_iterable(map(_records, batches))))


def _arranged(dataset: Dataset, file: OfficialFile, records: Iterator[Record]) -> Iterator[Record]:
    try:
        yield from records if dataset.arrange is None else dataset.arrange(records)
    except ValueError as error:
        raise BadFile(file.name, str(error)) from None


def _records(batch: Batch) -> Iterator[Record]:
    return zip(batch.lines, batch.cells, batch.checks, strict=True)


def _together(records: Iterator[Record]) -> Iterator[Batch]:
    for held in by_the_thousand(records):
        lines, cells, checks = zip(*held, strict=True)
        yield Batch(lines, cells, checks)


def _keyed(shape: Shape, file: OfficialFile) -> Iterator[Batch]:
    for held in by_the_thousand(keyed.read_table(file, shape.table)):
        keys, starts, ends, cells = zip(*held, strict=True)
        checks = [check_of([start, end, *own]) for _, start, end, own in held]
        yield Batch(keys, cells, checks, list(zip(starts, ends, strict=True)))


def _from_roles(dataset: Dataset, part: Part) -> Iterator[Record]:
    assert dataset.records is not None
    with ExitStack() as stack:
        streams = {shape.role: stack.enter_context(file.open()) for shape, _, file in part.files}
        try:
            yield from dataset.records(streams)
        except ValueError as error:
            raise BadFile(part.main[2].name, str(error)) from None


def _from_grid(dataset: Dataset, shape: Shape, edition: Edition, file: OfficialFile) -> Iterator[Batch]:
    grid = layouts.open_grid(dataset, shape, file)
    known = dict(edition.constants)
    extra = [known.get(item.name, "") for item in dataset.columns if grid.places[dataset.index[item.name]] is None]
    width = max((place for place in grid.places if place is not None), default=0) + 1
    numbers = count(width)
    places = [next(numbers) if place is None else place for place in grid.places]
    pick = itemgetter(*places)
    as_published = places == list(range(width))
    codes: set[str] = set()
    for run in grid.runs:
        checks = _checks(run) if _is_plain(run, width, places[0], codes) else None
        if checks is None:
            careful = _read_carefully(run, width, places[0], shape, file)
            yield from _together((line, pick(cells[:width] + extra), check) for line, cells, check in careful)
        elif as_published and max(map(len, run.cells), default=width) == width:
            yield Batch(run.lines, run.cells, checks)
        else:
            yield Batch(run.lines, [pick(cells[:width] + extra) for cells in run.cells], checks)


def _is_plain(run: Run, width: int, first: int, codes: set[str]) -> bool:
    """Whether every record is long enough and begins with a code: no remark, blank or footnote among them."""
    if min(map(len, run.cells), default=width) < width:
        return False
    fresh = set(map(itemgetter(first), run.cells)) - codes
    if any(not cell or _FOOTNOTE.match(cell) for cell in fresh):
        return False
    codes |= fresh
    return True


def _checks(run: Run) -> list[int] | None:
    """The check of each record, None when one of them is not UTF-8 text."""
    if run.checks is not None:
        return run.checks
    try:
        return list(map(check_of, run.cells))
    except UnicodeEncodeError:
        return None


def _read_carefully(
    run: Run, width: int, first: int, shape: Shape, file: OfficialFile
) -> Iterator[tuple[int, list[str], int]]:
    """Records less remarks, one by one; the first that is too short or not text is a fault."""
    for line, published in zip(run.lines, run.cells, strict=True):
        cells = published
        if len(cells) < width or not cells[first]:
            if _is_remark(cells):
                continue
            if len(cells) < width and shape.ragged:
                cells = cells + [""] * (width - len(cells))
            if len(cells) < width:
                raise BadFile(file.name, f"expected at least {width} columns, found {len(cells)}", line)
        elif _FOOTNOTE.match(cells[first]) and _is_remark(cells):
            continue
        try:
            check = check_of(cells)
        except UnicodeEncodeError:
            raise _not_text(cells, file, line) from None
        yield line, cells, check


def _not_text(cells: list[str], file: OfficialFile, line: int) -> BadFile:
    """Names the first byte that is not UTF-8; the reader carried it as a surrogate."""
    column, odd = next((at, c) for at, cell in enumerate(cells, start=1) for c in cell if "\udc80" <= c <= "\udcff")
    return BadFile(file.name, f"byte 0x{ord(odd) - 0xDC00:02x} is not UTF-8: expected UTF-8 text", line, str(column))


def _is_remark(cells: list[str]) -> bool:
    """A blank line, or a footnote: one filled cell that is a sentence rather than a code."""
    filled = [cell for cell in cells if cell.strip()]
    return not filled or (len(filled) == 1 and _FOOTNOTE.match(filled[0]) is not None)


def _typed(dataset: Dataset, file: OfficialFile, batches: Iterator[Batch]) -> Iterator[Typed]:
    memos = [_Memo(item.kind.read, item.required and dataset.keep is None) for item in dataset.columns]
    for batch in batches:
        try:
            cells = zip(*batch.cells, strict=True)
            columns = [list(map(memo.__getitem__, column)) for memo, column in zip(memos, cells, strict=True)]
        except ValueError:
            raise _first_fault(dataset, file, batch) from None
        typed = Typed(columns, batch.lines, batch.checks, batch.days)
        if dataset.keep is not None:
            typed = _kept(dataset, dataset.keep, file, batch, typed)
        _drop_descriptors(dataset, typed.columns)
        if typed.days is None and dataset.days_of is not None:
            days = list(map(dataset.days_of, map(list, zip(*typed.columns, strict=True))))
            typed = Typed(typed.columns, typed.lines, typed.checks, days)
        yield typed


def _kept(dataset: Dataset, keep: Callable[[list[str]], bool], file: OfficialFile, batch: Batch, typed: Typed) -> Typed:
    """The rows this dataset takes from a file it shares with others; what it requires binds only those."""
    kept = [keep(list(cells)) for cells in zip(*typed.columns, strict=True)]
    columns = [list(compress(column, kept)) for column in typed.columns]
    if any("" in column for column, item in zip(columns, dataset.columns, strict=True) if item.required):
        raise _first_fault(dataset, file, batch)
    days = typed.days and list(compress(typed.days, kept))
    return Typed(columns, list(compress(typed.lines, kept)), list(compress(typed.checks, kept)), days)


def _drop_descriptors(dataset: Dataset, columns: list[list[str]]) -> None:
    places = [at for at, item in enumerate(dataset.columns) if item.descriptor]
    if not places:
        return
    shown = [may_show_descriptor(code) for code in columns[0]]
    for at in places:
        columns[at] = [text if show else "" for text, show in zip(columns[at], shown, strict=True)]


def _first_fault(dataset: Dataset, file: OfficialFile, batch: Batch) -> BadFile:
    """Row by row through a batch that does not fit, to the first cell that is at fault."""
    for line, cells in zip(batch.lines, batch.cells, strict=True):
        try:
            typed = [item.kind.read(cell) for item, cell in zip(dataset.columns, cells, strict=True)]
        except ValueError:
            return _misfit(dataset.columns, cells, file, line)
        if dataset.keep is not None and not dataset.keep(typed):
            continue
        for item, text in zip(dataset.columns, typed, strict=True):
            if item.required and not text:
                return BadFile(file.name, "is empty", line, item.name)
    return BadFile(file.name, "does not fit the declaration")


def _misfit(columns: tuple[Column, ...], cells: Sequence[str], file: OfficialFile, line: int | str) -> BadFile:
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
