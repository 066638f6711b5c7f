"""DuckDB: rules over a batch on one machine, against the library's Parquet files."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from codeward.core.claims import Claim
from codeward.rules import needs
from codeward.rules.calendar import COLUMNS, Calendar
from codeward.rules.compose import FINDING_COLUMNS
from codeward.rules.engines.plan import (
    HAS_ADD_ON,
    ROUNDS_ON_DENIALS,
    columns_read,
    denying,
    facts_asked,
    narrowed,
    round_texts,
    statement_of,
)
from codeward.rules.engines.result import EngineResult, found_row, in_order
from codeward.rules.engines.tables import columns_asked, empty, parquet_of, selected
from codeward.rules.inputs import INPUTS, Columns, input_rows
from codeward.rules.library_tables import library_tables
from codeward.store.library import Library

TYPES = {"text": "varchar"}
NULL = "\\N"
_MACROS = (
    "create macro spell(n) as case when n is null then '' "
    "when n = trunc(n) then cast(cast(n as bigint) as varchar) "
    "else regexp_replace(cast(cast(cast(n as varchar) as decimal(38, 3)) as varchar), '\\.?0+$', '') end",
    "create macro spell_day(d) as coalesce(cast(d as varchar), '')",
)
_NUMBERS = frozenset({"claim", "row_id", "line", "other_line", "rule_number"})
_FINDING = ", ".join(f"{name} {'bigint' if name in _NUMBERS else 'varchar'}" for name in FINDING_COLUMNS)


@dataclass(frozen=True, slots=True)
class Room:
    """What the machine gives a batch: memory in bytes as DuckDB spells them, threads (0: all), and a place to spill."""

    memory: str = "3GB"
    threads: int = 0
    spill: Path | None = None


class DuckdbEngine:
    """A database in memory with the library's tables loaded once; claims come as rows or from SQL."""

    def __init__(self, library: Library, room: Room | None = None) -> None:
        self.library = library
        self.calendar = Calendar(library)
        self._eras = 0
        self.db = duckdb.connect(":memory:", config=_settings(room or Room()))
        for text in _MACROS:
            self.db.execute(text)
        self._open_tables()
        self._make_tables()

    def run(self, claims: Sequence[Claim], today: date) -> EngineResult:
        """Judge claims, each with its own history; findings come in order of claim and line."""
        rows = input_rows(claims, self.calendar)
        for name, given in (("claim_in", rows.claims), ("line_in", rows.lines), ("diagnosis_in", rows.diagnoses)):
            self.insert(name, INPUTS[name], given)
        self.judge(today)
        found = self.db.execute(f"select {', '.join(FINDING_COLUMNS)} from finding").fetchall()
        unmet = self.db.execute(needs.UNMET).fetchall()
        return EngineResult(in_order(map(found_row, found)), tuple(sorted(unmet)))

    def judge(self, today: date) -> None:
        """Work out facts over the inputs that stand loaded, and fill the table `finding`."""
        self.load_eras()
        self.db.execute("delete from finding")
        self.db.execute("delete from denied")
        for name in facts_asked(before=True):
            self._work_out(name, today)
        self._ask(0)
        if self.db.execute(HAS_ADD_ON).fetchone():
            for number in ROUNDS_ON_DENIALS:
                self._deny()
                for name in facts_asked(before=False):
                    self._work_out(name, today)
                self._ask(number)

    def load_eras(self) -> None:
        """Write down the eras that the calendar has met since the last time."""
        if len(self.calendar.eras) == self._eras:
            return
        self._eras = len(self.calendar.eras)
        era = (("era", "bigint"), *((name, "bigint") for name in COLUMNS))
        self.insert("era", era, self.calendar.rows())
        self.insert("need", needs.NEED_COLUMNS, needs.need_rows(self.calendar))

    def close(self) -> None:
        """Let go of the memory."""
        self.db.close()

    def _ask(self, number: int) -> None:
        columns = ", ".join(FINDING_COLUMNS)
        for text in round_texts(number):
            self.db.execute(f"insert into finding select distinct {columns} from ({text}) found")

    def _deny(self) -> None:
        numbers = ", ".join(map(str, sorted(denying())))
        self.db.execute(
            "create or replace table denied as select distinct row_id from finding "
            f"where row_id <> 0 and rule_number in ({numbers})"
        )

    def _work_out(self, name: str, today: date) -> None:
        text = statement_of(name, today)
        told = [column for column, *_ in self.db.execute(f"describe {text}").fetchall()]
        kept = ", ".join(narrowed(told, columns_read(name)))
        self.db.execute(f"create or replace table {name} as select {kept} from ({text}) worked_out")

    def _open_tables(self) -> None:
        for table in library_tables():
            columns = columns_asked(table)
            file = parquet_of(self.library, table)
            text = f"select {selected(columns, TYPES, chr(34))} from read_parquet('{_quoted(file)}')" if file else ""
            self.db.execute(f"create table {table.name} as {text or empty(columns, TYPES)}")

    def _make_tables(self) -> None:
        era = (("era", "bigint"), *((name, "bigint") for name in COLUMNS))
        medicaid = (("rule", "text"), ("reason", "text"))
        for name, columns in (("era", era), ("need", needs.NEED_COLUMNS), ("medicaid_need", medicaid)):
            self.db.execute(f"create table {name} ({_defined(columns)})")
        for name, columns in INPUTS.items():
            self.db.execute(f"create table {name} ({_defined(columns)})")
        self.db.execute(f"create table finding ({_FINDING})")
        self.db.execute("create table denied (row_id bigint)")
        self.insert("medicaid_need", medicaid, [(name, needs.MEDICAID) for name in needs.MEDICAID_FAMILIES])

    def insert(self, name: str, columns: Columns, rows: Iterable[tuple[Any, ...]]) -> None:
        """Through a text file, which DuckDB takes far quicker than statements with values."""
        with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
            writer.writerows([_NOTHING if cell is None else cell for cell in row] for row in rows)
            file.flush()
            types = ", ".join(f"'{column}': '{TYPES.get(kind, kind)}'" for column, kind in columns)
            self.db.execute(
                f"create or replace table {name} as select * from read_csv('{_quoted(Path(file.name))}', "
                f"columns = {{{types}}}, header = false, nullstr = '{NULL}', quote = '\"', escape = '\"', delim = ',')"
            )


class _Nothing(float):
    """A cell without a value: written bare, so that it is told from a text."""

    def __repr__(self) -> str:
        return NULL

    __str__ = __repr__


_NOTHING = _Nothing()


def _settings(room: Room) -> dict[str, Any]:
    settings: dict[str, Any] = {"memory_limit": room.memory, "preserve_insertion_order": False}
    if room.threads:
        settings["threads"] = room.threads
    if room.spill:
        settings["temp_directory"] = str(room.spill)
    return settings


def _defined(columns: Columns) -> str:
    return ", ".join(f"{name} {TYPES.get(kind, kind)}" for name, kind in columns)


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
