"""A batch on one machine: rows are parted by patient into buckets, and each bucket is judged on its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from codeward.core.faults import BadFile
from codeward.rules.batch import RAW, STEPS, step_text
from codeward.rules.calendar import ANSWERING
from codeward.rules.engines.duckdb import DuckdbEngine, Room
from codeward.rules.engines.findings import FINDINGS, NOT_CHECKED, REJECTED, RISK
from codeward.rules.engines.parts import parquet_scan
from codeward.rules.rule import rules
from codeward.store.library import Library

MACROS = (
    "create macro plain_of(t) as upper(translate(t, ' .-\t\u2010\u2011\u2012\u2013\u2014\u2015', ''))",
    "create macro day_checked(d) as case when d >= date '1850-01-01' then d end",
    "create macro day_of(t) as case when t = '' then null else day_checked(coalesce(try_cast(t as date), "
    "cast(try_strptime(t, ['%m/%d/%Y', '%Y%m%d']) as date))) end",
    "create macro number_of(t) as case when t = '' then null else "
    "cast(coalesce(try_cast(t as decimal(18, 6)), try_cast(replace(replace(t, '$', ''), ',', '') as decimal(18, 6))) "
    "as double) end",
    "create macro whole_of(t) as try_cast(t as bigint)",
    "create macro pointer_of(t, n) as case when t = '' then null when translate(t, 'ABCDEFGHIJKL,', '') = '' "
    "then nullif(ascii(substr(replace(t, ',', ''), n, 1)), 0) - 64 else try_cast(split_part(t, ',', n) as bigint) end",
    "create macro day_number(d) as (d - date '0001-01-01') + 1",
    "create macro told_by(a, b, c, d, e, f, g, h, i, j) as hash(a, b, c, d, e, f, g, h, i, j)",
)
DIAGNOSES = (
    "select c.claim, c.scope, u.position, u.code, f.day, day_number(f.day) as day_number, e.era from claim_whole c "
    "join (select claim, min(day) as day from line_in where history = 0 group by claim) f on f.claim = c.claim "
    "join day_era e on e.day = f.day, "
    "lateral (select unnest(string_split(c.diagnoses, ',')) as code, "
    "generate_subscripts(string_split(c.diagnoses, ','), 1) as position) u where c.diagnoses <> ''"
)
ROWS_OF_A_FILE = 1 << 44
_WORKED = ("read_row", "claim_key", "claim_uneven", "claim_row", "claim_fault")


@dataclass(frozen=True, slots=True)
class RowsIn:
    """One file as rows: Parquet or CSV, which of its columns holds what, and how CSV cells are parted.

    `columns` are the file's own columns in order; `places` says which holds a canonical one. `ready` rows come from a
    reader of claims. `number` orders files; claims may run on through the files of one `input`.
    """

    number: int
    input: int
    file: Path
    places: Mapping[str, str]
    columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = "utf-8"
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What a bucket held."""

    rows: int
    claims: int
    lines: int
    findings: int


@dataclass
class DuckdbBatch:
    """The engine with the steps from rows to findings; `today` tells dates in the future."""

    library: Library
    today: date
    room: Room = field(default_factory=Room)

    def __post_init__(self) -> None:
        self.engine = DuckdbEngine(self.library, self.room)
        self.db = self.engine.db
        for text in MACROS:
            self.db.execute(text)
        self.db.execute(
            "create table rule_text (rule_number bigint, rule varchar, severity varchar, carc varchar, rarc varchar)"
        )
        self.db.executemany(
            "insert into rule_text values (?, ?, ?, ?, ?)",
            [(rule.number, rule.id, rule.severity, rule.carc, " ".join(rule.rarc)) for rule in rules()],
        )

    def part(self, rows: RowsIn, place: Path, buckets: int) -> int:
        """Read an input and lay its rows into one folder for each bucket; the number of rows."""
        self.db.execute("set preserve_insertion_order = true")
        self.db.execute("drop table if exists reject_errors; drop table if exists reject_scans")
        self.db.execute(f"create or replace temp view raw as {raw_text(rows)}")
        text = f"select *, cast(hash(together) % {buckets} as integer) as bucket from ({step_text('read_row')}) r"
        try:
            made = self.db.execute(
                f"copy ({text}) to '{place}' (format parquet, compression snappy, partition_by (bucket))"
            ).fetchone()
        except duckdb.InvalidInputException as fault:
            raise BadFile(rows.file.name, " ".join(str(fault).split())[:300]) from None
        finally:
            self.db.execute("set preserve_insertion_order = false")
        return int(made[0]) if made else 0

    def torn(self) -> list[tuple[int, str]]:
        """The rows of the CSV parted last that are no rows: their number, the header left out, and what is wrong."""
        held = self.db.execute("select 1 from duckdb_tables() where table_name = 'reject_errors'").fetchone()
        if held is None:
            return []
        text = "select line, min(error_message) from reject_errors group by line order by line"
        return [(int(line) - 1, str(message).splitlines()[0]) for line, message in self.db.execute(text).fetchall()]

    def judge(self, files: Sequence[Path], out: Path) -> Judged:
        """Judge the rows of a bucket; findings and their companions are written into `out`."""
        rows = self._count(f"create or replace table read_row as select * exclude (bucket) from {parquet_scan(files)}")
        self._know_days()
        for name in STEPS:
            self.db.execute(f"create or replace table {name} as {step_text(name)}")
        self.db.execute(f"create or replace table diagnosis_in as {DIAGNOSES}")
        for name in _WORKED:
            self.db.execute(f"drop table {name}")
        self.engine.judge(self.today)
        for name, text in (
            ("findings", FINDINGS),
            ("not_checked", NOT_CHECKED),
            ("risk", RISK),
            ("rejected", REJECTED),
        ):
            self.db.execute(f"copy ({text}) to '{out / name}.parquet' (format parquet, compression zstd)")
        return Judged(
            rows,
            self._number("select count(*) from claim_in"),
            self._number("select count(*) from line_in where history = 0"),
            self._number("select count(*) from finding"),
        )

    def editions(self) -> dict[str, list[str]]:
        """The editions that answered for any day met so far, by dataset."""
        calendar, found = self.engine.calendar, dict[str, list[str]]()
        for day in sorted(calendar.days):
            for dataset in ANSWERING:
                release = calendar.release_on(dataset, day)
                if release and release.edition not in found.setdefault(dataset, []):
                    found[dataset].append(release.edition)
        return found

    def close(self) -> None:
        """Let go of the memory."""
        self.engine.close()

    def _know_days(self) -> None:
        days = [day for (day,) in self.db.execute("select distinct day from read_row where day is not null").fetchall()]
        eras = [(day.isoformat(), self.engine.calendar.era_of(day)) for day in sorted(days)]
        self.engine.insert("day_era", (("day", "date"), ("era", "bigint")), eras)

    def _count(self, text: str) -> int:
        made = self.db.execute(text).fetchone()
        return int(made[0]) if made else 0

    def _number(self, text: str) -> int:
        return self._count(text)


def columns_of_parquet(file: Path) -> list[str]:
    """The names of a Parquet file's columns; BadFile where it is none."""
    with duckdb.connect() as db:
        try:
            return [
                str(name)
                for name, *_ in db.execute(f"describe select * from read_parquet('{_quoted(file)}')").fetchall()
            ]
        except duckdb.Error as fault:
            raise BadFile(file.name, f"cannot be read as Parquet: {' '.join(str(fault).split())[:200]}") from None


def rows_of_parquet(file: Path) -> int:
    """How many rows a Parquet file says it has."""
    with duckdb.connect() as db:
        found = db.execute(f"select sum(num_rows) from parquet_file_metadata('{_quoted(file)}')").fetchone()
        return int(found[0] or 0) if found else 0


def raw_text(rows: RowsIn) -> str:
    """The raw rows of an input as a SELECT with every canonical column as a text."""
    cells = ", ".join(f"{expression} as {name}" for name, expression in _cells(rows))
    return (
        f"select cast({rows.number} as bigint) * {ROWS_OF_A_FILE} + place as rn, {rows.input} as input, "
        f"{rows.number} as file, place, {int(rows.ready)} as ready, "
        f"{cells} from (select *, row_number() over () as place from {_scan(rows)}) held"
    )


def _cells(rows: RowsIn) -> Iterator[tuple[str, str]]:
    for name in RAW:
        if name == "diagnoses":
            yield name, _joined(rows, "diagnoses", [f"dx{number}" for number in range(1, 13)], gaps=True)
        elif name == "modifiers":
            yield name, _joined(rows, "modifiers", [f"mod{number}" for number in range(1, 5)], gaps=False)
        elif name == "pointers" and name in rows.places:
            yield name, f"trim({_apart(f'upper({_cell(rows, name)})')}, ',')"
        else:
            yield name, _cell(rows, name)


def _joined(rows: RowsIn, together: str, apart: list[str], *, gaps: bool) -> str:
    """Columns that hold one each, and one that holds several, as a list between commas."""
    parts = [_cell(rows, name) for name in apart if name in rows.places]
    if gaps and parts:
        joined = "rtrim(" + " || ',' || ".join(parts) + ", ',')"
    else:
        joined = f"concat_ws(',', {', '.join(f'nullif({part}, {_EMPTY})' for part in parts)})" if parts else ""
    if together not in rows.places:
        return joined or _EMPTY
    several = f"trim({_apart(_cell(rows, together))}, ',')"
    return several if not joined else f"concat_ws(',', nullif({joined}, ''), nullif({several}, ''))"


_EMPTY = "''"


def _apart(text: str) -> str:
    return f"regexp_replace({text}, '[\\s,;:/|+]+', ',', 'g')"


def _cell(rows: RowsIn, name: str) -> str:
    """A cell as a text without blanks around it; a spreadsheet's formula for a text is unwrapped."""
    place = rows.places.get(name)
    if place is None:
        return _EMPTY
    quoted = '"' + place.replace('"', '""') + '"'
    if not rows.separator:
        return f"coalesce(trim(cast({quoted} as varchar)), '')"
    text = f"coalesce(trim({quoted}), '')"
    return f"case when starts_with({text}, '=\"') then trim({text}, '=\" ') else {text} end"


def _scan(rows: RowsIn) -> str:
    file = f"'{_quoted(rows.file)}'"
    if not rows.separator:
        return f"read_parquet({file})"
    columns = ", ".join(f"'{name}': 'varchar'" for name in (item.replace("'", "''") for item in rows.columns))
    return (
        f"read_csv({file}, columns = {{{columns}}}, header = true, auto_detect = false, delim = '{rows.separator}', "
        f"quote = '\"', escape = '\"', encoding = '{rows.encoding}', store_rejects = true)"
    )


def _quoted(file: Path) -> str:
    return os.fspath(file).replace("'", "''")
