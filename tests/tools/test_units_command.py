"""`codeward units`, as scripts call it: flags, JSON in three ways, statuses, and one line for what cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

NOSE = json.dumps({"site": "nose", "stages": [7, 3, 6]})
LINES = [("17311", 1), ("17312", 2), ("17315", 3)]


def run(home: Path, *words: str, text: str = "") -> tuple[int, str, str]:
    """One command as a program of its own."""
    command = [sys.executable, "-m", "codeward.tools.cli", "units", *words, "--library", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, input=text)
    return done.returncode, done.stdout, done.stderr


def lines(out: str) -> list[tuple[str, int]]:
    """Lines of a JSON answer."""
    return [(line["code"], line["units"]) for line in json.loads(out)["lines"]]


def test_fields_come_as_flags_inline_from_a_file_or_from_standard_input(
    small_library_home: Path, tmp_path: Path
) -> None:
    given = tmp_path / "given.json"
    given.write_text(NOSE, encoding="utf-8")
    ways = (["--site", "nose", "--stages", "7,3,6"], ["--input", NOSE], ["--input", f"@{given}"], ["--input", "-"])
    for way in ways:
        status, out, err = run(small_library_home, "mohs", *way, "--json", text=NOSE)
        assert (status, err, lines(out)) == (0, "", LINES), way
    found = json.loads(out)
    assert all(isinstance(text, str) for text in found["because"])
    assert {item["result"] for item in found["checks"]} <= {"holds", "fails", "not-checked"}


def test_flags_that_stand_alone_repeat_or_carry_their_measure(small_library_home: Path) -> None:
    status, out, _ = run(small_library_home, "mohs", "--site=back", "--deep", "--stages", "2", "--json")
    assert (status, lines(out)) == (0, [("17311", 1)])
    rows = ["--service", "c,chemo,infusion,60", "--services", "d,chemo,push"]
    status, out, err = run(small_library_home, "infusion", *rows, "--json")
    assert status == 2 and "--service is no flag of the infusion worksheet" in err
    rows[0] = "--services"
    status, out, _ = run(small_library_home, "infusion", *rows, "--json")
    assert (status, lines(out)) == (0, [("96413", 1), ("96411", 1)])
    status, out, _ = run(
        small_library_home, "drug", "--code", "J3301", "--administered-mg", "25", "--unit-mg", "10", "--json"
    )
    assert (status, lines(out)) == (0, [("J3301", 3)])


def test_a_day_among_the_fields_is_the_day(small_library_home: Path) -> None:
    given = {
        "code": "J9271",
        "administered_mg": 200,
        "vial_mg": 200,
        "single_dose": True,
        "unit_mg": 1,
        "on": "2023-06-30",
    }
    status, out, _ = run(small_library_home, "drug_waste", "--input", json.dumps(given), "--on", "2024-08-15", "--json")
    assert (status, lines(out)) == (0, [("J9271", 200)])


def test_worksheets_and_their_fields_are_listed(small_library_home: Path) -> None:
    status, out, _ = run(small_library_home)
    assert status == 0 and "therapy_8_minute" in out
    status, out, _ = run(small_library_home, "drug-waste", "--json")
    assert status == 0 and json.loads(out)["kinds"][0]["kind"] == "drug_waste"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("knitting",), "is no worksheet: expected one of mohs"),
        (("mohs", "--input", "[1]"), "expected one JSON object"),
        (("mohs", "--input", "{"), "expected one JSON object"),
        (("mohs", "--input", '{"site": "nose", "stages": [NaN]}'), "NaN is no number"),
        (("mohs", "--input", "@/no/such/file"), "No such file"),
        (("mohs", "--site", "nose", "--stage", "1", "--site", "ear"), "--stage is no flag of the mohs worksheet"),
        (("mohs", "--site", "nose", "--site", "ear"), "--site is given twice"),
        (("mohs", "--stages", "1"), "site is needed: expected a body site"),
        (("mohs", "nose"), "expected a flag of the mohs worksheet, such as --site"),
        (("mohs", "--site"), "expected a body site"),
        (("mohs", "--site", "nose", "--stages", "1e9"), "stages: expected"),
    ],
)
def test_what_cannot_be_used_is_one_line(small_library_home: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = run(small_library_home, *words, "--json")
    assert (status, out) == (2, "") and said in err
    assert len(err.strip().splitlines()) == 1


def test_text_names_the_sources(small_library_home: Path) -> None:
    status, out, _ = run(small_library_home, "mohs", "--site", "nose", "--stages", "7,3,6", "--on", "2025-11-01")
    assert status == 0 and "17315 x 3" in out and "mpfs-rvu@2025D:" in out and "Because" in out


def test_containers_that_are_not_single_dose_can_be_told_by_flag(small_library_home: Path) -> None:
    dose = [
        "--code",
        "J9271",
        "--administered-mg",
        "150",
        "--vial-mg",
        "200",
        "--unit-mg",
        "1",
        "--on",
        "2024-08-15",
        "--json",
    ]
    status, out, _ = run(small_library_home, "drug_waste", *dose, "--single-dose")
    assert (status, lines(out)) == (0, [("J9271", 150), ("J9271-JW", 50)])
    status, out, _ = run(small_library_home, "drug_waste", *dose, "--single-dose", "no")
    assert (status, lines(out)) == (0, [("J9271", 150)])
