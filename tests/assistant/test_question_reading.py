"""What is read out of a question: codes, modifiers, days, places and payers, in the ways people type them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from codeward.assistant.reading.days_said import days_said
from codeward.assistant.reading.places_said import payer_said, place_said, setting_said, state_said, zip_said
from codeward.assistant.reading.read_question import read_question
from codeward.store.library import Library

ON = date(2025, 11, 1)


@pytest.mark.parametrize(
    "text",
    ["2024-08-15", "8/15/2024", "8/15/24", "08-15-24", "20240815", "Aug 15 2024", "August 15th, 2024", "15 Aug 2024"],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert [day for _, day in days_said(f"17311 on {text}?")] == [date(2024, 8, 15)]


@pytest.mark.parametrize("text", ["17311-59", "1.5 cm", "CO-50", "99202-99205", "31 units", "2024-13-40"])
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert not days_said(text)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Mohs in Florida", "FL"),
        ("17311 in Manhattan", "NY"),
        ("LCD for TX", "TX"),
        ("is it ok with OR without", ""),
        ("which code is column 2 in 29880", ""),
        ("GA modifier", ""),
        ("covered in GA?", "GA"),
    ],
)
def test_a_state_is_told_from_a_word_or_a_modifier(text: str, state: str) -> None:
    assert state_said(text) == state


def test_a_zip_needs_its_word_or_its_state_before_it() -> None:
    assert zip_said("99213 zip 10001")[0] == "10001"
    assert zip_said("99213 in NY 10001")[0] == "10001"
    assert zip_said("column 2 in 29880")[0] == ""


def test_places_settings_and_payers() -> None:
    assert place_said("20610 at POS 22") == "22"
    assert place_said("20610 in the office") == "11"
    assert setting_said("MUE for OPPS") == "outpatient-hospital"
    assert setting_said("MUE for the physician") == "practitioner"
    assert payer_said("What does BCBS pay") == "Blue Cross Blue Shield"
    assert payer_said("does Medicare Advantage follow it") == "medicare advantage"


@pytest.mark.parametrize(
    ("text", "codes", "modifiers"),
    [
        ("17311-59 and 88305", ["17311", "88305"], ("59",)),
        ("17311/17312", ["17311", "17312"], ()),
        ("Can I put 50 on 17311?", ["17311"], ("50",)),
        ("Which line takes 59?", [], ("59",)),
        ("59 units of 17312", ["17312"], ()),
        ("what is modifier 25", [], ("25",)),
        ("xs modifier on 17311", ["17311"], ("XS",)),
        ("MUE of j1885", ["J1885"], ()),
        ("l57.0 and C44.311", ["L57.0", "C44.311"], ()),
        ("pos 25", [], ()),
    ],
)
def test_codes_and_modifiers(small_library: Library, text: str, codes: list[str], modifiers: tuple[str, ...]) -> None:
    asked = read_question(small_library, text, ON)
    assert [item.code.shown for item in asked.codes] == codes
    assert asked.modifiers == modifiers


def test_units_written_on_a_code(small_library: Library) -> None:
    asked = read_question(small_library, "17312x2 with 17315 x 3", ON)
    assert [(item.code.value, item.units) for item in asked.codes] == [("17312", 2), ("17315", 3)]


def test_denial_codes_are_read_where_denials_are_spoken_of(small_library: Library) -> None:
    assert read_question(small_library, "What does CO-50 with N115 mean?", ON).denials == ("CO-50", "N115")
    assert read_question(small_library, "17311 with 59", ON).denials == ()


@pytest.mark.parametrize("character", ["1", "a", " ", "-", "7311 ", "Jan 1 ", "█", "CO-", "x2"])
def test_a_long_question_is_read_in_linear_time(small_library: Library, character: str) -> None:
    start = time.process_time()
    read_question(small_library, character * (1_000_000 // len(character)), ON)
    assert time.process_time() - start < 5
