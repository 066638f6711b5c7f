"""`codeward ask`: the contract's JSON, text for people, exit statuses and faults of one line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from codeward.assistant import answer as answering
from codeward.assistant.reply import ANSWER, CLARIFY, NOT_LOADED, REFUSE, Call, Evidence, Reply, Statement
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.tools.cli import main, output

DAY = date(2024, 8, 15)
LINE = Source("mpfs-rvu", "2024C", "PPRRVU24_JUL.csv", 14, "ab" * 32, "https://www.cms.gov/rvu24c")
PAGE = Source("ncci-policy-manual", "2024", "manual.pdf", "III-8", "cd" * 32, "https://www.cms.gov/manual")


def made(kind: str = ANSWER, **more: object) -> Reply:
    """A reply of two sources and a passage."""
    said = (
        Statement("17311 has 000 global days.", (Evidence("17311", "global_days", "000", LINE),), role="verdict"),
        Statement("Made-up words of a manual.", (Evidence("III", "p12", "", PAGE),), role="quote", passage="III-8"),
        Statement("The October table is not loaded.", role="caveat"),
    )
    calls = (Call("look_up", (("on", "2024-08-15"), ("code", "17311"))),)
    return Reply("what of 17311", kind, "codes", "define", said, DAY, calls=calls, **more)  # type: ignore[arg-type]


def run(home, *arguments, text=""):
    with output.out.capture() as told:
        result = CliRunner().invoke(
            main.app, ["ask", *arguments, "--on", "2024-08-15", "--library", str(home)], input=text
        )
    return result, result.stdout + told.get()


@pytest.fixture
def replying(monkeypatch: pytest.MonkeyPatch):
    """Answers with a reply made by hand."""

    def put(reply: Reply) -> None:
        monkeypatch.setattr(answering, "answer", lambda library, text, on, **_: reply)

    return put


def test_the_document_keeps_the_contract(small_library_home, replying):
    replying(made(understood="global days of 17311", next_questions=("What may be billed with 17311?",)))
    result, told = run(small_library_home, "what of 17311", "--json")
    document = json.loads(told)
    assert result.exit_code == 0
    assert document.keys() >= {"question", "kind", "answer", "claims", "calls", "model", "as_of"}
    assert (document["kind"], document["model"], document["as_of"]) == ("answer", None, "2024-08-15")
    assert document["claims"][0]["text"] == "17311 has 000 global days."
    assert document["claims"][0]["sources"] == [LINE.as_dict()]
    assert document["calls"] == [{"service": "look_up", "arguments": {"on": "2024-08-15", "code": "17311"}}]
    assert "17311 has 000 global days. [1]" in document["answer"]


def test_text_has_the_verdict_first_and_numbered_citations(small_library_home, replying):
    replying(made(warnings=("ncci-mue is not loaded for the day",)))
    lines = run(small_library_home, "what of 17311")[1].splitlines()
    assert lines[0] == "Answer, as of 2024-08-15"
    assert lines[2] == "17311 has 000 global days. [1]"
    assert "  > Made-up words of a manual. [2] (III-8)" in lines
    assert "! The October table is not loaded." in lines
    assert "! ncci-mue is not loaded for the day" in lines
    assert f"[1] {LINE.citation}" in lines
    assert f"[2] {PAGE.citation}" in lines


@pytest.mark.parametrize(
    ("kind", "missing", "status"),
    [(ANSWER, (), 0), (REFUSE, (), 0), (CLARIFY, (), 0), (NOT_LOADED, (), 1), (NOT_LOADED, ("mcd",), 3)],
)
def test_the_exit_status_says_what_became_of_it(small_library_home, replying, kind, missing, status):
    replying(made(kind, not_loaded=missing))
    result, told = run(small_library_home, "what of 17311", "--json")
    assert result.exit_code == status
    assert json.loads(told)["kind"] == kind


def test_an_answer_that_leaves_something_out_is_still_an_answer(small_library_home, replying):
    replying(made(ANSWER, not_loaded=("mcd",)))
    result, told = run(small_library_home, "what of 17311")
    assert result.exit_code == 0
    assert "not loaded: mcd" in told


def test_a_file_of_questions_gives_queries_in_order(small_library_home):
    result, told = run(small_library_home, "--file", "-", "--json", text="First?\n\nSecond?\n")
    assert result.exit_code == 0
    assert [item["question"] for item in json.loads(told)["queries"]] == ["First?", "Second?"]


def test_a_model_that_is_not_there_is_said_on_standard_error(small_library_home):
    result, told = run(small_library_home, "What is 17311?", "--json", "--model", "http://127.0.0.1:1/v1#none")
    assert json.loads(told)["model"] is None
    assert result.exit_code == 0


@pytest.mark.parametrize("arguments", [("  ",), ("x" * 8001,), ("--file", "no-such-file")])
def test_faults(small_library_home, arguments):
    found = run(small_library_home, *arguments)[0].exception
    assert isinstance(found, BadInput)
    assert len(str(found).splitlines()) == 1
