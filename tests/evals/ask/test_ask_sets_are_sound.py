"""The question sets: well formed, patterns that compile and are quick, figures that stand in the real files."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from codeward.services.view import View
from codeward.store.library import Library
from evals.ask.generated import Asked, questions

HERE = Path(__file__).parent
KINDS = {"answer", "refuse", "not_loaded", "clarify"}
TOPICS = {"CPT Codes", "Guidelines", "Modifiers", "Crosswalks", "NCCI Edits", "Compliance", "Medicare Coverage"}
SIZES = {"questions.json": 500, "follow_ups.json": 60, "unanswerable.json": 300, "injections.json": 150}
SIZES |= {"unseen.json": 320, "unseen_talks.json": 40}
HOSTILE = ("a" * 60_000, "no " * 20_000, "0.1" * 20_000, "is " * 20_000)


def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / name).read_text("utf-8"))
    return found


def turns(name: str) -> Iterator[dict[str, Any]]:
    """Every single thing asked in a set: a conversation is as many as it has turns."""
    for case in read(name):
        yield from case.get("turns", [case])


def patterns(name: str) -> set[str]:
    return {
        pattern
        for turn in turns(name)
        for pattern in [*turn["must_not"], *(one for group in turn["must"] for one in group)]
    }


@pytest.mark.parametrize("name", SIZES)
def test_a_set_is_as_large_as_it_should_be_and_names_and_texts_stand_once(name: str) -> None:
    cases = read(name)
    assert len(cases) >= SIZES[name]
    names = Counter(case["id"] for case in cases)
    texts = Counter(json.dumps(case.get("turns") or case["question"].casefold()) for case in cases)
    assert [key for key, often in (names + texts).items() if often > 1] == []


@pytest.mark.parametrize("name", SIZES)
def test_every_turn_has_a_known_kind_and_something_that_can_fail(name: str) -> None:
    for turn in turns(name):
        assert set(turn.get("kinds", [turn.get("kind")])) <= KINDS
        assert turn["question"].strip()
        assert turn["must"] or turn["must_not"] or "kinds" in turn, turn["question"]


@pytest.mark.parametrize("name", ["questions.json", "follow_ups.json"])
def test_every_topic_is_asked_about(name: str) -> None:
    assert {case["topic"] for case in read(name)} == TOPICS


@pytest.mark.parametrize("name", SIZES)
def test_days_are_days(name: str) -> None:
    assert [case["id"] for case in read(name) if case["as_of"] and not date.fromisoformat(case["as_of"])] == []


@pytest.mark.parametrize("name", SIZES)
def test_patterns_compile_and_stay_quick_on_a_long_answer(name: str) -> None:
    begun = time.process_time()
    for pattern in patterns(name):
        compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
        for text in HOSTILE[:1]:
            compiled.search(text[:2_000])
    assert time.process_time() - begun < 20


def test_conversations_have_two_to_four_turns() -> None:
    assert {len(case["turns"]) for case in read("follow_ups.json")} <= {2, 3, 4}


def stands(library: Library, on: date, check: dict[str, Any]) -> bool:
    """Whether the real file says of a code what a question's right answer rests on."""
    rows = [found.row for found in View(library, on).find(check["dataset"], code=check["code"])]
    rows = [row for row in rows if not getattr(row, "modifier", None)]
    if check["field"] == "billable":
        return any(row.billable for row in rows) == check["value"]
    if check["value"] is None:
        return rows == []
    return any(_same(getattr(row, check["field"]), check["value"]) for row in rows)


def _same(held: object, wanted: object) -> bool:
    return float(str(held)) == float(str(wanted)) if isinstance(wanted, int | float) else str(held) == wanted


@pytest.mark.official
def test_figures_asked_for_stand_in_the_real_files(official_library: Library) -> None:
    checked = [(case, check) for case in read("questions.json") for check in case.get("checks", [])]
    assert len(checked) >= 150
    wrong = [
        (case["id"], check)
        for case, check in checked
        if not stands(official_library, date.fromisoformat(case["as_of"]), check)
    ]
    assert wrong == []


@pytest.mark.official
def test_generated_questions_are_the_same_every_time_and_name_codes_of_the_library(official_library: Library) -> None:
    asked = list(questions(official_library, 600))
    assert asked == list(questions(official_library, 600))
    assert asked != list(questions(official_library, 600, seed=1))
    assert len({one.intent for one in asked}) >= 25
    assert len({one.text for one in asked}) >= 570
    assert [one for one in asked if not _named(one)] == []


def _named(asked: Asked) -> bool:
    """Whether a question's text holds at least one of the codes it says it is about, dotted or not."""
    text = asked.text.casefold().replace(".", "")
    return asked.intent == "words" or any(code.casefold().replace(".", "") in text for code in asked.about)
