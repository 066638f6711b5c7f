"""One rule text, three engines: the same findings from each, row for row."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from codeward.core.claims import Claim
from codeward.ingest.claims import read_claims
from codeward.rules.engines.duckdb import DuckdbEngine
from codeward.rules.engines.result import EngineResult
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.rule import rules
from codeward.store.library import Library, open_library
from contracts import engines
from made_claims import made_claims

AT_ONCE = 64
GRAINS = sorted({rule.grain for rule in rules()})


@pytest.fixture(scope="module")
def sqlite_engine(small_library: Library) -> Iterator[SqliteEngine]:
    engine = SqliteEngine(small_library)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def duckdb_engine(small_library: Library) -> Iterator[DuckdbEngine]:
    engine = DuckdbEngine(small_library)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def types(duckdb_engine: DuckdbEngine) -> engines.Types:
    return engines.fact_types(duckdb_engine)


@pytest.mark.parametrize("grain", GRAINS)
def test_examples_fire_and_stay_silent(
    grain: str, types: engines.Types, sqlite_engine: SqliteEngine, duckdb_engine: DuckdbEngine
) -> None:
    made = engines.examples(grain, types[grain])
    by_sqlite = engines.said_by_sqlite(sqlite_engine, grain, made, types[grain])
    fired = {(row[4], row[0]) for row in by_sqlite}
    wrong = [
        f"{item.rule.id} ({item.rule.number}) {'fires' if item.fires else 'silent'}"
        for item in made
        if ((item.rule.number, item.number) in fired) is not item.fires
    ]
    assert not wrong
    assert engines.said_by_duckdb(duckdb_engine, grain, made, types[grain]) == by_sqlite


def test_every_example_names_columns_of_its_fact(types: engines.Types) -> None:
    unknown = [
        (rule.id, name) for rule in rules() for name, _ in (*rule.fires, *rule.silent) if name not in types[rule.grain]
    ]
    assert not unknown


@pytest.mark.parametrize("seed", range(2))
def test_made_claims_are_judged_alike(small_library: Library, seed: int) -> None:
    told = _compared(small_library, made_claims(small_library, 1500, seed))
    assert len({row.rule_number for row in told.findings}) > 25


@pytest.mark.official
def test_made_claims_of_real_codes_are_judged_alike(built_library: Library) -> None:
    told = _compared(built_library, made_claims(built_library, 3000, 7))
    assert len({row.rule_number for row in told.findings}) > 60


@pytest.mark.official
def test_worked_cases_are_judged_alike(built_library: Library, official: Path) -> None:
    file = official.parent / "cases" / "claims.json"
    if not file.is_file():
        pytest.skip("no worked cases lie beside the official files")
    _compared(built_library, _worked_cases(file))


@pytest.fixture(scope="module")
def built_library(request: pytest.FixtureRequest) -> Library:
    """The library of the real files: the one in CODEWARD_BUILT, pair edits and all, or the one tests share."""
    given = os.environ.get("CODEWARD_BUILT")
    if given:
        return open_library(Path(given))
    found: Library = request.getfixturevalue("official_library")
    return found


def _worked_cases(file: Path) -> list[Claim]:
    claims = [case["claim"] for case in json.loads(file.read_text(encoding="utf-8"))]
    read = read_claims(BytesIO(json.dumps(claims).encode()), "cases.json")
    return [item.claim for item in read if item.claim]


def _compared(library: Library, claims: list[Claim]) -> EngineResult:
    """What SQLite finds, after DuckDB was seen to find the same."""
    slow, quick = SqliteEngine(library), DuckdbEngine(library)
    try:
        by_duckdb = quick.run(claims, engines.TODAY)
        by_sqlite = in_parts(slow, claims)
    finally:
        slow.close()
        quick.close()
    assert by_duckdb.unmet == by_sqlite.unmet
    ours, theirs = set(by_sqlite.findings), set(by_duckdb.findings)
    assert not sorted(ours - theirs)[:5]
    assert not sorted(theirs - ours)[:5]
    assert by_duckdb == by_sqlite
    return by_sqlite


def in_parts(engine: SqliteEngine, claims: list[Claim]) -> EngineResult:
    """As few claims at a time as SQLite is meant for, numbered as if they had come at once."""
    found, unmet, rows = [], [], 0
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        result = engine.run(some, engines.TODAY)
        found += [
            replace(row, claim=row.claim + start, row_id=row.row_id and row.row_id + rows) for row in result.findings
        ]
        unmet += [(claim + start, rule, reason) for claim, rule, reason in result.unmet]
        rows += sum(len(claim.lines) + len(claim.history) for claim in some)
    return EngineResult(tuple(found), tuple(unmet))
