"""Round trip: whether what a library holds of an edition is what the files hold, row for row and day for day."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb

from codeward.datasets.declare import Dataset
from codeward.ingest.plan import ReleasePlan
from codeward.ingest.rows import read_part
from codeward.store.library import Library


def differing_rows(release: ReleasePlan, library: Library, folder: Path) -> int:
    """How many rows of an edition stand in its files alone or in the library alone; rows published twice count once."""
    with duckdb.connect() as lake:
        _read_into(lake, release, folder / "read")
        _held_into(lake, release, library)
        return _differing(lake)


def _read_into(lake: duckdb.DuckDBPyConnection, release: ReleasePlan, target: Path) -> None:
    """Table `of_file`: the rows as read, in the types that the declaration gives them."""
    with target.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out, delimiter="\x1f", lineterminator="\n").writerows(_rows(release))
    names = ", ".join(f"'{item.name}': '{item.kind.parquet}'" for item in release.dataset.columns)
    lake.execute(
        f"create or replace table of_file as select distinct * from read_csv('{target}', header=false, "
        f"columns={{{names}, 'd1': 'DATE', 'd2': 'DATE'}}, delim='\x1f', quote='\"', escape='\"', nullstr='', "
        "auto_detect=false, max_line_size=20000000)"
    )


def _rows(release: ReleasePlan) -> Iterator[list[str]]:
    for part in release.parts:
        for cells, _, _, days in read_part(release.dataset, part):
            yield [*cells, *(days or ("", ""))]


def _held_into(lake: duckdb.DuckDBPyConnection, release: ReleasePlan, library: Library) -> None:
    """Table `of_library`: the rows that the library says stood in the edition."""
    dataset, number = release.dataset, _number(release, library)
    own = library.editions(dataset.id) and any(_has_days(release))
    days = "first_day as d1, last_day as d2" if own else "null::date as d1, null::date as d2"
    lake.execute(
        f"create or replace table of_library as select distinct {_columns(dataset)}, {days} "
        f"from '{library.folder}/parquet/{dataset.table}.parquet' "
        f"where first_release <= {number} and last_release >= {number}"
    )


def _has_days(release: ReleasePlan) -> Iterator[bool]:
    for part in release.parts:
        for _, _, _, days in read_part(release.dataset, part):
            yield days is not None
            return


def _columns(dataset: Dataset) -> str:
    return ", ".join(f'"{item.name}"' for item in dataset.columns)


def _number(release: ReleasePlan, library: Library) -> int:
    found = [
        item.id
        for item in library.editions(release.dataset.id)
        if item.edition == release.edition.id and item.from_package == release.from_package
    ]
    assert len(found) == 1, f"{release.name} is not one edition of the library"
    return found[0]


def _differing(lake: duckdb.DuckDBPyConnection) -> int:
    """Rows on one side alone."""
    query = "select count(*) from ((from {0} except from {1}) union all (from {1} except from {0}))"
    return int((lake.execute(query.format("of_file", "of_library")).fetchone() or (0,))[0])
