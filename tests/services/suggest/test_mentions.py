"""Mentions are found whatever the order of their words, with sides, abbreviations and lists, at the right places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from codeward.core.notes import Suggestion

Reported = Callable[..., set[str]]
Read = Callable[..., Suggestion]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hypertension.", {"I10"}),
        ("essential hypertension", {"I10"}),
        ("HTN", {"I10"}),
        ("Pain in the left knee.", {"M25.562"}),
        ("left knee pain", {"M25.562"}),
        ("knee pain", {"M25.569"}),
        ("Pain in left knee and hip", {"M25.562", "M25.552"}),
        ("Sprain of the medial collateral ligament of the right knee", {"S83.411A"}),
        ("Right knee MCL sprain", {"S83.411A"}),
        ("Type 2 diabetes mellitus", {"E11.9"}),
        ("Diabetes", {"E11.9"}),
        ("cancer of the right breast", {"C50.911"}),
        ("breast cancer", {"C50.919"}),
        ("1. Type 2 diabetes", {"E11.9"}),
        ("Fever and cough", {"R50.9", "R05.9"}),
        ("Laboratory tests were done at the hospital.", set()),
    ],
)
def test_a_condition_is_found_as_notes_write_it(reported: Reported, text: str, codes: set[str]) -> None:
    assert reported(text) == codes


def test_places_are_those_of_the_text_as_given(read: Read) -> None:
    text = "Patient: Ann Testperson, MRN 1234567, DOB 01/02/1950.\nAssessment: hypertension and fever."
    found = read(text)
    assert {text[item.start : item.end] for item in found.mentions} == {"hypertension", "fever"}
    spans = [text[start:end] for item in found.codes for start, end in item.spans]
    assert sorted(spans) == ["fever", "hypertension"]
    assert len(found.note.text) == len(text)


def test_items_of_a_list_are_not_read_together(reported: Reported) -> None:
    assert "N18.9" not in reported("Disease of the skin, chronic cough, kidney donor.")


def test_a_code_named_twice_is_one_candidate_with_both_places(read: Read) -> None:
    found = [item for item in read("Hypertension. Refill for hypertension.").codes if item.code.shown == "I10"]
    assert [len(item.spans) for item in found] == [2]


def test_what_the_note_leaves_open_is_named(read: Read) -> None:
    knee = next(item for item in read("knee pain").codes if item.accepted)
    assert knee.missing == ("side",)
    assert read("left knee pain").codes[0].missing == ()


@pytest.mark.parametrize(
    "text", ["vaccine for pneumonia given", "pneumonia vaccine today", "screening for breast cancer"]
)
def test_what_a_vaccine_or_screening_is_for_is_not_had(reported: Reported, text: str) -> None:
    assert not reported(text) & {"J18.9", "C50.919"}


def test_no_code_outside_the_edition_of_the_day(reported: Reported, read: Read) -> None:
    on = date(2026, 5, 1)
    codes = {item.code.value for item in read("Acute renal failure, hypertension, gout, migraine.", on).codes}
    assert codes == {"I10"}


def test_a_long_hostile_text_is_read_in_time(read: Read) -> None:
    for piece in ("knee pain ", "a", "stage 1 ", "BMI ", ", ", "without "):
        assert read((piece * 20_000)[:20_000]) is not None
