"""The doctor tries ten cases, says what went wrong, and what fails stays off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codeward.assistant.model.capabilities import Capabilities, keep_capabilities, known_capabilities
from codeward.tools.cli import main
from model_server.faults import BADLY
from model_server.server import Exchange, ModelServer, model_server

PICKS = {"units": "unit-limit", "cover": "coverage", "ICD-9": "crosswalk", "paid": "price", "one claim": "pair"}


def _asked(x: Exchange) -> str:
    return json.dumps(x.body.get("messages") or x.body["input"], ensure_ascii=False)


def _picks(x: Exchange) -> None:
    question = _asked(x).rpartition("question: ")[2]
    intent = next((name for word, name in PICKS.items() if word in question), "none")
    x.answer(json.dumps({"intent": intent}))


def _connects(x: Exchange) -> None:
    slots = dict.fromkeys(re.findall(r"\{\{S\d+\}\}(?= \()", _asked(x)))
    x.answer("Here is the answer: " + " Also, ".join(slots))


def _able(x: Exchange) -> None:
    asks_for_json = "response_format" in x.body or "text" in x.body
    _picks(x) if asks_for_json else _connects(x)


def _talks(x: Exchange) -> None:
    asks_for_json = "response_format" in x.body or "text" in x.body
    _picks(x) if asks_for_json else x.answer("A0001 is covered. {{S1}} {{S2}} {{S3}}")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server(
        {"able": _able, "talks": _talks, "words-only": _connects, "gone": BADLY["status-500"]}
    ) as running:
        yield running


def _doctor(server: ModelServer, home: Path, name: str, api: str = "chat") -> tuple[int, dict[str, object]]:
    asked = ["doctor", "--model", server.address(name, api), "--seconds", "5", "--library", str(home), "--json"]
    result = CliRunner().invoke(main.app, asked)
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_good_model_may_do_everything(server: ModelServer, tmp_path: Path, api: str) -> None:
    status, found = _doctor(server, tmp_path, "able", api)
    assert status == 0
    assert len(found["cases"]) == 10
    assert not [case for case in found["cases"] if case["fault"]]
    assert known_capabilities(tmp_path, found["model"]) == Capabilities(probed=True)


def test_what_a_model_fails_is_turned_off(server: ModelServer, tmp_path: Path) -> None:
    _, talks = _doctor(server, tmp_path, "talks")
    assert talks["can"] == {"pick": True, "word": False, "stream": False, "probed": True}
    _, words = _doctor(server, tmp_path, "words-only")
    assert words["can"] == {"pick": False, "word": True, "stream": True, "probed": True}
    assert known_capabilities(tmp_path, talks["model"]).word is False, "the second model's entry replaced the first"


def test_a_server_that_fails_is_a_fault_of_every_case(server: ModelServer, tmp_path: Path) -> None:
    status, found = _doctor(server, tmp_path, "gone")
    assert status == 1
    assert all(case["fault"] for case in found["cases"])


def test_people_are_told_in_lines(server: ModelServer, tmp_path: Path) -> None:
    asked = ["doctor", "--model", server.address("able"), "--library", str(tmp_path)]
    told = CliRunner().invoke(main.app, asked).stdout
    assert told.count("well") == 10
    assert "wording replies: on" in told


@pytest.mark.parametrize(
    "model",
    ["", "http://127.0.0.1", "ftp://x#m", "http://u:secret@x#m", "http://x:99999#m", "x#y", "http://x/v1?k=1#m"],
)
def test_what_is_no_address_is_one_line_without_a_password(model: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main.app, ["doctor", "--model", model, "--library", str(tmp_path)], env={"CODEWARD_MODEL": ""}
    )
    assert type(result.exception).__name__ == "BadInput"
    assert "secret" not in str(result.exception)


def test_a_spoilt_file_counts_as_none(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"m": 5}', ""):
        (tmp_path / "models.json").write_text(text, encoding="utf-8")
        assert known_capabilities(tmp_path, "m") == Capabilities()
    keep_capabilities(tmp_path, "m", Capabilities(pick=False, probed=True))
    assert known_capabilities(tmp_path, "m").pick is False
