"""`codeward ask --model`: the same facts with or without a model, and the answer whatever the model does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codeward.assistant.model.capabilities import Capabilities, keep_capabilities
from codeward.assistant.model.endpoint import open_model
from codeward.tools.cli import main
from model_server.faults import BADLY
from model_server.server import Exchange, ModelServer, model_server

QUESTION = "Can 17311 be billed with 88305 on 2024-08-15?"


def _connects(x: Exchange) -> None:
    asked = json.dumps(x.body.get("messages") or x.body["input"])
    slots = dict.fromkeys(re.findall(r"\{\{S\d+\}\}(?= \()", asked))
    x.answer("Here is the answer: " + " Also, ".join(slots))


def _lies(x: Exchange) -> None:
    x.answer("{{S1}} Codes 17311 and 88305 are always payable together. {{S2}}")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server({"connects": _connects, "unfit": _connects, "lies": _lies, **BADLY}) as running:
        yield running


def _asked(home: Path, *more: str) -> dict[str, object]:
    result = CliRunner().invoke(main.app, ["ask", QUESTION, "--library", str(home), "--json", *more])
    return json.loads(result.stdout)


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_model_connects_the_statements(server: ModelServer, small_library_home: Path, api: str) -> None:
    plain = _asked(small_library_home)
    found = _asked(small_library_home, "--model", server.address("connects", api))
    assert found["model"] == "connects"
    assert found["answer"].startswith("Here is the answer: ")
    assert found["claims"] == plain["claims"]
    assert all(claim["text"] in found["answer"] for claim in plain["claims"])


@pytest.mark.parametrize("name", ["lies", "status-500", "reset-at-once", "json-deep", "web-page", "cut-by-length"])
def test_a_model_that_fails_or_lies_changes_nothing(server: ModelServer, small_library_home: Path, name: str) -> None:
    assert _asked(small_library_home, "--model", server.address(name)) == _asked(small_library_home)


def test_a_model_found_unfit_is_not_asked(server: ModelServer, small_library_home: Path) -> None:
    address = server.address("unfit")
    keep_capabilities(small_library_home, open_model(address).address.shown, Capabilities(word=False, probed=True))
    before = len(server.seen)
    assert _asked(small_library_home, "--model", address)["model"] is None
    assert len(server.seen) == before
