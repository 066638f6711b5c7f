"""Rows of a coverage document: how many stand in each of its groups, and some of one group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release

Version = Mapping[str, int]
"""The columns that name a version of a document, with their numbers."""


def group_counts(library: Library, release: Release, version: Version, group: str) -> dict[int, int]:
    """How many rows of a version stand in each group, by its number."""
    where, values = _where(release, version)
    rows = library.db.execute(
        f'select "{group}", count(*) from {DATASETS[release.dataset].table} where {where} group by 1 order by 1', values
    )
    return {int(number): count for number, count in rows if number is not None}


def some_rows(library: Library, release: Release, version: Version, start: int, most: int) -> list[Found[Any]]:
    """Rows of a version, or of a group of it when `version` names one, as published."""
    where, values = _where(release, version)
    rows = library.db.execute(
        f"select * from {DATASETS[release.dataset].table} where {where} order by id limit ? offset ?",
        (*values, most, start),
    )
    return [library.found(DATASETS[release.dataset], row, release) for row in rows.fetchall()]


def row_count(library: Library, release: Release, version: Version) -> int:
    """How many rows a version has."""
    where, values = _where(release, version)
    found = library.db.execute(f"select count(*) from {DATASETS[release.dataset].table} where {where}", values)
    return int(found.fetchone()[0])


def _where(release: Release, version: Version) -> tuple[str, tuple[int, ...]]:
    named = "".join(f' and "{column}" = ?' for column in version)
    return f"first_release <= ? and last_release >= ?{named}", (release.id, release.id, *version.values())
