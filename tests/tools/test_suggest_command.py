"""`codeward suggest`: the contract's JSON, text for people, and faults of one line."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from codeward.core.faults import BadInput, NotLoaded
from codeward.tools.cli import main

MENTION = {"text", "start", "end", "negated", "uncertain", "historical", "family", "codes"}
CANDIDATE = {"system", "code", "title", "score", "accepted", "spans"}
NOTE = "Actinic keratosis of the nose.\r\nNo melanoma.\r\n"


def run(home, *arguments, text=NOTE, on="2025-11-01"):
    return CliRunner().invoke(main.app, ["suggest", *arguments, "--on", on, "--library", str(home)], input=text)


def test_the_document_keeps_the_contract(small_library_home):
    found = run(small_library_home, "-", "--json")
    document = json.loads(found.stdout)
    assert found.exit_code == 0
    assert document["mentions"][0].keys() >= MENTION
    assert document["mentions"][0]["codes"][0].keys() >= {"system", "code", "title", "score"}
    first = document["codes"][0]
    assert first.keys() >= CANDIDATE
    assert (first["system"], first["code"], first["accepted"]) == ("icd-10-cm", "L57.0", True)
    assert all(NOTE[start:end] == "Actinic keratosis" for start, end in first["spans"])
    assert document["left_out"]
    assert document["sources"][0].keys() >= {"dataset", "edition", "file", "line", "sha256", "url"}


def test_a_file_is_read_with_its_line_ends(small_library_home, tmp_path):
    file = tmp_path / "note.txt"
    file.write_bytes(NOTE.encode())
    assert run(small_library_home, str(file), "--json").stdout == run(small_library_home, "-", "--json").stdout


def test_most_limits_the_codes(small_library_home):
    assert json.loads(run(small_library_home, "-", "-n", "1", "--json").stdout)["codes"].__len__() == 1


def test_text_says_why_and_that_it_is_never_complete(small_library_home):
    found = run(small_library_home, "-")
    assert "L57.0" in found.stdout
    assert "Guidelines" in found.stdout
    assert "never complete" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "text", "fault"),
    [(("-",), "  ", BadInput), (("no-such-file",), "", BadInput), (("-", "--setting", "home"), NOTE, BadInput)],
)
def test_faults(small_library_home, arguments, text, fault):
    found = run(small_library_home, *arguments, text=text).exception
    assert isinstance(found, fault)
    assert len(str(found).splitlines()) == 1


def test_a_day_before_every_edition_is_not_loaded(small_library_home):
    assert isinstance(run(small_library_home, "-", on="1990-01-01").exception, NotLoaded)
