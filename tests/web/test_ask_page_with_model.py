"""The chat with a language model: the computed answer first, its wording after, and none that does not hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from typer.testing import CliRunner

from codeward.tools.cli import main
from model_server.server import Exchange, ModelServer, model_server

ASKED = {"question": "Is 17311 bundled with 88305?", "on": "2024-08-15"}


def _slots(x: Exchange) -> list[str]:
    asked = json.dumps(x.body.get("messages") or x.body["input"], ensure_ascii=False)
    return list(dict.fromkeys(re.findall(r"\{\{S\d+\}\}(?= \()", asked)))


def _connects(x: Exchange) -> None:
    x.answer(" ".join(_slots(x)))


def _invents(x: Exchange) -> None:
    x.answer(f"{' '.join(_slots(x))} Use modifier 59 to be paid $900.")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server({"able": _connects, "liar": _invents}) as running:
        yield running


def events(site: Client, settings, address: str) -> list[tuple[str, str]]:
    settings.CODEWARD_MODEL, settings.CODEWARD_MODEL_KEY = address, ""
    body = b"".join(site.post("/ask/steps", ASKED)).decode()
    found = [event.partition("\n") for event in body.split("\n\n") if event.startswith("event: ")]
    return [(head.removeprefix("event: "), data) for head, _, data in found]


def test_the_wording_comes_after_the_answer(site, settings, server):
    told = events(site, settings, server.address("able", "chat"))
    names = [name for name, _ in told]
    assert names.index("answer") < names.index("piece") and names[-1] == "worded"
    assert "connected by able" in told[-1][1]


def test_a_wording_that_states_something_is_taken_back(site, settings, server):
    told = events(site, settings, server.address("liar", "chat"))
    assert [name for name, _ in told if name in ("answer", "worded")] == ["answer"]
    assert told[-1][0] == "unworded"
    assert all("$900" not in data for _, data in told)


def test_a_model_that_is_gone_costs_nothing_but_its_wording(site, settings):
    told = events(site, settings, "http://127.0.0.1:1/v1#gone")
    assert [name for name, _ in told][-2:] == ["answer", "unworded"]


def test_a_page_without_scripts_does_not_wait_for_a_wording(site, settings, server):
    settings.CODEWARD_MODEL = server.address("able", "chat")
    page = site.post("/ask", ASKED)
    assert page.status_code == 200 and "connected by" not in page.content.decode()


def test_the_command_names_the_model_only_where_it_worded(small_library_home, server):
    def asked(name: str) -> dict[str, object]:
        given = ["ask", ASKED["question"], "--on", ASKED["on"], "--json", "--library", str(small_library_home)]
        found = CliRunner().invoke(main.app, [*given, "--model", server.address(name, "chat")])
        assert found.exit_code == 0
        told: dict[str, object] = json.loads(found.stdout)
        return told

    able, liar = asked("able"), asked("liar")
    assert able["model"] == "able"
    assert liar["model"] is None and "$900" not in str(liar["answer"])
    assert able["claims"] == liar["claims"]
