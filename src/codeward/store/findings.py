"""Findings of a batch: the Parquet files that a scrub leaves behind, filtered, a page at a time or row after row."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

MEMORY = "300MB"
_AT_ONCE = 2000
_MONEY = ("charge", "charged", "at_risk")
_COLUMNS = (
    "coalesce(claim_id, ''), cast(line as bigint), rule, severity, coalesce(code, ''), coalesce(with_code, ''), "
    "message, coalesce(carc, ''), coalesce(rarc, ''), cast(cast(charge as double) as decimal(18, 2)), "
    "cast(other_line as bigint), coalesce(cited, ''), cast(day as date), coalesce(provider, '')"
)
_ORDER = "case severity when 'deny' then 0 when 'warn' then 1 else 2 end, claim_id, line, rule, code, with_code"


@dataclass(frozen=True, slots=True)
class BatchFinding:
    """One finding; without a line where it is about the whole claim. `cited` holds `dataset:row`, blank between."""

    claim_id: str
    line: int | None
    rule: str
    severity: str
    code: str
    with_code: str
    message: str
    carc: str
    rarc: str
    charge: Decimal | None
    other_line: int | None
    cited: str
    day: date | None
    provider: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: of a rule, a severity, a provider; empty is any."""

    rule: str = ""
    severity: str = ""
    provider: str = ""

    @property
    def conditions(self) -> tuple[str, list[str]]:
        """The WHERE of a query, and its parameters."""
        held = {"rule": self.rule, "severity": self.severity, "provider": self.provider}
        given = {name: value for name, value in held.items() if value}
        return " and ".join(f"{name} = ?" for name in given) or "true", list(given.values())


EVERY = Wanted()


def count_findings(file: Path, wanted: Wanted) -> int:
    """How many findings there are."""
    where, given = wanted.conditions
    return int(_asked(file, f"select count(*) from read_parquet(?) where {where}", given)[0][0])


def page_of_findings(file: Path, wanted: Wanted, start: int, most: int) -> list[BatchFinding]:
    """A page of findings, gravest first, claim by claim."""
    where, given = wanted.conditions
    rows, order = "read_parquet(?, file_row_number = true)", f"{_ORDER}, file_row_number"
    text = (
        f"with page as (select file_row_number as n from {rows} where {where} "
        f"order by {order} limit {int(most)} offset {int(start)}) "
        f"select {_COLUMNS} from {rows} where file_row_number in (select n from page) order by {order}"
    )
    return [BatchFinding(*row) for row in _asked(file, text, [*given, str(file)])]


def denied_without_charge(file: Path) -> int:
    """Lines that a rule denies and whose charge the file does not give."""
    text = (
        "select count(*) from (select distinct claim_id, line, provider, day from read_parquet(?) "
        "where severity = 'deny' and line is not null and try_cast(charge as double) is null)"
    )
    return int(_asked(file, text, [])[0][0])


def providers_at_risk(file: Path, most: int) -> tuple[list[tuple[str, int, int, Decimal]], int]:
    """Provider, lines, lines that a rule denies and what those charge, most at risk first; and how many there are."""
    text = (
        "select coalesce(provider, ''), cast(sum(cast(lines as double)) as bigint), "
        "cast(sum(cast(lines_at_risk as double)) as bigint), sum(cast(at_risk as decimal(18, 2))) "
        f"from read_parquet(?) group by 1 order by 4 desc, 3 desc, 1 limit {int(most)}"
    )
    [(count,)] = _asked(file, "select count(distinct coalesce(provider, '')) from read_parquet(?)", [])
    return [(name, lines, denied, Decimal(money)) for name, lines, denied, money in _asked(file, text, [])], count


def denied_whole(file: Path) -> int:
    """Findings by which a payer would deny a claim and that stand on no line of it."""
    text = "select count(*) from read_parquet(?) where severity = 'deny' and line is null"
    return int(_asked(file, text, [])[0][0])


def set_aside(file: Path, most: int) -> list[tuple[str, str, int, str]]:
    """Why rows were set aside: the column, what was expected there, how many rows, the first of them; most rows first.

    A row is a number, or for 837 and JSON the place of a claim.
    """
    text = (
        "select coalesce(problem_column, ''), coalesce(expected, ''), count(*), "
        "arg_min(row, coalesce(try_cast(row as bigint), 0)) "
        f"from read_parquet(?) group by 1, 2 order by 3 desc, 1, 2 limit {int(most)}"
    )
    return _asked(file, text, [])


def rows_as_text(file: Path, wanted: Wanted = EVERY) -> Generator[tuple[str, ...], None, None]:
    """The names of the columns, then every row as texts; nothing is an empty text, money has two decimals."""
    where, given = wanted.conditions
    with _opened(file) as db:
        described = db.execute("describe select * from read_parquet(?)", [str(file)]).fetchall()
        cells = ", ".join(_as_text(str(name), str(kind)) for name, kind, *_ in described)
        yield tuple(str(name) for name, *_ in described)
        found = db.execute(f"select {cells} from read_parquet(?) where {where}", [str(file), *given])
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows


def _as_text(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind == "DOUBLE":
        quoted = f"cast({quoted} as {'decimal(18, 2)' if name in _MONEY else 'bigint'})"
    return f"coalesce(cast({quoted} as varchar), '')"


def _opened(file: Path) -> duckdb.DuckDBPyConnection:
    """Whatever is too much for memory spills beside the results, and goes when they go."""
    spill = str(file.parent / ".spill")
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": 1, "temp_directory": spill})


def _asked(file: Path, text: str, given: Sequence[str]) -> list[tuple[Any, ...]]:
    with _opened(file) as db:
        return db.execute(text, [str(file), *given]).fetchall()
