"""Spark: rules over a batch on a cluster, against the library's Parquet files as the cluster sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from codeward.core.claims import Claim
from codeward.core.faults import NotLoaded
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
    words_in,
)
from codeward.rules.engines.result import EngineResult, found_row, in_order
from codeward.rules.engines.tables import columns_asked, empty, parquet_of, selected
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS, fact_text
from codeward.rules.inputs import INPUTS, Columns, input_rows
from codeward.rules.library_tables import library_tables
from codeward.store.library import Library

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TYPES = {"text": "string"}
_FUNCTIONS = (
    "create or replace temporary function spell(n double) returns string return case when n is null then '' "
    "when n = floor(n) then cast(cast(n as bigint) as string) "
    "else regexp_replace(cast(cast(cast(n as string) as decimal(38, 3)) as string), '[.]?0+$', '') end",
    "create or replace temporary function spell_day(d date) returns string return coalesce(cast(d as string), '')",
)
_SETTINGS = {
    # A file of pairs is thirty times its size in memory: Spark would send a small-looking one whole to every worker.
    "spark.sql.autoBroadcastJoinThreshold": "1MB",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}
_MISSING = "Spark is not installed here: install Codeward with its extra `spark` (pip install 'codeward[spark]')"


def session(remote: str = "", settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session: with a `sc://` address over Spark Connect, with any other on that master, else on this machine."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise NotLoaded(_MISSING) from None
    builder = SparkSession.builder.appName("codeward scrub")
    if remote.startswith("sc://"):
        builder = builder.remote(remote)
    else:
        builder = builder.master(remote or "local[*]").config("spark.ui.showConsoleProgress", "false")
    for name, value in (settings or {}).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the cluster finds the library's Parquet files and may leave what it works out, as paths or addresses.

    Without a scratch place, facts stay in the executors' memory and disks, and a lost executor ends the run.
    """

    library: str = ""
    scratch: str = ""


class SparkEngine:
    """A session with the library's tables as views; claims come as rows or from views of their own."""

    def __init__(self, library: Library, spark: SparkSession, places: Places | None = None) -> None:
        self.library, self.spark = library, spark
        self.calendar = Calendar(library)
        self._eras = 0
        self._places = places or Places()
        for name, value in _SETTINGS.items():
            spark.conf.set(name, value)
        for text in _FUNCTIONS:
            spark.sql(text)
        self._open_tables()
        medicaid = (("rule", "text"), ("reason", "text"))
        self.give("medicaid_need", medicaid, [(name, needs.MEDICAID) for name in needs.MEDICAID_FAMILIES])

    def run(self, claims: Sequence[Claim], today: date) -> EngineResult:
        """Judge claims, each with its own history; findings come in order of claim and line."""
        rows = input_rows(claims, self.calendar)
        for name, given in (("claim_in", rows.claims), ("line_in", rows.lines), ("diagnosis_in", rows.diagnoses)):
            self.give(name, INPUTS[name], given)
        found = self.judge(today).collect()
        unmet = [tuple(row) for row in self.spark.sql(needs.UNMET).collect()]
        return EngineResult(in_order(found_row(tuple(row)) for row in found), tuple(sorted(unmet)))

    def judge(self, today: date) -> DataFrame:
        """Findings over the inputs that stand as views, each once."""
        self.load_eras()
        for name in facts_asked(before=True):
            self._work_out(name, today)
        self._ask(0)
        if self.spark.sql(HAS_ADD_ON).take(1):
            for at, number in enumerate(ROUNDS_ON_DENIALS, start=1):
                self._deny(at)
                for name in facts_asked(before=False):
                    self._work_out(name, today, at)
                self._ask(number, at)
        return self.spark.table("finding")

    def load_eras(self) -> None:
        """Write down the eras that the calendar has met since the last time."""
        if len(self.calendar.eras) != self._eras:
            self._eras = len(self.calendar.eras)
            self.give("era", (("era", "bigint"), *((name, "bigint") for name in COLUMNS)), self.calendar.rows())
            self.give("need", needs.NEED_COLUMNS, needs.need_rows(self.calendar))

    def give(self, name: str, columns: Columns, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows as a view; days come as texts."""
        sent = ", ".join(f"{column} {'string' if kind in ('text', 'date') else kind}" for column, kind in columns)
        frame = self.spark.createDataFrame(list(rows), sent)
        days = [f"cast({column} as {kind}) as {column}" if kind == "date" else column for column, kind in columns]
        frame.selectExpr(*days).createOrReplaceTempView(name)

    def keep(self, name: str, frame: DataFrame, label: str = "") -> None:
        """Work a frame out now and put it in place of its plan, so that plans built on it stay small."""
        if self._places.scratch:
            place = f"{self._places.scratch.rstrip('/')}/{label or name}"
            frame.write.mode("overwrite").parquet(place)
            frame = self.spark.read.parquet(place)
        else:
            frame = frame.localCheckpoint()
        frame.createOrReplaceTempView(name)

    def _ask(self, number: int, at: int = 0) -> None:
        columns = ", ".join(FINDING_COLUMNS)
        asked = [f"select {columns} from ({text}) found" for text in round_texts(number)]
        if at:
            asked.insert(0, f"select {columns} from finding")
        self.keep("finding", self.spark.sql("\nunion all\n".join(asked)).distinct(), f"finding_{at}")

    def _deny(self, at: int) -> None:
        numbers = ", ".join(map(str, sorted(denying())))
        text = f"select distinct row_id from finding where row_id <> 0 and rule_number in ({numbers})"
        self.keep("denied", self.spark.sql(text), f"denied_{at}")

    def _work_out(self, name: str, today: date, at: int = 0) -> None:
        frame = self.spark.sql(statement_of(name, today))
        frame = frame.select(*narrowed(frame.columns, columns_read(name)))
        if _readers(name) > 1:
            self.keep(name, frame, f"{name}_{at}")
        else:
            frame.createOrReplaceTempView(name)

    def _open_tables(self) -> None:
        for table in library_tables():
            columns = columns_asked(table)
            file = parquet_of(self.library, table)
            if file:
                place = f"{self._places.library.rstrip('/')}/{file.name}" if self._places.library else file.as_uri()
                frame = self.spark.read.parquet(place).selectExpr(*selected(columns, TYPES, "`").split(", "))
            else:
                frame = self.spark.sql(empty(columns, TYPES))
            frame.createOrReplaceTempView(table.name)


@cache
def _readers(fact: str) -> int:
    """How many statements read a fact: later facts, and each rule over it."""
    by_facts = sum(fact in words_in(fact_text(name)) for name in (*BEFORE_DENIALS, *ON_DENIALS))
    return by_facts + sum(
        text.count(f"from {fact} ") for number in (0, *ROUNDS_ON_DENIALS) for text in round_texts(number)
    )
