"""The own-words table of denial codes keeps its shape, its trade facts and clear of X12's wording."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from importlib.resources import files

import pytest

HEADER = "Kind,Code,Name,Meaning,Next step,Groups,Since,Until,Document"
TEXT = (files("codeward.datasets") / "tables" / "carc_rarc.csv").read_bytes().decode("utf-8")
ROWS = list(csv.DictReader(io.StringIO(TEXT, newline=""), strict=True))
BY_CODE = {row["Code"]: row for row in ROWS}

NEEDED = (
    "236 97 231 151 222 B15 107 234 181 16 96 4 182 5 58 54 59 146 9 10 6 7 11 50 167 B7 206 207 208 8 170 172 109 18 "
    "B16 B14 197 198 29 189 119 273 253 45 199 1 2 3 "
    "M15 N20 M80 N19 N362 MA01 N122 N674 N525 M144 N56 M20 N390 M51 N130 N519 N822 N823 N200 M77 N428 M97 N644 M76 M64 "
    "MA63 M81 N569 N115 N386 MA120 N290 N257 N95 N255 N640 N435 M86 M119 N815 MA130 N350"
)
"""Every code that a check of claims may answer with."""

WORDING = (
    "time limit for filing has expired",
    "charge exceeds fee schedule",
    "has already been adjudicated",
    "lacks information or has submission",
    "exact duplicate claim",
    "missing/incomplete/invalid",
    "incomplete/invalid",
    "prior payer(s)",
    "reduction in federal payment",
    "is inconsistent with the",
    "deemed a 'medical necessity'",
    "payer deems the information",
    "refer to the 835",
    "at least one remark code",
    "invalid combination of hcpcs modifiers",
    "our records indicate",
    "use only with group code",
    "is included in the payment/allowance",
    "this care may be covered by another payer",
    "non-covered charge",
    "patient cannot be identified as our insured",
    "expenses incurred",
    "no appeal rights are afforded",
    "add-on code cannot be billed by itself",
    "separate payment is not allowed",
    "this decision was based on a",
    "alert:",
)
"""Phrases of the published lists, small letters: none may stand in the table."""


def test_header_and_line_ends() -> None:
    assert TEXT.split("\n", 1)[0] == HEADER
    assert "\r" not in TEXT
    assert TEXT.endswith("\n")


def test_codes_stand_once_and_in_order() -> None:
    keys = [(row["Kind"], row["Code"]) for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys)


def test_codes_have_the_shape_of_their_list() -> None:
    carc, rarc = re.compile(r"[1-9]\d{0,2}|[ABP]\d{1,2}"), re.compile(r"M\d{1,3}|MA\d{2,3}|N\d{1,3}")
    assert all((carc if row["Kind"] == "carc" else rarc).fullmatch(row["Code"]) for row in ROWS)
    assert {row["Kind"] for row in ROWS} == {"carc", "rarc"}


def test_there_are_as_many_as_a_biller_meets() -> None:
    kinds = [row["Kind"] for row in ROWS]
    assert kinds.count("carc") >= 230
    assert kinds.count("rarc") >= 150


def test_every_code_that_checks_answer_with_is_there() -> None:
    assert [code for code in NEEDED.split() if code not in BY_CODE] == []


@pytest.mark.parametrize("column", ["Meaning", "Next step"])
def test_cells_are_sentences(column: str) -> None:
    for row in ROWS:
        text = row[column]
        assert re.match(r"[A-Z0-9]", text), row
        assert text.endswith("."), row
        assert 1 <= len(text.split()) <= 45, row
        assert "  " not in text, row
        assert text == text.strip(), row


def test_names_are_short() -> None:
    assert all(1 <= len(row["Name"].split()) <= 9 and not row["Name"].endswith(".") for row in ROWS)


def test_groups_are_known_and_only_alerts_have_none() -> None:
    for row in ROWS:
        groups = row["Groups"].split()
        assert set(groups) <= {"CO", "PR", "OA", "PI"}, row
        assert len(set(groups)) == len(groups), row
        assert groups or row["Kind"] == "rarc", row


@pytest.mark.parametrize(
    ("code", "groups"),
    [("1", "PR"), ("2", "PR"), ("3", "PR"), ("29", "CO"), ("253", "CO"), ("23", "OA"), ("236", "CO"), ("209", "OA"),
     ("303", "CO"), ("MA47", "PR")],
)  # fmt: skip
def test_who_bears_it(code: str, groups: str) -> None:
    assert BY_CODE[code]["Groups"] == groups


def test_dates_are_iso_or_blank() -> None:
    for row in ROWS:
        since, until = (date.fromisoformat(row[name]) if row[name] else None for name in ("Since", "Until"))
        assert since is None or until is None or since <= until


def test_no_wording_of_the_publisher() -> None:
    found = [(row["Code"], phrase) for row in ROWS for phrase in WORDING if phrase in " ".join(row.values()).lower()]
    assert found == []
