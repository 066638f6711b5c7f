"""Compare: rows of two editions, of one library or of two, matched by the dataset's key.

A row whose run of editions covers both is the same in both, so within one library only rows that began or ended in
between are read. Rows lie in the order of their key, and the two sides are walked together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from codeward.datasets.declare import Dataset
from codeward.datasets.kinds import PHRASE
from codeward.store.library import Library, uri_of
from codeward.store.releases import Release, edges

Row = tuple[Any, ...]
"""A stored row: its id, its cells, then days, run of editions, file, line and check."""

MOST_CODES = 5000
"""Codes that may be asked for at once; SQLite takes 32,766 values in a statement."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows to compare: codes that begin with a text, or certain codes; both empty for all."""

    begins: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many rows were added, removed and changed, and the cells before and after of the first of each."""

    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "removed": 0, "changed": 0})
    pairs: dict[str, list[tuple[Row | None, Row | None]]] = field(
        default_factory=lambda: {"added": [], "removed": [], "changed": []}
    )


def compare(old: Library, new: Library, dataset: Dataset, releases: tuple[Release, Release], most: int) -> Comparison:
    """Rows of `new`'s second release against `old`'s first."""
    found = Comparison()
    for was, now in differences(old, new, dataset, releases):
        change = change_of(was, now)
        found.counts[change] += 1
        if len(found.pairs[change]) < most:
            found.pairs[change].append((_cells(old, dataset, was), _cells(new, dataset, now)))
    return found


def change_of(was: Row | None, now: Row | None) -> str:
    """What happened to a row."""
    return "added" if was is None else "removed" if now is None else "changed"


def code_columns(dataset: Dataset) -> tuple[str, ...]:
    """Columns of the key that rows are looked up by: where codes stand."""
    return tuple(name for name in dataset.key if name in dataset.looked_up_by) or dataset.key[:1]


def differences(
    old: Library, new: Library, dataset: Dataset, releases: tuple[Release, Release], asked: Asked = Asked()
) -> Iterator[tuple[Row | None, Row | None]]:
    """Stored rows before and after of all that differs, in the order of the key."""
    before, after = releases
    same_library = old is new
    cells = [_reader(library, dataset, spelt=not same_library) for library in (old, new)]
    other = (after, before) if same_library else (None, None)
    if same_library and before.id == after.id:
        return
    was = _rows(old, dataset, (before, other[0]), asked)
    now = _rows(new, dataset, (after, other[1]), asked)
    for group in _groups(dataset, (old, new), was, now):
        yield from _paired(*group, cells)


def _rows(library: Library, dataset: Dataset, releases: tuple[Release, Release | None], asked: Asked) -> Iterator[Row]:
    """Over a connection of its own: a walk is long, and the shared one answers pages meanwhile."""
    release, other = releases
    span, values = _span(library, dataset, release, other)
    clause, more = _narrowed(dataset, asked)
    # Ids are found through an index that holds nothing else, and then read in the order of the key.
    query = (
        f"select * from {dataset.table} where id in (select id from {dataset.table} where {span}{clause}) order by id"
    )
    with closing(sqlite3.connect(uri_of(library.folder), uri=True, check_same_thread=False)) as db:
        yield from db.execute(query, (*values, *more))


def _span(library: Library, dataset: Dataset, release: Release, other: Release | None) -> tuple[str, list[int]]:
    """The rows of one edition, less those that stand in the other too."""
    covers, values = "first_release <= ? and last_release >= ?", [release.id, release.id]
    if other is None:
        return covers, values
    ended = release.id < other.id
    apart = " and last_release < ?" if ended else " and first_release > ?"
    hint = ""
    if release.from_package == other.from_package:
        # The same words as in the index, or SQLite does not see that it serves.
        began_in, ended_in = edges(library.editions(dataset.id))
        hint = f" and last_release not in ({ended_in})" if ended else f" and first_release not in ({began_in})"
    return covers + apart + hint, [*values, other.id]


def _narrowed(dataset: Dataset, asked: Asked) -> tuple[str, list[str]]:
    names = code_columns(dataset)
    if asked.codes:
        marks = ", ".join("?" * len(asked.codes))
        return " and (" + " or ".join(f'"{name}" in ({marks})' for name in names) + ")", [*asked.codes] * len(names)
    if asked.begins:
        clause = " or ".join(f'("{name}" >= ? and "{name}" < ?)' for name in names)
        return f" and ({clause})", [asked.begins, asked.begins + "~"] * len(names)
    return "", []


Group = tuple[list[Row], list[Row]]


def _groups(
    dataset: Dataset, libraries: tuple[Library, Library], was: Iterator[Row], now: Iterator[Row]
) -> Iterator[Group]:
    """Rows of both sides with one key."""
    sides = [
        _placed(side, _place(library, dataset), rows)
        for side, (library, rows) in enumerate(zip(libraries, (was, now), strict=True))
    ]
    if any(dataset.columns[dataset.index[name]].kind is PHRASE for name in dataset.key):
        sides = [iter(sorted(side, key=itemgetter(0))) for side in sides]
    for _, group in groupby(merge(*sides, key=itemgetter(0)), key=itemgetter(0)):
        pair: Group = ([], [])
        for _, side, row in group:
            pair[side].append(row)
        yield pair


def _placed(side: int, place: Callable[[Row], Any], rows: Iterator[Row]) -> Iterator[tuple[Any, int, Row]]:
    return ((place(row), side, row) for row in rows)


def _place(library: Library, dataset: Dataset) -> Callable[[Row], Any]:
    """Where a row stands by its key: as DuckDB sorts, empty cells last."""
    columns = [(dataset.index[name] + 1, dataset.columns[dataset.index[name]]) for name in dataset.key]
    if all(item.required and item.kind is not PHRASE for _, item in columns):
        return itemgetter(*(at for at, _ in columns))
    phrases = {at for at, item in columns if item.kind is PHRASE}
    places = [at for at, _ in columns]

    def place(row: Row) -> Any:
        cells = [library.phrase(row[at]) if at in phrases else row[at] for at in places]
        return [(cell is None, cell) for cell in cells]

    return place


def _paired(
    was: list[Row], now: list[Row], cells: list[Callable[[Row], Row]]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one key side by side; where a key stands twice, for want of days, equal rows are set off first."""
    before, after = cells
    if len(was) > 1 or len(now) > 1:
        held = [before(row) for row in was]
        fresh = [after(row) for row in now]
        was = [row for row in was if before(row) not in fresh]
        now = [row for row in now if after(row) not in held]
    for one, other in zip(was, now, strict=False):
        if before(one) != after(other):
            yield one, other
    both = min(len(was), len(now))
    yield from ((row, None) for row in islice(was, both, None))
    yield from ((None, row) for row in islice(now, both, None))


def _reader(library: Library, dataset: Dataset, *, spelt: bool) -> Callable[[Row], Row]:
    """The cells to compare: phrase numbers serve within one library, between two their texts do."""
    if spelt:
        return lambda row: _cells(library, dataset, row) or ()
    width = len(dataset.columns) + 1
    return lambda row: row[1:width]


def _cells(library: Library, dataset: Dataset, row: Row | None) -> Row | None:
    """A row's cells with phrases as texts."""
    if row is None:
        return None
    return tuple(
        (library.phrase(cell) or None) if item.kind is PHRASE else cell
        for item, cell in zip(dataset.columns, row[1:], strict=False)
    )
