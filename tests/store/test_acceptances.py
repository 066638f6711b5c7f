"""The ledger of accepted terms: what stands in it, how users are counted, and that old lines stay readable."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.ingest import acceptance
from codeward.ingest.plan import Plan
from codeward.store.home import Acceptance, Home
from making import BUILT

LICENSED = frozenset({"ama-licensed"})


def accept(home: Home, terms: frozenset[str], users: int | None = None, when: datetime = BUILT) -> None:
    acceptance.require(home, Plan(), terms, lambda: when, users)


def lines(home: Home) -> list[dict[str, object]]:
    return [json.loads(line) for line in (home.root / "acceptances.jsonl").read_text().splitlines()]


def test_the_users_of_the_licence_are_recorded_beside_the_day(tmp_path: Path) -> None:
    home = Home(tmp_path)
    accept(home, LICENSED | {"ama-cpt"}, users=12)
    assert home.acceptances()["ama-licensed"] == Acceptance("ama-licensed", "2026-11-02T08:30:00+00:00", 12)
    assert home.acceptances()["ama-cpt"].users is None
    assert set(home.accepted()) == {"ama-cpt", "ama-licensed"}


def test_a_new_count_is_a_new_line_and_the_same_one_is_not(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for users in (12, 12, 20, None):
        accept(home, LICENSED, users)
    assert [entry["users"] for entry in lines(home)] == [12, 20]
    assert home.acceptances()["ama-licensed"].users == 20


def test_a_line_from_before_users_were_counted_is_read(tmp_path: Path) -> None:
    (tmp_path / "acceptances.jsonl").write_text('{"terms": "ama-licensed", "accepted": "2026-01-02T03:04:05+00:00"}\n')
    home = Home(tmp_path)
    assert home.acceptances()["ama-licensed"] == Acceptance("ama-licensed", "2026-01-02T03:04:05+00:00")
    accept(home, LICENSED, users=3)
    assert home.acceptances()["ama-licensed"].users == 3


@pytest.mark.parametrize(("terms", "users"), [(frozenset({"ama-cpt"}), 5), (frozenset[str](), 5), (LICENSED, 0)])
def test_users_without_the_licensed_terms_are_refused(tmp_path: Path, terms: frozenset[str], users: int) -> None:
    with pytest.raises(BadInput, match="--users counts"):
        accept(Home(tmp_path), terms, users)
    assert Home(tmp_path).acceptances() == {}
