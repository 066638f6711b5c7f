"""Compile: staged rows into `parquet/` and `reference.db`, equal rows of successive editions merged into one.

DuckDB checks keys and invariants, merges editions and writes Parquet; SQLite is filled from the same merged rows.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from codeward.core.faults import BadFile
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.kinds import PHRASE

MEMORY = "1200MB"
BOOKKEEPING = "first_day, last_day, first_release, last_release, file, line, checked"

SCHEMA = """
create table release (id integer primary key, dataset text, edition text, effective text, from_package integer,
  rows integer, known_from text, starts_unknown integer, own_days integer);
create table file (id integer primary key, name text, sha256 text, path text, members text, url text);
create table release_file (release integer, file integer, part text, place integer);
create table sighting (dataset text, row integer, release integer, file integer, line, checked integer);
create table phrase (id integer primary key, text text unique);
"""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """Where the rows of one part of a release lie."""

    path: Path
    file: int
    rows: int


@dataclass(frozen=True, slots=True)
class StagedRelease:
    """One edition to compile; ids run on within a dataset and origin in order of effect."""

    id: int
    dataset: Dataset
    edition: str
    effective: date
    from_package: bool
    files: tuple[StagedFile, ...]


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Rows of an edition, the first day they speak for, and whether their own first days can be believed."""

    rows: int
    known_from: date
    own: bool
    unknown: bool


class Compiler:
    """Writes one library folder, dataset by dataset."""

    def __init__(self, folder: Path, file_names: Callable[[int], str]) -> None:
        self._folder = folder
        self._file_name = file_names
        (folder / "parquet").mkdir()
        self._lake = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
        self._lake.execute("set enable_progress_bar = false; set preserve_insertion_order = false")
        self.db = sqlite3.connect(folder / "reference.db", isolation_level=None)
        self.db.executescript(
            "pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive; "
            "pragma page_size=8192; pragma cache_size=-200000; pragma temp_store=memory;"
        )
        self.db.executescript(SCHEMA)
        self._phrases: dict[str, int] = {}

    def add(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        """Check, merge and write every edition of one dataset."""
        self._lake.execute(f"create table staged ({_staged_columns(dataset)})")
        for release in releases:
            for part in release.files:
                self._stage(dataset, release, part)
        self._drop_repeats(dataset)
        for release in releases:
            self._check(dataset, release)
        self._merge(dataset, releases)
        self._register(dataset, releases)
        self._write_parquet(dataset)
        self._fill(dataset)
        self._lake.execute("drop table staged; drop table merged")

    def close(self) -> None:
        """Finish both stores; the temporary spill folder goes."""
        self._lake.close()
        self.db.execute("begin")
        self.db.executemany("insert into phrase values (?, ?)", [(at, text) for text, at in self._phrases.items()])
        self.db.execute("commit")
        self.db.execute("analyze")
        self.db.close()

    def _stage(self, dataset: Dataset, release: StagedRelease, part: StagedFile) -> None:
        names = [item.name for item in dataset.columns]
        types = {name: item.kind.parquet for name, item in zip(names, dataset.columns, strict=True)}
        types |= {"d1": "DATE", "d2": "DATE", "line": "VARCHAR", "checked": "BIGINT"}
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        picked = ", ".join(f'"{name}"' for name in names)
        self._lake.execute(
            f"insert into staged select {picked}, d1, d2, {release.id}, {part.file}, line, checked from read_csv(?, "
            f"columns={{{columns}}}, header=false, delim=',', quote='\"', escape='\"', nullstr='', "
            "auto_detect=false, max_line_size=20000000)",
            [str(part.path)],
        )

    def _drop_repeats(self, dataset: Dataset) -> None:
        """A row published twice word for word (it happens: ASC BB, January 2025, A2027) counts once."""
        key = ", ".join(f'"{name}"' for name in dataset.key)
        names = ", ".join(f'"{item.name}"' for item in dataset.columns)
        twice = self._lake.execute(
            f"select 1 from staged group by release, {key}, d1 having count(*) > 1 limit 1"
        ).fetchone()
        if twice:
            self._lake.execute(
                f"create table once as select * from staged qualify row_number() over "
                f"(partition by release, {names}, d1, d2 order by file, try_cast(line as bigint), line) = 1; "
                "drop table staged; alter table once rename to staged"
            )

    def _check(self, dataset: Dataset, release: StagedRelease) -> None:
        key = ", ".join(f'"{name}"' for name in dataset.key)
        days = ", d1" if release.from_package else ""
        twice = None
        if not self._days_of(release).unknown:
            twice = self._lake.execute(
                f"select min(file), string_agg(line, ' and ') from staged where release = {release.id} "
                f"group by {key}{days} having count(*) > 1 limit 1"
            ).fetchone()
        if twice:
            raise BadFile(self._file_name(twice[0]), f"the same {', '.join(dataset.key)} twice", f"{twice[1]}")
        for rule, problem in dataset.invariants:
            broken = self._lake.execute(
                f"select file, line from staged where release = {release.id} and not ({rule}) limit 1"
            ).fetchone()
            if broken:
                raise BadFile(self._file_name(broken[0]), problem, broken[1])

    def _merge(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        names = ", ".join(f'"{item.name}"' for item in dataset.columns)
        order = ", ".join(f'"{name}"' for name in dataset.key)
        spans = ", ".join(f"({first}, DATE '{start}', DATE '{end}')" for first, start, end in _spans(releases))
        ends = f"(select * from (values {spans}) as span(id, starts, ends))"
        if len(releases) == 1:
            islands = "select *, release as first_release, release as last_release, 0 as island from staged"
            sighted = "select * from islands where false"
        else:
            islands = (
                f"select *, min(release) over islet as first_release, max(release) over islet as last_release from "
                f"(select *, release - row_number() over (partition by {names}, d1, d2 order by release) as island "
                f"from staged) window islet as (partition by {names}, d1, d2, island)"
            )
            sighted = "select * from islands where release > first_release"
        self._lake.execute(
            f"create table merged as with islands as ({islands}) select row_number() over (order by {order}, "
            f"first_release, d1, line) as id, {names}, coalesce(d1, (select starts from {ends} where id = first_release)) "
            "as first_day, coalesce(d2, (select ends from "
            f"{ends} where id = last_release)) as last_day, first_release, last_release, file, line, checked, island "
            "from islands where release = first_release order by id"
        )
        same = " and ".join(f'm."{item.name}" is not distinct from s."{item.name}"' for item in dataset.columns)
        if len(releases) > 1:
            rows = self._lake.execute(
                f"with islands as ({islands}), sighted as ({sighted}) select m.id, s.release, s.file, s.line, s.checked "
                f"from sighted s join merged m on s.first_release = m.first_release and s.island = m.island and {same}"
                " and (s.d1 is null or (s.d1 = m.first_day and s.d2 = m.last_day))"
            )
            self._insert_sightings(dataset, rows)

    def _insert_sightings(self, dataset: Dataset, rows: duckdb.DuckDBPyConnection) -> None:
        self.db.execute("begin")
        while batch := rows.fetchmany(50_000):
            self.db.executemany(
                "insert into sighting values (?, ?, ?, ?, ?, ?)", ((dataset.id, *row) for row in batch)
            )
        self.db.execute("commit")

    def _days_of(self, release: StagedRelease) -> OwnDays:
        """What the rows' own days say; one first day for every row is a stand-in for days nobody wrote down."""
        rows, first, starts, own = self._lake.execute(
            f"select count(*), min(d1) filter (d1 <= d2), count(distinct d1) filter (d1 <= d2), count(d1) > 0 "
            f"from staged where release = {release.id}"
        ).fetchone() or (0, None, 0, False)
        unknown = own and rows >= 50 and starts == 1 and release.dataset.cadence != "none"
        known = first if own and first is not None and not unknown else release.effective
        return OwnDays(rows, known, own, unknown)

    def _register(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        for release in releases:
            days = self._days_of(release)
            self.db.execute(
                "insert into release values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (release.id, dataset.id, release.edition, release.effective.isoformat(), release.from_package,
                 days.rows, days.known_from.isoformat(), days.unknown, days.own),
            )  # fmt: skip

    def _write_parquet(self, dataset: Dataset) -> None:
        target = self._folder / "parquet" / f"{dataset.table}.parquet"
        self._lake.execute(
            f"copy (select * exclude (island) from merged order by id) to '{target}' (format parquet, compression zstd)"
        )

    def _fill(self, dataset: Dataset) -> None:
        names = [item.name for item in dataset.columns]
        defined = ", ".join(f'"{item.name}" {item.kind.sqlite}' for item in dataset.columns)
        self.db.execute(
            f"create table {dataset.table} (id integer primary key, {defined}, first_day text, last_day text, "
            "first_release integer, last_release integer, file integer, line numeric, checked integer)"
        )
        self._fill_rows(dataset)
        for name in dataset.looked_up_by:
            self.db.execute(f'create index {dataset.table}_{name} on {dataset.table} ("{name}")')

    def _fill_rows(self, dataset: Dataset) -> None:
        target = self._folder / "merged.csv"
        casts = ", ".join(_for_sqlite(item) for item in dataset.columns)
        self._lake.execute(
            f"copy (select id, {casts}, {BOOKKEEPING} from merged order by id) to '{target}' "
            "(format csv, header false, nullstr '')"
        )
        marks = ", ".join(["?", *(_mark(item) for item in dataset.columns), *"???????"])
        self.db.execute("begin")
        with target.open(newline="", encoding="utf-8") as rows:
            reader: Iterable[list[str]] = csv.reader(rows)
            self.db.executemany(f"insert into {dataset.table} values ({marks})", self._with_phrases(dataset, reader))
        self.db.execute("commit")
        target.unlink()

    def _with_phrases(self, dataset: Dataset, rows: Iterable[list[str]]) -> Iterator[list[str]] | Iterable[list[str]]:
        places = [at for at, item in enumerate(dataset.columns, start=1) if item.kind is PHRASE]
        return self._numbered(places, rows) if places else rows

    def _numbered(self, places: list[int], rows: Iterable[list[str]]) -> Iterator[list[str]]:
        known = self._phrases
        for row in rows:
            for at in places:
                text = row[at]
                if text:
                    row[at] = known.get(text) or known.setdefault(text, len(known) + 1)  # type: ignore[assignment]
            yield row


def _staged_columns(dataset: Dataset) -> str:
    own = ", ".join(f'"{item.name}" {item.kind.parquet}' for item in dataset.columns)
    return f"{own}, d1 date, d2 date, release integer, file integer, line varchar, checked bigint"


def _spans(releases: list[StagedRelease]) -> Iterator[tuple[int, str, str]]:
    """Each edition holds until the day before the next one of the same origin takes effect."""
    for at, release in enumerate(releases):
        later = releases[at + 1] if at + 1 < len(releases) else None
        follows = later is not None and later.from_package == release.from_package
        end = date.fromordinal(later.effective.toordinal() - 1) if later and follows else date(9999, 12, 31)
        yield release.id, release.effective.isoformat(), end.isoformat()


def _for_sqlite(item: Column) -> str:
    quoted = f'"{item.name}"'
    return f"{quoted}::integer" if item.kind.parquet == "BOOLEAN" else quoted


def _mark(item: Column) -> str:
    return "?" if item.required else "nullif(?, '')"
