"""The own-words tables of places of service, modifiers and indicators keep their shape and trade facts."""

import csv
import io
from datetime import date
from importlib.resources import files

import pytest

Row = dict[str, str]

HEADERS = {
    "pos.csv": "Code,Name,Meaning,Rate,Since,Until,Document",
    "modifiers.csv": ("Code,Level,Name,Meaning,UseOn,Effect,Changes payment,PTP associated,Since,Until,Document"),
    "indicators.csv": "Field,Value,Label,Sentence,Document",
}
KEYS = {"pos.csv": ("Code",), "modifiers.csv": ("Code",), "indicators.csv": ("Field", "Value")}
MAY_BE_BLANK = {"Since", "Until"}
DATED = ("pos.csv", "modifiers.csv")

FACILITY = "02 06 08 19 21 22 23 24 26 31 34 41 42 51 52 53 56 61"
PTP_ASSOCIATED = (
    {f"E{lid}" for lid in range(1, 5)}
    | {f"{limb}{digit}" for limb in "FT" for digit in "A123456789"}
    | {"LT", "RT", "LC", "LD", "RC", "LM", "RI"}
    | {"24", "25", "57", "58", "78", "79", "27", "59", "91"}
    | {"XE", "XS", "XP", "XU"}
)


def text(name: str) -> str:
    """The table as published in the package, line ends untouched."""
    return (files("codeward.datasets") / "tables" / name).read_bytes().decode("utf-8")


def rows(name: str) -> list[Row]:
    """The rows of a table; a row with too few or too many cells fails."""
    reader = csv.DictReader(io.StringIO(text(name), newline=""), strict=True)
    found = list(reader)
    assert all(None not in row and None not in row.values() for row in found)
    return found


def keys(name: str) -> list[tuple[str, ...]]:
    """The key of every row, in file order."""
    return [tuple(row[column] for column in KEYS[name]) for row in rows(name)]


@pytest.mark.parametrize("name", HEADERS)
def test_header_is_exact(name: str) -> None:
    assert text(name).split("\n", 1)[0] == HEADERS[name]


@pytest.mark.parametrize("name", HEADERS)
def test_lines_end_with_lf_only(name: str) -> None:
    assert "\r" not in text(name)
    assert text(name).endswith("\n")


@pytest.mark.parametrize("name", HEADERS)
def test_keys_are_unique_and_sorted(name: str) -> None:
    found = keys(name)
    assert len(set(found)) == len(found)
    assert found == sorted(found)


@pytest.mark.parametrize("name", HEADERS)
def test_no_required_cell_is_blank(name: str) -> None:
    blank = [
        (row, column)
        for row in rows(name)
        for column, value in row.items()
        if column not in MAY_BE_BLANK and not value.strip()
    ]
    assert blank == []


@pytest.mark.parametrize("name", HEADERS)
def test_no_cell_has_stray_spaces(name: str) -> None:
    assert [row for row in rows(name) if any(value != value.strip() for value in row.values())] == []


@pytest.mark.parametrize("name", DATED)
def test_dates_are_iso_and_in_order(name: str) -> None:
    for row in rows(name):
        since, until = (date.fromisoformat(row[c]) if row[c] else None for c in ("Since", "Until"))
        assert since is None or until is None or since <= until, row
        assert all(len(row[c]) in (0, 10) for c in ("Since", "Until")), row


def test_place_of_service_codes_are_two_digits() -> None:
    assert all(len(code) == 2 and code.isdecimal() for (code,) in keys("pos.csv"))


def test_rate_is_facility_or_nonfacility() -> None:
    assert {row["Rate"] for row in rows("pos.csv")} == {"facility", "nonfacility"}


def test_facility_places_are_exactly_these() -> None:
    found = {row["Code"] for row in rows("pos.csv") if row["Rate"] == "facility"}
    assert found == set(FACILITY.split())


def test_modifiers_have_two_characters_and_a_known_level() -> None:
    found = rows("modifiers.csv")
    assert all(len(row["Code"]) == 2 for row in found)
    assert {row["Level"] for row in found} == {"cpt", "hcpcs"}


@pytest.mark.parametrize("column", ["Changes payment", "PTP associated"])
def test_modifier_flags_are_yes_or_no(column: str) -> None:
    assert {row[column] for row in rows("modifiers.csv")} == {"yes", "no"}


def test_ptp_associated_modifiers_are_exactly_these() -> None:
    found = {row["Code"] for row in rows("modifiers.csv") if row["PTP associated"] == "yes"}
    assert found == PTP_ASSOCIATED


def test_names_and_labels_are_short() -> None:
    assert all(len(row["Name"].split()) <= 6 for row in rows("modifiers.csv"))
    assert all(len(row["Label"].split()) <= 5 for row in rows("indicators.csv"))
