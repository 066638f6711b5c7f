"""`codeward drg` and `codeward gems`, as scripts call them: JSON, statuses, and one line for what cannot be used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

STAY = ("drg", "--dx", "I50.21", "--dx", "J96.01:Y", "--discharge", "2024-03-01")


def run(home: Path, *words: str) -> tuple[int, str, str]:
    """One command as a program of its own."""
    command = [sys.executable, "-m", "codeward.tools.cli", *words, "--library", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_a_stay_as_json_has_group_weight_and_drivers(groups_home: Path) -> None:
    status, out, err = run(groups_home, *STAY, "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert (found["drg"], found["mdc"], found["version"], found["problem"]) == ("291", "05", "41.0", None)
    assert found["facts"][0]["source"]["citation"] == "ms-drg@FY2024:CMS-1785-F%20Table%205.txt#5"
    assert [item["counted"] for item in found["drivers"]] == [True, True]
    assert "Medicare Code Editor) were not run" in found["warnings"][0]["text"]


def test_several_codes_may_stand_in_one_word_and_weights_that_lack_are_said(groups_home: Path) -> None:
    status, out, _ = run(groups_home, "drg", "--dx", "I50.21,I10", "--discharge", "2023-09-30")
    assert status == 0 and "MS-DRG 293" in out and "not loaded: ms-drg" in out
    status, out, _ = run(groups_home, *STAY)
    assert status == 0 and "Relative weight: 1.2500" in out and "not loaded" not in out


def test_an_ungroupable_stay_is_told_and_ends_with_one(groups_home: Path) -> None:
    status, out, _ = run(groups_home, "drg", "--dx", "J96.01X", "--discharge", "2024-03-01", "--json")
    found = json.loads(out)
    assert status == 1 and found["drg"] == "999"
    assert found["problem"].startswith("the principal diagnosis cannot be one")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("drg", "--dx", "XX", "--discharge", "2024-03-01"), 2, "cannot be an ICD-10-CM code"),
        (("drg", "--dx", " , ", "--discharge", "2024-03-01"), 2, "no diagnosis was given"),
        (("drg", "--dx", "I50.21", "--discharge", "2024-13-01"), 2, "is not a date"),
        (("drg", "--dx", "I50.21", "--discharge", "2021-03-01"), 3, "no MS-DRG grouper is here"),
        (("gems", "??"), 2, "two to seven letters and digits"),
        (("gems", "Q99"), 1, "do not hold Q99"),
    ],
)
def test_what_cannot_be_used_is_one_line(groups_home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    code, out, err = run(groups_home, *words)
    assert (code, out) == (status, "") and said in err
    assert len(err.strip().splitlines()) == 1


def test_a_crosswalk_as_json_carries_its_caution(groups_home: Path) -> None:
    status, out, _ = run(groups_home, "gems", "250.00", "--on", "2024-03-01", "--json")
    found = json.loads(out)
    assert (status, found["edition"]) == (0, "FY2018")
    assert "never make one billable" in found["caution"]
    assert found["tables"][0]["caption"] == "ICD-10-CM for ICD-9-CM 250.00"


def test_mappings_that_are_not_loaded_are_said(small_library_home: Path) -> None:
    status, _, err = run(small_library_home, "gems", "25000")
    assert status == 3 and "load gems" in err
