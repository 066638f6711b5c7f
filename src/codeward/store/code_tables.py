"""Code tables: ICD-10-PCS values level by level, and codes by how they begin, counted without reading them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

CODES, TABLES, DATES = "icd-10-pcs", "icd-10-pcs-tables", "icd-10-pcs-dates"


@dataclass(frozen=True, slots=True)
class Branch:
    """The characters a branch begins with, a row that names its last one, and how many tables lie below."""

    beginning: str
    found: Found[Any]
    tables: int


def branches(library: Library, release: Release, beginning: str) -> list[Branch]:
    """Values of the next character (first to third) among the tables that begin so, in the order of the characters."""
    position, dataset = len(beginning) + 1, DATASETS[TABLES]
    rows = library.db.execute(
        f'select min(id), count(*) from {dataset.table} where "row" = 0 and position = ? and table_code >= ? '
        "and table_code < ? and first_release <= ? and last_release >= ? group by substr(table_code, 1, ?) order by 1",
        (position, beginning, beginning + "~", release.id, release.id, position),
    ).fetchall()
    found = []
    for key, tables in rows:
        row = library.db.execute(f"select * from {dataset.table} where id = ?", (key,)).fetchone()
        one = library.found(dataset, row, release)
        found.append(Branch(one.row.table_code[:position], one, tables))
    return sorted(found, key=lambda branch: branch.beginning)


def codes_beginning(library: Library, release: Release, beginning: str, most: int) -> tuple[list[Found[Any]], int]:
    """The first complete codes of an edition that begin so, and how many there are."""
    dataset = DATASETS[CODES]
    where = (
        f"from {dataset.table} where code >= ? and code < ? and length(code) = 7 "
        "and first_release <= ? and last_release >= ?"
    )
    values = (beginning, beginning + "~", release.id, release.id)
    total = int(library.db.execute(f"select count(*) {where}", values).fetchone()[0])
    rows = library.db.execute(f"select * {where} order by code limit ?", (*values, most))
    return [library.found(dataset, row, release) for row in rows], total


def valid_beginning(
    library: Library, release: Release, beginning: str, on: date, most: int
) -> tuple[list[Found[Any]], int]:
    """The first spans that hold the day of codes that begin so, and how many there are."""
    dataset, day = DATASETS[DATES], on.isoformat()
    where = (
        f"from {dataset.table} where code >= ? and code < ? and first_day <= ? and last_day >= ? "
        "and first_release <= ? and last_release >= ?"
    )
    values = (beginning, beginning + "~", day, day, release.id, release.id)
    total = int(library.db.execute(f"select count(*) {where}", values).fetchone()[0])
    rows = library.db.execute(f"select * {where} order by code limit ?", (*values, most))
    return [library.found(dataset, row, release) for row in rows], total
