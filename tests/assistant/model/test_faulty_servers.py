"""Whatever a server does, the answer computed is given, in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from codeward.assistant.model.budget import Budget
from codeward.assistant.model.endpoint import open_model
from codeward.assistant.model.wording import last_of, polish, polish_in_pieces
from codeward.assistant.reply import Reply, plain_text
from model_server.faults import BADLY, WELL
from model_server.replies import UNITS
from model_server.server import ModelServer, model_server

SECONDS = 1.2
SLACK = 1.5
"""Seconds that a busy machine may add."""


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server({**WELL, **BADLY}) as running:
        yield running


def _worded(server: ModelServer, name: str, api: str, *, stream: bool) -> tuple[str, Reply, float]:
    model = open_model(server.address(name, api))
    begun = time.monotonic()
    budget = Budget(seconds_a_call=SECONDS, sleep=lambda seconds: time.sleep(min(seconds, 0.05)))
    worded = last_of(polish_in_pieces(UNITS, model, budget)) if stream else polish(UNITS, model, budget)
    return name, worded, time.monotonic() - begun


def _all(server: ModelServer, names: dict[str, object], api: str, *, stream: bool) -> list[tuple[str, Reply, float]]:
    with ThreadPoolExecutor(12) as pool:
        return list(pool.map(lambda name: _worded(server, name, api, stream=stream), names))


def test_there_are_enough_kinds() -> None:
    assert len(BADLY) >= 60


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_bad_answer_leaves_the_reply_and_says_why(server: ModelServer, api: str, stream: bool) -> None:
    for name, worded, seconds in _all(server, BADLY, api, stream=stream):
        assert seconds < SECONDS + SLACK, name
        if worded.model is None:
            assert worded == replace(UNITS, not_polished=worded.not_polished), name
            assert 0 < len(worded.not_polished) < 90, name
            assert worded.text == plain_text(UNITS), name
        else:  # "pieces-backwards" and the like are no fault where the answer comes whole
            assert all(statement.text in worded.polished for statement in UNITS.statements), name


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_an_odd_answer_that_is_whole_is_used(server: ModelServer, api: str, stream: bool) -> None:
    for name, worded, _ in _all(server, WELL, api, stream=stream):
        assert worded.model == name, (name, worded.not_polished)
        assert worded.polished.startswith("In short: At most 6 units of 17312"), name
