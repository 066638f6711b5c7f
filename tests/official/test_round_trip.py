"""Round trip: what a built library holds of every edition is what its files hold, row for row and day for day."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.build import own_tables
from codeward.ingest.plan import Plan, ReleasePlan, make_plan
from codeward.ingest.rows import read_part
from codeward.store.library import Library
from published_files import official_paths

pytestmark = pytest.mark.official

COUNT_ONLY = frozenset(item.id for item in DATASETS.values() if item.needs_acceptance == "ama-licensed")
"""Datasets of which no real file may be here."""


@pytest.fixture(scope="session")
def plan(official: Path) -> Plan:
    """What a build of the real files reads."""
    return make_plan([own_tables(), *official_paths(official)], DATASETS)


@pytest.mark.parametrize("name", sorted(set(DATASETS) - COUNT_ONLY))
def test_parquet_rows_equal_file_rows(name: str, plan: Plan, official_library: Library, tmp_path: Path) -> None:
    releases = [release for release in plan.releases if release.dataset.id == name]
    if not releases:
        pytest.skip(f"no real file of {name} is here")
    with duckdb.connect() as lake:
        for release in releases:
            _read_into(lake, release, tmp_path / "read")
            _held_into(lake, release, official_library)
            assert _differing(lake) == 0, f"{release.name}: rows differ between file and library"


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
