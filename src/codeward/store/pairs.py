"""Pairs: the pair edits of one code on one side, in order, filtered and counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

REMEMBERED = 16_384


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
