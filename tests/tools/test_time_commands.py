"""`codeward compare`, `codeward touched` and the timeline of `codeward code`, as scripts call them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Outcome = tuple[int, str, str]


def run(home: Path, *words: str, given: str = "") -> Outcome:
    """One command as a program of its own."""
    command = [sys.executable, "-m", "codeward.tools.cli", *words, "--library", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, input=given)
    return done.returncode, done.stdout, done.stderr


def asked(home: Path, *words: str, given: str = "") -> Any:
    status, out, err = run(home, *words, "--json", given=given)
    assert (status, err) == (0, "")
    return json.loads(out)


def test_compare_two_codes(small_library_home: Path) -> None:
    found = asked(small_library_home, "compare", "17313", "17314", "--on", "2025-11-01")
    assert (found["first"]["code"], found["second"]["code"]) == ("17313", "17314")
    facts = {fact["name"]: fact for section in found["sections"] for fact in section["facts"]}
    assert facts["global_days"]["verdict"] == "different"
    assert facts["global_days"]["first"][0]["value"] == "000"
    assert facts["global_days"]["first"][0]["source"]["edition"] == "2025D"


def test_compare_one_code_on_two_days(small_library_home: Path) -> None:
    found = asked(small_library_home, "compare", "99213", "--on", "2024-08-15", "--and-on", "2025-11-01")
    assert (found["first"]["on"], found["second"]["on"]) == ("2024-08-15", "2025-11-01")
    assert found["differences"] > 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("compare", "17313"), 2),
        (("compare", "17313", "17319", "--on", "2025-11-01"), 1),
        (("compare", "17313", "--and-on", "x"), 2),
        (("touched", "/no/such/file"), 2),
        (("touched", "-"), 1),
        (("touched", "-", "--since", "never"), 2),
    ],
)
def test_exit_statuses(small_library_home: Path, words: tuple[str, ...], status: int) -> None:
    given = "17311" if "--since" in words else "nothing here"
    found, out, err = run(small_library_home, *words, given=given)
    assert (found, out) == (status, "")
    assert err.startswith("codeward: ") and len(err.strip().splitlines()) == 1


def test_touched_by_the_newest_editions(small_library_home: Path, tmp_path: Path) -> None:
    table = tmp_path / "claims.csv"
    table.write_text("cpt,dx,date of service\n17311,G35,2026-05-01\n88305,,2026-05-01\n", encoding="utf-8")
    found = asked(small_library_home, "touched", str(table))
    assert {code["code"]: code["dates"] for code in found["taken"]["codes"]}["17311"] == ["2026-05-01"]
    (limits,) = [item for item in found["touched"] if item["dataset"] == "ncci-mue-practitioner"]
    assert limits["rows"][0]["columns"] == {"limit": ["4", "5"]}
    assert limits["rows"][0]["before_source"]["edition"] == "2024Q3"
    assert found["untouched"] == ["88305"]
    assert "ncci-ptp-practitioner" in found["not_compared"]


def test_touched_since_an_edition(small_library_home: Path) -> None:
    found = asked(small_library_home, "touched", "-", "--since", "mpfs-rvu@2024C", given="17314\n20610")
    (fees,) = found["touched"]
    assert (fees["before"], fees["after"], fees["codes"], fees["changed_as_every_row"]) == (
        "2024C",
        "2025D",
        ["17314"],
        1,
    )


def test_both_as_text(small_library_home: Path) -> None:
    status, out, _ = run(small_library_home, "compare", "17313", "17314", "--on", "2025-11-01")
    assert status == 0 and "Global period: 000 | ZZZ" in out
    status, out, _ = run(small_library_home, "touched", "-", given="17311")
    assert status == 0 and "changed 17311: limit 4 -> 5" in out


def test_a_code_carries_its_timeline(small_library_home: Path) -> None:
    found = asked(small_library_home, "code", "17314", "--on", "2025-11-01")
    events = found["sections"]["timeline"]["events"]
    (event,) = [item for item in events if item["name"] == "total_nonfacility"]
    assert (event["day"], event["before"], event["after"]) == ("2025-01-01", "11.89", "11.82")
    assert (event["before_source"]["edition"], event["after_source"]["edition"]) == ("2024C", "2025A")


def test_status_says_what_is_overdue(small_library_home: Path) -> None:
    found = asked(small_library_home, "library", "status", "--on", "2026-01-31")
    (fees,) = [item for item in found["datasets"] if item["id"] == "mpfs-rvu"]
    assert (fees["next_expected"], fees["overdue_days"]) == ("2026-01-01", 31)
