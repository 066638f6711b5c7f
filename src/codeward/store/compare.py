"""Compare: rows of two editions, of one library or of two, matched by the dataset's key."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from codeward.datasets.declare import Dataset
from codeward.datasets.kinds import PHRASE
from codeward.store.library import Library, uri_of
from codeward.store.releases import Release


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many rows were added, removed and changed, and the cells before and after of the first of each."""

    counts: dict[str, int]
    pairs: dict[str, list[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]]


def compare(old: Library, new: Library, dataset: Dataset, releases: tuple[Release, Release], most: int) -> Comparison:
    """Rows of `new`'s second release against `old`'s first."""
    db = sqlite3.connect(uri_of(new.folder), uri=True)
    db.execute("attach database ? as old", (uri_of(old.folder),))
    try:
        return _compare(db, dataset, *releases, most)
    finally:
        db.close()


def _compare(db: sqlite3.Connection, dataset: Dataset, before: Release, after: Release, most: int) -> Comparison:
    names = [item.name for item in dataset.columns]
    for table, schema, release in (("was", "old", before), ("now", "main", after)):
        cells = ", ".join(_spelt(item.name, item.kind is PHRASE, schema) for item in dataset.columns)
        db.execute(
            f"create temp table {table} as select {cells} from {schema}.{dataset.table} "
            "where first_release <= ? and last_release >= ?",
            (release.id, release.id),
        )
        db.execute(f"create index temp.{table}_key on {table} ({', '.join(_quote(name) for name in dataset.key)})")
    same = " and ".join(f"was.{_quote(name)} is now.{_quote(name)}" for name in dataset.key)
    differs = " or ".join(f"was.{_quote(name)} is not now.{_quote(name)}" for name in names)
    queries = {
        "added": f"from now where not exists (select 1 from was where {same})",
        "removed": f"from was where not exists (select 1 from now where {same})",
        "changed": f"from was join now on {same} where {differs}",
    }
    counts = {change: int(db.execute(f"select count(*) {query}").fetchone()[0]) for change, query in queries.items()}
    width = len(names)
    pairs: dict[str, list[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]] = {
        "added": [(None, row) for row in db.execute(f"select now.* {queries['added']} limit ?", (most,))],
        "removed": [(row, None) for row in db.execute(f"select was.* {queries['removed']} limit ?", (most,))],
        "changed": [
            (row[:width], row[width:])
            for row in db.execute(f"select was.*, now.* {queries['changed']} limit ?", (most,))
        ],
    }
    return Comparison(counts, pairs)


def _quote(name: str) -> str:
    return f'"{name}"'


def _spelt(name: str, is_phrase: bool, schema: str) -> str:
    """Phrase numbers differ between libraries, so phrases are compared by their text."""
    if is_phrase:
        return f"(select text from {schema}.phrase p where p.id = {_quote(name)}) as {_quote(name)}"
    return _quote(name)
