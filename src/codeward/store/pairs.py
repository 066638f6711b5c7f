"""Pairs: the pair edits of one code on one side, in order, filtered and counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from codeward.core.days import OPEN_END
from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

REMEMBERED = 16_384
PairDay = tuple[str, date, int, int]
"""Begun or ended, the first or last day, how many edits, and the first of them."""


def pairs(
    library: Library,
    dataset: str,
    release: Release,
    day: date,
    side: tuple[str, str],
    wanted: tuple[str, str],
    window: tuple[int, int],
) -> tuple[list[Found[Any]], int]:
    """Pair edits with a code on one side, the other code beginning with a text, one indicator; and their count.

    Rows lie in order of column 1 and 2, so the first few come without sorting the thousands a visit code has.
    """
    column, code = side
    other = "column2" if column == "column1" else "column1"
    begins, indicator = wanted
    filtered = f" and {other} >= ? and {other} < ? and (? = '' or indicator = ?)" if begins or indicator else ""
    where = (
        f"from {DATASETS[dataset].table} where {column} = ? and first_day <= ? and last_day >= ? "
        f"and first_release <= ? and last_release >= ?{filtered}"
    )
    on = day.isoformat()
    narrowed = (begins, begins + "~", indicator, indicator) if filtered else ()
    values = (code, on, on, release.id, release.id, *narrowed)
    if filtered:
        total = int(library.db.execute(f"select count(*) {where}", values).fetchone()[0])
    else:
        total = sum(count_pairs(library, dataset, release, day, column, code).values())
    start, most = window
    rows = library.db.execute(f"select * {where} order by id limit ? offset ?", (*values, most, start))
    return [library.found(DATASETS[dataset], row, release) for row in rows], total


def count_pairs(library: Library, dataset: str, release: Release, day: date, column: str, code: str) -> dict[str, int]:
    """How many pair edits a code has on one side on the day, by modifier indicator; remembered by the library."""
    asked = (dataset, release.id, day, column, code)
    if asked not in library.pair_counts:
        if len(library.pair_counts) >= REMEMBERED:
            library.pair_counts.clear()
        library.pair_counts[asked] = _count(library, dataset, release, day, column, code)
    return library.pair_counts[asked]


def _count(library: Library, dataset: str, release: Release, day: date, column: str, code: str) -> dict[str, int]:
    on = day.isoformat()
    rows = library.db.execute(
        f"select indicator, count(*) from {DATASETS[dataset].table} where {column} = ? and first_day <= ? "
        "and last_day >= ? and first_release <= ? and last_release >= ? group by indicator",
        (code, on, on, release.id, release.id),
    )
    return {str(indicator): count for indicator, count in rows}


def days_of_pairs(library: Library, dataset: str, release: Release, column: str, code: str) -> list[PairDay]:
    """How many pair edits of a code on one side began and ended on each day; remembered by the library.

    Days before the first that the edition itself can vouch for are stand-ins and left out.
    """
    asked = (dataset, release.id, column, code)
    if asked not in library.pair_days:
        if len(library.pair_days) >= REMEMBERED:
            library.pair_days.clear()
        library.pair_days[asked] = _days_of_pairs(library, dataset, release, column, code)
    return library.pair_days[asked]


def _days_of_pairs(library: Library, dataset: str, release: Release, column: str, code: str) -> list[PairDay]:
    found: list[PairDay] = []
    for change, day in (("begun", "first_day"), ("ended", "last_day")):
        if change == "begun" and release.starts_unknown:
            continue
        rows = library.db.execute(
            f"select {day}, count(*), min(id) from {DATASETS[dataset].table} where {column} = ? "
            "and first_release <= ? and last_release >= ? and first_day <= last_day group by 1",
            (code, release.id, release.id),
        )
        found += [(change, date.fromisoformat(text), int(count), int(row)) for text, count, row in rows]
    return [item for item in found if item[1] != OPEN_END]


def is_paired(library: Library, dataset: str, code: str) -> bool:
    """Whether any row of a pair table ever named the code on either side."""
    if not library.editions(dataset):
        return False
    table = DATASETS[dataset].table
    query = f"select 1 from {table} where column1 = ? union all select 1 from {table} where column2 = ? limit 1"
    return library.db.execute(query, (code, code)).fetchone() is not None


def pairs_among(library: Library, dataset: str, release: Release, day: date, codes: Sequence[str]) -> list[Found[Any]]:
    """Pair edits in force on the day of which both sides are among the codes."""
    marks, on = ", ".join("?" * len(codes)), day.isoformat()
    rows = library.db.execute(
        f"select * from {DATASETS[dataset].table} where column1 in ({marks}) and column2 in ({marks}) "
        "and first_day <= ? and last_day >= ? and first_release <= ? and last_release >= ?",
        (*codes, *codes, on, on, release.id, release.id),
    )
    return [library.found(DATASETS[dataset], row, release) for row in rows]
