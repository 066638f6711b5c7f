"""Writing derived tables: into SQLite and Parquet alike, once all published rows are stored."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from codeward.store.derived import code_facts
from codeward.store.derived.code_tree import CodeTree
from codeward.store.derived.exclusions import Note, Reader, Unread, exclusions, runs
from codeward.store.derived.sequence import Manifestations, sequence

CODES, NOTES = "icd_10_cm", "icd_10_cm_notes"
MEMORY = "600MB"

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table: its name, columns with their types, key, and an index for questions from the other end."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    indexed: str = ""
    dataset: str = "icd-10-cm"


_SPAN = (("first_release", "INTEGER"), ("last_release", "INTEGER"))
EXCLUSION = Derived(
    "icd_exclusion",
    (*_SPAN, ("owner", "VARCHAR"), ("target", "VARCHAR"), ("note_row", "INTEGER")),
    ("owner", "target", "first_release"),
    "target",
)
SEQUENCE = Derived(
    "icd_sequence",
    (*_SPAN, ("owner", "VARCHAR"), ("target", "VARCHAR"), ("kind", "VARCHAR"), ("note_row", "INTEGER")),
    ("owner", "target", "kind", "first_release"),
)
UNREAD = Derived(
    "icd_note_unread",
    (
        *_SPAN,
        ("owner", "VARCHAR"),
        ("kind", "VARCHAR"),
        ("note_row", "INTEGER"),
        ("reason", "VARCHAR"),
        ("named", "VARCHAR"),
    ),
    ("note_row", "reason", "first_release"),
)
EDITION = Derived(
    "icd_edition",
    (
        ("release", "INTEGER"),
        ("edition", "VARCHAR"),
        ("next_release", "INTEGER"),
        ("next_edition", "VARCHAR"),
        ("next_from", "DATE"),
    ),
    ("release",),
)
FACT = Derived("icd_code_fact", code_facts.COLUMNS, ("code", "first_release"), "stem")
TABLES = (EXCLUSION, SEQUENCE, UNREAD, EDITION, FACT)
"""Releases are numbers of table `release`: of icd-10-cm for code facts and editions, else of icd-10-cm-notes.

An edition's `next_from` is the first day of the fiscal year that the next one loaded belongs to: on days from then on
the next one says more than the edition that was in force, when the one of October is not loaded."""


def write_derived(db: sqlite3.Connection, folder: Path) -> None:
    """Work the tables out from what the library folder holds; they are there, empty, where no diagnoses are loaded."""
    for table in TABLES:
        _create(db, table)
    lake = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
    with closing(lake):
        lake.execute("set enable_progress_bar = false")
        if _releases(db, "icd-10-cm"):
            _derive(db, lake, folder)
        if not _releases(db, "icd-10-cm"):
            lake.execute(f"create temp table runs ({', '.join(f'{name} {kind}' for name, kind in FACT.columns)})")
        lake.execute(f"copy runs to '{_parquet(folder, FACT)}' (format parquet, compression zstd)")
        for table in TABLES[:-1]:
            _write_parquet(db, lake, folder, table)


def _derive(db: sqlite3.Connection, lake: duckdb.DuckDBPyConnection, folder: Path) -> None:
    titles: dict[str, str] = dict(db.execute(f"select code, title from {CODES} order by first_release"))
    reader = Reader(CodeTree(titles, _categories(db)), _chapters(db))
    manifestations = Manifestations.of(titles)
    pairs, steps, unread = dict[int, set[Row]](), dict[int, set[Row]](), dict[int, set[Row]]()
    for release in _releases(db, "icd-10-cm-notes"):
        notes = _notes(db, release)
        apart, silent = exclusions(reader, notes)
        before, mute = sequence(reader, notes, manifestations)
        pairs[release] = {(*pair, row) for pair, row in apart.items()}
        steps[release] = {(*step, row) for step, row in before.items()}
        unread[release] = {_unread(item) for item in (*silent, *mute)}
    _insert(db, EXCLUSION, runs(pairs))
    _insert(db, SEQUENCE, runs(steps))
    _insert(db, UNREAD, runs(unread))
    _insert(db, EDITION, _editions(db))
    _add_facts(db, lake, folder, manifestations)


def _editions(db: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Each edition with the next one of the same origin."""
    rows = db.execute(
        "select id, edition, effective, from_package from release where dataset = 'icd-10-cm' order by id"
    ).fetchall()
    found: list[tuple[object, ...]] = []
    for (release, edition, _, package), after in zip(rows, [*rows[1:], None], strict=True):
        follows = after is not None and after[3] == package
        found.append((release, edition, *((after[0], after[1], _fiscal(after[2])) if follows else (None, None, None))))
    return found


def _fiscal(day: str) -> str:
    """The October 1 on which the fiscal year of a day began."""
    year = int(day[:4])
    return f"{year if day[5:7] >= '10' else year - 1}-10-01"


def _add_facts(
    db: sqlite3.Connection, lake: duckdb.DuckDBPyConnection, folder: Path, manifestations: Manifestations
) -> None:
    """A code is a manifestation by title and note; where no notes are loaded the title alone must do."""
    noted = [owner for (owner,) in db.execute("select distinct owner from icd_sequence where kind = 'manifestation'")]
    extended = (
        [owner for (owner,) in db.execute(f"select distinct owner from {NOTES} where kind = 'seventh'")]
        if _releases(db, "icd-10-cm-notes")
        else []
    )
    code_facts.work_out(
        lake,
        folder / "parquet" / f"{CODES}.parquet",
        _releases(db, "icd-10-cm"),
        noted or manifestations.titled,
        extended,
    )
    rows = lake.execute("select * from runs")
    while batch := rows.fetchmany(50_000):
        _insert(db, FACT, batch)


def _releases(db: sqlite3.Connection, dataset: str) -> list[int]:
    return [row for (row,) in db.execute("select id from release where dataset = ? order by id", (dataset,))]


def _notes(db: sqlite3.Connection, release: int) -> list[Note]:
    rows = db.execute(
        f"select id, owner, level, kind, text, place from {NOTES} where first_release <= ? and last_release >= ? "
        "and kind in ('excludes1', 'excludes2', 'code-first') order by id",
        (release, release),
    )
    return [Note(*row) for row in rows]


def _unread(item: Unread) -> Row:
    return item.note.owner, item.note.kind, item.note.row, item.reason, item.named


def _chapters(db: sqlite3.Connection) -> dict[str, list[str]]:
    rows = db.execute(
        f"select distinct chapter, code from {CODES} where length(code) = 3 and chapter is not null order by code"
    )
    found: dict[str, list[str]] = {}
    for chapter, code in rows:
        found.setdefault(chapter, []).append(code)
    return found


def _categories(db: sqlite3.Connection) -> tuple[str, ...]:
    """Categories in the order of the newest edition with headers (C43, C4A, C44); older ones behind neighbours."""
    newest = db.execute(f"select max(last_release) from {CODES} where not billable").fetchone()[0]
    rows = db.execute(
        f"select code, line from {CODES} where length(code) = 3 and last_release = ? order by id", (newest,)
    )
    order = [code for code, _ in sorted(rows, key=lambda row: _place(row[1]))]
    known = set(order)
    for (code,) in db.execute(f"select distinct substr(code, 1, 3) from {CODES} order by 1").fetchall():
        if code not in known:
            before = [at for at, item in enumerate(order) if item[0] == code[0] and item < code]
            order.insert(before[-1] + 1 if before else 0, code)
    return tuple(order)


def _place(line: str | int) -> tuple[int, ...]:
    """A line number, or an XML path in which the first of several siblings may have no number."""
    if isinstance(line, int):
        return (line,)
    return tuple(int(number or 1) for _, number in re.findall(r"(chapter|section|diag)(?:\[(\d+)\])?", line))


def _create(db: sqlite3.Connection, table: Derived) -> None:
    columns = ", ".join(f"{name} {'integer' if kind == 'INTEGER' else 'text'}" for name, kind in table.columns)
    db.execute(f"create table {table.name} ({columns}, primary key ({', '.join(table.key)})) without rowid")
    if table.indexed:
        db.execute(
            f"create index {table.name}_{table.indexed} on {table.name} ({table.indexed}) where {table.indexed} <> ''"
        )


def _insert(db: sqlite3.Connection, table: Derived, rows: Iterable[Sequence[object]]) -> None:
    marks = ", ".join("?" * len(table.columns))
    db.execute("begin")
    db.executemany(f"insert into {table.name} values ({marks})", rows)
    db.execute("commit")


def _write_parquet(db: sqlite3.Connection, lake: duckdb.DuckDBPyConnection, folder: Path, table: Derived) -> None:
    rows = db.execute(f"select * from {table.name} order by {', '.join(table.key)}").fetchall()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in table.columns]
    chosen = ", ".join(f"unnest(?)::{kind} as {name}" for name, kind in table.columns)
    lake.execute(f"copy (select {chosen}) to '{_parquet(folder, table)}' (format parquet, compression zstd)", columns)


def _parquet(folder: Path, table: Derived) -> Path:
    return folder / "parquet" / f"{table.name}.parquet"
