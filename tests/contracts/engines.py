"""The engines that must agree, and the example rows of the rules as each of them holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from codeward.rules.compose import FINDING_COLUMNS, union
from codeward.rules.engines.duckdb import DuckdbEngine
from codeward.rules.engines.plan import statement_of
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS
from codeward.rules.rule import Rule, rules

TODAY = date(2026, 11, 24)
DAY = "2024-08-15"
"""The date of service of an example that names none."""

Types = dict[str, dict[str, str]]


def fact_types(engine: DuckdbEngine) -> Types:
    """Names and types of the columns of every fact, in order, as DuckDB tells them."""
    types: Types = {}
    for name in (*BEFORE_DENIALS, *ON_DENIALS):
        text = statement_of(name, TODAY)
        types[name] = {column: kind for column, kind, *_ in engine.db.execute(f"describe {text}").fetchall()}
        engine.db.execute(f"create or replace table {name} as {text} limit 0")
    return types


def nothing_said(column: str, kind: str) -> object:
    """What a column holds where an example says nothing of it: no row, release or day, no text, zero."""
    if column == "day":
        return DAY
    if kind == "VARCHAR":
        return ""
    if kind == "DATE" or column.endswith(("_row", "_release", "_limit")):
        return None
    return 0


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's example as a row of its fact, under a number of its own in place of the claim's."""

    rule: Rule
    fires: bool
    number: int
    cells: dict[str, object]


def examples(grain: str, columns: dict[str, str]) -> list[Example]:
    """Two rows for each rule of a grain: one that fires it and one that does not."""
    made = []
    for rule in rules():
        for fires, given in ((True, rule.fires), (False, rule.silent)):
            if rule.grain == grain:
                cells = {name: nothing_said(name, kind) for name, kind in columns.items()}
                cells |= {"setting": (rule.settings or ("practitioner",))[0], **dict(given)}
                cells["claim"] = len(made) + 1
                made.append(Example(rule, fires, len(made) + 1, cells))
    return made


def values(made: Iterable[Example], columns: dict[str, str], *, typed: bool) -> str:
    """The examples as a SELECT; SQLite keeps days as texts and needs no types."""
    return "\nunion all\n".join(
        "select "
        + ", ".join(
            f"cast({_literal(row.cells[name])} as {kind}) as {name}"
            if typed
            else f"{_literal(row.cells[name])} as {name}"
            for name, kind in columns.items()
        )
        for row in made
    )


def _literal(value: object) -> str:
    if value is None:
        return "null"
    return f"'{value}'" if isinstance(value, str) else str(value)


def said_by_sqlite(engine: SqliteEngine, grain: str, made: list[Example], columns: dict[str, str]) -> set[Any]:
    engine.db.execute(f"drop table temp.{grain}")
    engine.db.execute(f"create temp table {grain} as {values(made, columns, typed=False)}")
    return {tuple(row) for row in engine.db.execute(asked(grain))}


def said_by_duckdb(engine: DuckdbEngine, grain: str, made: list[Example], columns: dict[str, str]) -> set[Any]:
    engine.db.execute(f"create or replace table {grain} as {values(made, columns, typed=True)}")
    return set(engine.db.execute(asked(grain)).fetchall())


def asked(grain: str) -> str:
    """All rules of a grain in one statement."""
    return f"select {', '.join(FINDING_COLUMNS)} from ({union(r for r in rules() if r.grain == grain)}) found"


def spark_or_skip() -> Any:
    """Spark's module; skipped where it is not installed."""
    return pytest.importorskip("pyspark", reason="pyspark is not installed: uv sync --extra spark")
