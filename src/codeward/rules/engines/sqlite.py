"""SQLite: rules over a few claims, in process, against the library's own database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from codeward.core.claims import Claim
from codeward.core.sources import Source
from codeward.datasets.registry import DATASETS
from codeward.rules import needs
from codeward.rules.calendar import COLUMNS, Calendar
from codeward.rules.engines.plan import HAS_ADD_ON, ROUNDS_ON_DENIALS, denying, round_texts, statement_of
from codeward.rules.engines.result import EngineResult, FoundRow, found_row, in_order
from codeward.rules.engines.spelling import spell
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS
from codeward.rules.inputs import INPUTS, InputRows, input_rows
from codeward.rules.library_tables import LibraryTable, library_tables
from codeward.store.library import Library, uri_of


class SqliteEngine:
    """A connection with claims in temporary tables beside the library; one for a thread."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.calendar = Calendar(library)
        self._eras = 0
        self.db = sqlite3.connect(":memory:", uri=True, cached_statements=512, isolation_level=None)
        self.db.execute("pragma temp_store=memory")
        self.db.execute(f"attach '{uri_of(library.folder)}' as library")
        self.db.execute("pragma library.mmap_size=1073741824")
        self.db.create_function("spell", 1, spell, deterministic=True)
        self.db.create_function("spell_day", 1, lambda day: day or "", deterministic=True)
        self.source_of = lru_cache(maxsize=16_384)(self._source_of)
        self._open_tables()
        self._make_tables()
        self._expect_few_rows()

    def run(self, claims: Sequence[Claim], today: date) -> EngineResult:
        """Judge claims, each with its own history; findings come in order of claim and line."""
        self._load(input_rows(claims, self.calendar))
        for name in BEFORE_DENIALS:
            self._work_out(name, today)
        found = self._ask(0)
        if self.db.execute(HAS_ADD_ON).fetchone():
            for number in ROUNDS_ON_DENIALS:
                self._deny(found)
                for name in ON_DENIALS:
                    self._work_out(name, today)
                found |= self._ask(number)
        unmet = self.db.execute(needs.UNMET).fetchall()
        return EngineResult(in_order(found), tuple(sorted(unmet)))

    def _source_of(self, dataset: str, row: int, day: date) -> Source:
        """Where a row stands in the edition that answers for the day, or in the first that has it."""
        library = self.library
        stored = library.stored_row(dataset, row)
        width = len(DATASETS[dataset].columns) + 1
        first, last = stored[width + 2 : width + 4]
        release = self.calendar.release_on(dataset, day)
        if release is None or not first <= release.id <= last:
            release = library.release(first)
        return library.place_of(release, stored)

    def close(self) -> None:
        """Let go of the library."""
        self.db.close()

    def _ask(self, number: int) -> set[FoundRow]:
        return {found_row(row) for text in round_texts(number) for row in self.db.execute(text)}

    def _deny(self, found: Iterable[FoundRow]) -> None:
        rows = {(item.row_id,) for item in found if item.row_id and item.rule_number in denying()}
        self.db.execute("delete from denied")
        self.db.executemany("insert into denied values (?)", sorted(rows))

    def _load(self, rows: InputRows) -> None:
        if len(self.calendar.eras) > self._eras:
            self._load_eras()
        for name, given in (("claim_in", rows.claims), ("line_in", rows.lines), ("diagnosis_in", rows.diagnoses)):
            self.db.execute(f"delete from {name}")
            marks = ", ".join("?" * len(INPUTS[name]))
            self.db.executemany(f"insert into {name} values ({marks})", given)
        self.db.execute("delete from denied")

    def _load_eras(self) -> None:
        self._eras = len(self.calendar.eras)
        self.db.execute("delete from era")
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        self.db.executemany(f"insert into era values ({marks})", self.calendar.rows())
        self.db.execute("delete from need")
        self.db.executemany("insert into need values (?, ?, ?, ?)", needs.need_rows(self.calendar))

    def _work_out(self, name: str, today: date) -> None:
        self.db.execute(f"delete from {name}")
        self.db.execute(f"insert into {name} {statement_of(name, today)}")

    def _open_tables(self) -> None:
        held = {name for (name,) in self.db.execute("select name from library.sqlite_master where type = 'table'")}
        for table in library_tables():
            opens = not table.dataset or self.library.licence.opens(table.dataset)
            self.db.execute(_view(table) if table.name in held and opens else _stand_in(table))

    def _expect_few_rows(self) -> None:
        """Tell the planner that claims are few: else it readies itself for thousands by reading whole tables."""
        self.db.execute("analyze temp")
        self.db.execute("delete from temp.sqlite_stat1")
        names = self.db.execute("select name from temp.sqlite_master where type = 'table'").fetchall()
        few = [(name, None, "6") for (name,) in names if not name.startswith("sqlite_")]
        self.db.executemany("insert into temp.sqlite_stat1 values (?, ?, ?)", few)
        self.db.execute("analyze temp.sqlite_master")

    def _make_tables(self) -> None:
        self.db.execute(f"create temp table era (era bigint primary key, {', '.join(f'{c} bigint' for c in COLUMNS)})")
        need = ", ".join(f"{name} {kind}" for name, kind in needs.NEED_COLUMNS)
        self.db.execute(f"create temp table need ({need})")
        self.db.execute("create temp table medicaid_need (rule text, reason text)")
        self.db.executemany(
            "insert into medicaid_need values (?, ?)", [(name, needs.MEDICAID) for name in needs.MEDICAID_FAMILIES]
        )
        self.db.execute("create temp table denied (row_id bigint)")
        for name, columns in INPUTS.items():
            self.db.execute(f"create temp table {name} ({', '.join(f'{c} {_TYPES[kind]}' for c, kind in columns)})")
        for name in (*BEFORE_DENIALS, *ON_DENIALS):
            text = statement_of(name, date.min)
            self.db.execute(f"create temp table {name} as select * from ({text}) where 0")


_TYPES = {"text": "text", "bigint": "integer", "double": "real", "date": "text"}


def _view(table: LibraryTable) -> str:
    parts = []
    for item in table.columns:
        if item.phrase:
            parts.append(f'(select p.text from library.phrase p where p.id = t."{item.stored}") as {item.name}')
        else:
            parts.append(f't."{item.stored}" as {item.name}')
    return f"create temp view {table.name} as select {', '.join(parts)} from library.{table.name} t"


def _stand_in(table: LibraryTable) -> str:
    return f"create temp table {table.name} ({', '.join(f'{item.name} numeric' for item in table.columns)})"
