"""Batches as services: remedies found again by their sentence, reasons told once, ticks that sweep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from batch_files import PAIR, claims_csv, lend, wait_until
from codeward.services.batches import Batches, Outcome, standing_of
from codeward.services.batches.outcome import Unmet
from codeward.services.batches.remedies import remedy_of
from codeward.store.findings import BatchFinding
from codeward.store.library import Library, open_library
from codeward.tools.cli import main

FINDING = BatchFinding(
    "A1", 1, "MUE.DOS", "deny", "J1885", "",
    "20 units of J1885 on 2024-09-15 exceed the limit of 8 a day (indicator 3): all units of that day are denied.",
    "151", "N362", None, None, "", date(2024, 9, 15), "",
)  # fmt: skip
NOTHING = Outcome(0, 0, 0, 0, 0, (), 0, Decimal(0), Decimal(0), (), (), 0, (), (), (), "x")


def test_a_remedy_is_that_of_the_rule_that_said_the_sentence() -> None:
    assert "Check the units" in remedy_of(FINDING)
    by_policy = FINDING.message.replace("(indicator 3)", "set by policy (indicator 2)")
    assert remedy_of(replace(FINDING, message=by_policy)) != remedy_of(FINDING)
    assert remedy_of(replace(FINDING, message="Words that no rule says.")) == ""
    assert remedy_of(replace(FINDING, rule="NO.RULE")) == ""


def test_reasons_are_told_once() -> None:
    outcome = replace(NOTHING, not_checked=(Unmet("A.*", "r", 2), Unmet("B.*", "s", 9), Unmet("C.*", "r", 2)))
    assert [(item.reason, item.rules, item.lines) for item in outcome.unchecked] == [
        ("s", (("B.*", 9),), 9),
        ("r", (("A.*", 2), ("C.*", 2)), 2),
    ]


def test_a_tick_sweeps_what_is_older_than_the_hours_set(
    small_library_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = lend(small_library_home, tmp_path / "home")
    keeper, library = Batches(home, 24), open_library(home)
    fresh, old = (_given(keeper, library, hours) for hours in (1, 30))
    monkeypatch.setenv("CODEWARD_BATCH_HOURS", "24")
    monkeypatch.setattr("codeward.ingest.fetch.errand.Errand.tick", _nothing_to_do)
    CliRunner().invoke(main.app, ["tick", "--library", str(home)])
    assert fresh.folder.is_dir() and not old.folder.exists()
    keeper.forget(fresh)


def _given(keeper: Batches, library: Library, hours: int):
    arrival = keeper.receive()
    arrival.write(claims_csv(*PAIR))
    return keeper.start(arrival, "x", library, datetime.now(UTC) - timedelta(hours=hours), date(2026, 11, 24))


def _nothing_to_do(self: object, *, fetch: bool) -> None:
    raise SystemExit(0)


def test_a_second_start_of_one_batch_does_nothing(small_library_home: Path, tmp_path: Path) -> None:
    home = lend(small_library_home, tmp_path / "home")
    keeper = Batches(home, 24)
    batch = _given(keeper, open_library(home), 0)
    keeper.resume(batch)
    wait_until(lambda: standing_of(batch).is_over)
    assert standing_of(batch).state == "done"
    made = batch.result("summary.json").stat().st_mtime_ns
    keeper.resume(batch)
    assert not batch.is_worked_on() or batch.result("summary.json").stat().st_mtime_ns == made
    keeper.forget(batch)
