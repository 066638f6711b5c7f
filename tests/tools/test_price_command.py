"""`codeward price`, as scripts call it: the shape of its JSON, its statuses, and one line for what cannot be used."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from codeward.tools.cli import main
from golden import price_set
from making import build_library

ON = ("--on", "2026-02-10")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library of made-up fees."""
    folder = tmp_path_factory.mktemp("price-command")
    build_library(folder / "home", price_set.write(folder / "files"))
    return folder / "home"


class Run:
    """The command line in this process: what a program of its own would print, and its exit status."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.capsys, self.monkeypatch = home, capsys, monkeypatch

    def __call__(self, *words: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of one `codeward price`."""
        self.monkeypatch.setattr(sys, "argv", ["codeward", "price", *words, "--library", str(self.home)])
        try:
            main.run()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        told = self.capsys.readouterr()
        return status, told.out, told.err


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`codeward price` with the made-up fees."""
    return Run(home, capsys, monkeypatch)


def test_the_shape_of_the_contract(run: Run) -> None:
    status, out, err = run("G9102", "g9101:50,rtx1", "G9503", *ON, "--national", "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert set(found) >= {"lines", "total", "warnings"} and found["total"] == "760.00"
    assert [(item["code"], item["amount"], item["allowed_per_unit"]) for item in found["lines"]] == [
        ("G9102", "160.00", "160.00"),
        ("G9101", "600.00", "600.00"),
        ("G9503", None, None),
    ]
    factors = {item["name"]: item for item in found["lines"][0]["factors"]}
    assert set(factors["conversion factor"]) == {"name", "value", "source"}
    assert factors["conversion factor"]["value"] == "40.0000"
    assert factors["conversion factor"]["source"]["dataset"] == "mpfs-rvu"
    assert len(found["warnings"]) == 1 and "line 3 (G9503): not priced" in found["warnings"][0]


def test_text_shows_amounts_factors_and_citations(run: Run) -> None:
    status, out, _ = run("G9103x2", *ON)
    assert status == 0 and "G9103  $160.00" in out and "total  $160.00" in out
    assert "conversion factor: 40.0000  mpfs-rvu@2026A:rvu26a.zip/PPRRVU2026_Jan_nonQPP.csv#" in out
    assert "! no locality and no ZIP is given" in out


@pytest.mark.parametrize(
    ("words", "total"),
    [
        (("G9101", "--pos", "24"), "320.00"),
        (("G9101", "--locality", "10112-00"), "412.00"),
        (("G9101", "--zip", "35004"), "412.00"),
        (("G9101", "--qp"), "402.00"),
        (("G9101", "--taxonomy", "363LF0000X"), "340.00"),
        (("C9101", "--setting", "outpatient-hospital"), "500.00"),
        (("G9101", "--setting", "asc"), "600.00"),
        (("E0601:RR", "--setting", "dme", "--state", "Texas"), "49.57"),
    ],
)
def test_every_option_changes_the_amount(run: Run, words: tuple[str, ...], total: str) -> None:
    status, out, _ = run(*words, *ON, "--json")
    assert (status, json.loads(out)["total"]) == (0, total)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("G9101:5", *ON), 2, "'G9101:5' is no service: expected CODE"),
        (("G9101", "--setting", "home", *ON), 2, "'home' is no setting"),
        (("G9101", "--pos", "office", *ON), 2, "'office' is no place of service"),
        (("G9101", "--zip", "12", *ON), 2, "'12' is no ZIP code"),
        (("G9101", "--locality", "AL", *ON), 2, "'AL' is no locality"),
        (("G9101", "--state", "ZZ", *ON), 2, "'ZZ' is no state"),
        (("G9101", "--zip", "35004", "--national", *ON), 2, "the place is given twice"),
        (("G9101", "--on", "2026-13-01"), 2, "2026-13-01"),
        (("G9101", "--locality", "10112-77", *ON), 1, "do not have it"),
        (("G9999", *ON), 1, "no loaded list has it"),
        (("G9101", "--on", "2020-01-01"), 3, "no relative value file is loaded for 2020-01-01"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_a_status(
    run: Run, words: tuple[str, ...], status: int, said: str
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (status, "") and said in err and len(err.strip().splitlines()) == 1
