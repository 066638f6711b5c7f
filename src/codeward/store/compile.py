"""Compile: staged rows into `parquet/` and `reference.db`, equal rows of successive editions merged into one.

DuckDB checks keys and invariants, merges editions and writes Parquet; SQLite is filled from the same merged rows.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from pathlib import Path

import duckdb

from codeward.core.faults import BadFile
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.kinds import PHRASE
from codeward.store.releases import edges

MEMORY = "600MB"
MARK = "\x1f"
"""Stands between the cells of a row on its way from one store to the next, staged rows included.

Canonical texts hardly ever hold it, so hardly any cell needs quotes.
"""
CHUNK = 1 << 20
BOOKKEEPING = ("first_day", "last_day", "first_release", "last_release", "file", "line", "checked")

SCHEMA = """
create table release (id integer primary key, dataset text, edition text, effective text, from_package integer,
  rows integer, known_from text, starts_unknown integer, own_days integer);
create table file (id integer primary key, name text, sha256 text, path text, members text, url text);
create table release_file (release integer, file integer, part text, place integer);
create table sighting (dataset text, row integer, release integer, file integer, line numeric, checked integer);
create table phrase (id integer primary key, text text unique);
"""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """Where the rows of one part of a release lie."""

    path: Path
    file: int
    rows: int
    phrases: frozenset[str]


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
    """Rows of an edition, the first day they speak for, and whether their own first days can be believed.

    `repeats` and `twice`: a row, or a key, may stand there twice; equal hashes alone raise the suspicion.
    """

    rows: int
    known_from: date
    own: bool
    unknown: bool
    repeats: bool
    twice: bool


class Compiler:
    """Writes one library folder, dataset by dataset."""

    def __init__(self, folder: Path, file_names: Callable[[int], str]) -> None:
        self._folder = folder
        self._file_name = file_names
        (folder / "parquet").mkdir()
        self._lake = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder / "spill")})
        self._lake.execute("set enable_progress_bar = false")
        self.db = sqlite3.connect(folder / "reference.db", isolation_level=None)
        self.db.executescript(
            "pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive; "
            "pragma page_size=8192; pragma cache_size=-32000; pragma temp_store=memory;"
        )
        self.db.executescript(SCHEMA)
        self._phrases: dict[str, int] = {}

    def add(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        """Check, merge and write every edition of one dataset."""
        self._stage(dataset, releases)
        days = self._days_of(dataset, releases)
        if any(days[release.id].repeats for release in releases):
            self._drop_repeats(dataset)
            days = self._days_of(dataset, releases)
        if self._is_suspect(dataset, releases, days):
            for release in releases:
                self._check(dataset, release, days[release.id])
        self._merge(dataset, releases)
        self._register(dataset, releases, days)
        self._write_parquet(dataset)
        self._fill(dataset)
        self._index_changes(dataset, releases)
        self._lake.execute("drop table staged; drop table merged; drop type phrases")

    def close(self) -> None:
        """Finish both stores; the temporary spill folder goes."""
        self._lake.close()
        self.db.execute("begin")
        self.db.executemany("insert into phrase values (?, ?)", [(at, text) for text, at in self._phrases.items()])
        self.db.execute("commit")
        self.db.execute("create index sighting_row on sighting (dataset, row, release)")
        self.db.execute("pragma analysis_limit = 1000")
        self.db.execute("analyze")
        self.db.close()

    def _stage(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        files = [(release.id, part) for release in releases for part in release.files]
        phrases = sorted(frozenset[str]().union(*(part.phrases for _, part in files))) or [""]
        self._lake.execute(f"create type phrases as enum ({', '.join(map(_quoted, phrases))})")
        types = {item.name: _lake_type(item) for item in dataset.columns}
        types |= {"d1": "DATE", "d2": "DATE", "line": "VARCHAR", "checked": "BIGINT"}
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        self._lake.execute(f"create table staged ({_staged_columns(dataset)})")
        for release, part in files:
            self._lake.execute(
                f"insert into staged select {_names(dataset)}, d1, d2, {release}, {part.file}, line, checked "
                f"from read_csv(?, columns={{{columns}}}, header=false, delim='{MARK}', quote='\"', escape='\"', "
                "nullstr='', auto_detect=false, max_line_size=20000000)",
                [str(part.path)],
            )

    def _days_of(self, dataset: Dataset, releases: list[StagedRelease]) -> dict[int, OwnDays]:
        """What the rows of each release say of themselves, in one pass over all of them.

        One first day for every row is a stand-in for days nobody wrote down. Equal hashes are a suspicion, which
        is then looked into; unequal ones are an acquittal.
        """
        key = ", ".join(f'"{name}"' for name in dataset.key)
        found = self._lake.execute(
            "select release, count(*), min(d1) filter (d1 <= d2), count(distinct d1) filter (d1 <= d2), "
            f"count(d1) > 0, count(distinct hash({_names(dataset)}, d1, d2)) < count(*), "
            f"count(distinct hash({key}, case when release in ({_packages(releases)}) then d1 end)) < count(*) "
            "from staged group by release"
        ).fetchall()
        told = {row[0]: row[1:] for row in found}
        return {release.id: _own_days(release, *told.get(release.id, NO_ROWS)) for release in releases}

    def _drop_repeats(self, dataset: Dataset) -> None:
        """A row published twice word for word (it happens: ASC BB, January 2025, A2027) counts once."""
        self._lake.execute(
            f"create table once as select * from staged qualify row_number() over (partition by release, "
            f"{_names(dataset)}, d1, d2 order by file, try_cast(line as bigint), line) = 1; "
            "drop table staged; alter table once rename to staged"
        )

    def _is_suspect(self, dataset: Dataset, releases: list[StagedRelease], days: dict[int, OwnDays]) -> bool:
        if any(days[release.id].twice and not days[release.id].unknown for release in releases):
            return True
        rules = " or ".join(f"bool_or(not ({rule}))" for rule, _ in dataset.invariants)
        if not rules:
            return False
        return (self._lake.execute(f"select {rules} from {_spelt(dataset)}").fetchone() or (None,))[0] is True

    def _check(self, dataset: Dataset, release: StagedRelease, own: OwnDays) -> None:
        key = ", ".join(f'"{name}"' for name in dataset.key)
        days = ", d1" if release.from_package else ""
        place = "file, try_cast(line as bigint), line"
        twice = None
        if not own.unknown:
            twice = self._lake.execute(
                f"select min(file), string_agg(line, ' and ' order by {place}) from staged "
                f"where release = {release.id} group by {key}{days} having count(*) > 1 order by {key} limit 1"
            ).fetchone()
        if twice:
            raise BadFile(self._file_name(twice[0]), f"the same {', '.join(dataset.key)} twice", f"{twice[1]}")
        for rule, problem in dataset.invariants:
            broken = self._lake.execute(
                f"select file, line from {_spelt(dataset)} where release = {release.id} and not ({rule}) "
                f"order by {place} limit 1"
            ).fetchone()
            if broken:
                raise BadFile(self._file_name(broken[0]), problem, broken[1])

    def _merge(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        """Rows in key order, equal ones of successive editions as one; a row's place is its id."""
        self._join_islands(dataset, releases)
        order = ", ".join(f'"{name}"' for name in dataset.key)
        spans = list(_spans(releases))
        starts = " ".join(f"when {release} then DATE '{start}'" for release, start, _ in spans)
        ends = " ".join(f"when {release} then DATE '{end}'" for release, _, end in spans)
        self._lake.execute(
            f"create table merged as select {_names(dataset)}, coalesce(d1, case first_release {starts} end) as "
            f"first_day, coalesce(d2, case last_release {ends} end) as last_day, first_release, last_release, file, "
            f"line, checked, _origin from islands where release = first_release "
            f"order by {order}, first_release, d1, line, file"
        )
        if len(releases) > 1:
            rows = self._lake.execute(
                "select m.rowid + 1, i.release, i.file, i.line, i.checked from islands i "
                "join merged m on i._origin = m._origin where i.release > i.first_release order by all"
            )
            self._insert_sightings(dataset, rows)
        self._lake.execute("drop view islands" if len(releases) == 1 else "drop table islands")

    def _join_islands(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        """Each row with the unbroken run of editions that hold an equal one, known by its first row's place."""
        if len(releases) == 1:
            self._lake.execute(
                "create view islands as select *, release as first_release, release as last_release, 0 as _origin "
                "from staged"
            )
            return
        same = f"{_names(dataset)}, d1, d2"
        self._lake.execute(
            "create table islands as select *, min(release) over islet as first_release, max(release) over islet as "
            "last_release, arg_min(_row, release) over islet as _origin from "
            f"(select *, rowid as _row, release - row_number() over (partition by {same} order by release) as _island "
            f"from staged) window islet as (partition by {same}, _island)"
        )

    def _insert_sightings(self, dataset: Dataset, rows: duckdb.DuckDBPyConnection) -> None:
        self.db.execute("begin")
        while batch := rows.fetchmany(50_000):
            self.db.executemany("insert into sighting values (?, ?, ?, ?, ?, ?)", ((dataset.id, *row) for row in batch))
        self.db.execute("commit")

    def _register(self, dataset: Dataset, releases: list[StagedRelease], days: dict[int, OwnDays]) -> None:
        for release in releases:
            own = days[release.id]
            self.db.execute(
                "insert into release values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (release.id, dataset.id, release.edition, release.effective.isoformat(), release.from_package,
                 own.rows, own.known_from.isoformat(), own.unknown, own.own),
            )  # fmt: skip

    def _write_parquet(self, dataset: Dataset) -> None:
        target = self._folder / "parquet" / f"{dataset.table}.parquet"
        spelt = [f'"{item.name}"::varchar as "{item.name}"' for item in dataset.columns if item.kind is PHRASE]
        replaced = f"replace ({', '.join(spelt)})" if spelt else ""
        self._lake.execute(
            f"copy (select rowid + 1 as id, * exclude (_origin) {replaced} from merged) to '{target}' "
            "(format parquet, compression zstd)"
        )

    def _fill(self, dataset: Dataset) -> None:
        defined = ", ".join(f'"{item.name}" {item.kind.sqlite}' for item in dataset.columns)
        self.db.execute(
            f"create table {dataset.table} (id integer primary key, {defined}, first_day text, last_day text, "
            "first_release integer, last_release integer, file integer, line numeric, checked integer)"
        )
        self._fill_rows(dataset)
        for names in (*((name,) for name in dataset.looked_up_by), *dataset.looked_up_together):
            columns = ", ".join(f'"{name}"' for name in names)
            self.db.execute(f"create index {'_'.join((dataset.table, *names))} on {dataset.table} ({columns})")

    def _index_changes(self, dataset: Dataset, releases: list[StagedRelease]) -> None:
        """Rows that began or ended between two editions: the few that a comparison has to read."""
        if len(releases) < 2:
            return
        began_in, ended_in = edges(releases)
        for name, order, rule in (
            ("began", "first_release, last_release", f"first_release not in ({began_in})"),
            ("ended", "last_release, first_release", f"last_release not in ({ended_in})"),
        ):
            self.db.execute(f"create index {dataset.table}_{name} on {dataset.table} ({order}) where {rule}")

    def _fill_rows(self, dataset: Dataset) -> None:
        """Through a text file: SQLite takes texts quickest, and gives them the type of their column itself."""
        target = self._folder / "merged"
        self._number_phrases(dataset)
        carried, marks = self._carried(dataset)
        self._lake.execute(
            f"copy (select {', '.join(carried)} from merged) to '{target}' "
            f"(format csv, header false, nullstr '', delim '{MARK}', quote '\"', escape '\"')"
        )
        statement = f"insert into {dataset.table} values (null, {', '.join(marks)})"
        self.db.execute("begin")
        self.db.executemany(statement, chain.from_iterable(_rows_in(target)))
        self.db.execute("commit")
        target.unlink()

    def _carried(self, dataset: Dataset) -> tuple[list[str], list[str]]:
        """What the text file holds of each column, and how the statement takes it up.

        A column with one value throughout is not carried but written into the statement; an empty text is nothing.
        """
        texts = [(f'"{item.name}"', self._for_sqlite(item)) for item in dataset.columns]
        numbers = BOOKKEEPING[2:5]
        asked = [f"count({name}) = count(*)" for name, _ in texts]
        asked += [f"case when min({name}) = max({name}) then min({name}) end" for name in numbers]
        told = self._lake.execute(f"select {', '.join(asked)} from merged").fetchone() or ()
        carried = [text for _, text in texts]
        marks = ["?" if full else "nullif(?, '')" for full in told[: len(texts)]]
        same = dict(zip(numbers, told[len(texts) :], strict=True))
        for name in BOOKKEEPING:
            if same.get(name) is None:
                carried.append(name)
            marks.append("?" if same.get(name) is None else str(same[name]))
        return carried, marks

    def _number_phrases(self, dataset: Dataset) -> None:
        """Numbers in the order in which phrases first occur, so that equal inputs give equal numbers."""
        columns = [(at, item.name) for at, item in enumerate(dataset.columns) if item.kind is PHRASE]
        if not columns:
            return
        firsts = " union all ".join(
            f'select "{name}"::varchar as text, min(rowid) as row, {at} as place from merged '
            f'where "{name}" is not null group by "{name}"'
            for at, name in columns
        )
        for (text,) in self._lake.execute(f"select text from ({firsts}) order by row, place").fetchall():
            self._phrases.setdefault(text, len(self._phrases) + 1)

    def _for_sqlite(self, item: Column) -> str:
        name = f'"{item.name}"'
        if item.kind is PHRASE:
            known = self._lake.execute("select unnest(enum_range(null::phrases))").fetchall()
            numbers = ", ".join(str(self._phrases.get(text, 0)) for (text,) in known)
            return f"([{numbers}])[enum_code({name}) + 1]"
        return f"{name}::integer" if item.kind.parquet == "BOOLEAN" else name


NO_ROWS = (0, None, 0, False, False, False)


def _own_days(
    release: StagedRelease, rows: int, first: date | None, starts: int, own: bool, repeats: bool, twice: bool
) -> OwnDays:
    stand_in = starts == 1 and first != date.min  # the first day of all is declared, and means always
    unknown = own and rows >= 50 and stand_in and release.dataset.cadence != "none"
    known = first if own and first is not None and not unknown else release.effective
    return OwnDays(rows, known, own, unknown, repeats, twice)


def _rows_in(path: Path) -> Iterator[Iterable[Sequence[str]]]:
    """Rows of cells, chunk by chunk; from the first quote on the csv module reads, which is slower."""
    with path.open(encoding="utf-8", newline="\n") as rows:
        while chunk := rows.read(CHUNK):
            chunk += rows.readline()
            if '"' in chunk:
                yield csv.reader(chain(io.StringIO(chunk, newline="\n"), rows), delimiter=MARK)
                return
            yield map(str.split, chunk.removesuffix("\n").split("\n"), repeat(MARK))


def _names(dataset: Dataset) -> str:
    return ", ".join(f'"{item.name}"' for item in dataset.columns)


def _packages(releases: list[StagedRelease]) -> str:
    return ", ".join(["-1", *(str(release.id) for release in releases if release.from_package)])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _lake_type(item: Column) -> str:
    return "phrases" if item.kind is PHRASE else item.kind.parquet


def _spelt(dataset: Dataset) -> str:
    """The staged rows with phrases as plain texts, which is what invariants are written for."""
    phrases = [f'"{item.name}"::varchar as "{item.name}"' for item in dataset.columns if item.kind is PHRASE]
    return f"(select * replace ({', '.join(phrases)}) from staged)" if phrases else "staged"


def _staged_columns(dataset: Dataset) -> str:
    own = ", ".join(f'"{item.name}" {_lake_type(item)}' for item in dataset.columns)
    return f"{own}, d1 date, d2 date, release integer, file integer, line varchar, checked bigint"


def _spans(releases: list[StagedRelease]) -> Iterator[tuple[int, str, str]]:
    """Each edition holds until the day before the next one of the same origin takes effect."""
    for at, release in enumerate(releases):
        later = releases[at + 1] if at + 1 < len(releases) else None
        follows = later is not None and later.from_package == release.from_package
        end = date.fromordinal(later.effective.toordinal() - 1) if later and follows else date(9999, 12, 31)
        yield release.id, release.effective.isoformat(), end.isoformat()
