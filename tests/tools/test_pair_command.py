"""`codeward pair`: the contract's JSON and exit statuses."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.tools.cli import main

KEYS = {"a", "b", "on", "edit", "bypass_modifiers", "verdict", "sources"}
EDIT = {"column1", "column2", "modifier_indicator", "effective", "deleted", "rationale"}


def run(home, *arguments):
    return CliRunner().invoke(main.app, ["pair", *arguments, "--on", "2024-08-15", "--library", str(home)])


def test_the_document_keeps_the_contract(small_library_home):
    found = run(small_library_home, "88305", "17311", "--json")
    document = json.loads(found.stdout)
    assert found.exit_code == 0
    assert document.keys() >= KEYS
    assert document["edit"].keys() >= EDIT
    assert (document["a"], document["edit"]["column1"], document["verdict"]) == (
        "88305",
        "17311",
        "bundled-unless-modifier",
    )
    assert "59" in document["bypass_modifiers"]
    assert document["sources"][0].keys() >= {"dataset", "edition", "file", "line", "sha256", "url"}


def test_no_edit_is_an_answer(small_library_home):
    found = run(small_library_home, "17311", "20610", "--json")
    document = json.loads(found.stdout)
    assert (found.exit_code, document["edit"], document["verdict"]) == (0, None, "no-edit")
    assert document["read_in"]["edition"] == "v30.2"


def test_text_says_the_same(small_library_home):
    found = run(small_library_home, "88305", "17311")
    assert "88305 is denied beside 17311" in found.stdout
    assert "not checked" in found.stdout


@pytest.mark.parametrize(
    ("codes", "fault"),
    [(("17311", "99999"), NotFound), (("17311", "G35"), BadInput), (("17311", "17311"), BadInput)],
)
def test_faults(small_library_home, codes, fault):
    assert isinstance(run(small_library_home, *codes).exception, fault)


def test_not_loaded_is_said_in_json_and_by_exit_status(small_library_home):
    early = ["pair", "17311", "88305", "--json", "--on", "1990-01-01", "--library", str(small_library_home)]
    found = CliRunner().invoke(main.app, early)
    assert json.loads(found.stdout)["verdict"] == "not-checked"
    assert isinstance(found.exception, NotLoaded)
