"""Masking: identifiers are covered wherever notes have them, and clinical language is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeward.services.notes.masked_numbers import is_npi
from codeward.services.notes.masking import COVER, mask_identifiers
from codeward.services.notes.read_note import read_note
from services.notes.clinical_terms import KEPT
from services.notes.identifiers import IDENTIFIERS

PIECES = (*(text for _, text, _ in IDENTIFIERS), *KEPT, "\n", " ", ", ", "Dr. ", "Patient: ", ":", "(", "1", "X")


@pytest.mark.parametrize(("kind", "text", "identifier"), IDENTIFIERS)
def test_an_identifier_is_covered_and_named(kind: str, text: str, identifier: str) -> None:
    masked, found = mask_identifiers(text)
    start = text.rindex(identifier)
    end = start + len(identifier)
    assert not any(mark.isalnum() for mark in masked[start:end]), masked
    assert kind in {item.kind for item in found if item.start < end and start < item.end}


@pytest.mark.parametrize("text", KEPT)
def test_clinical_language_is_left_alone(text: str) -> None:
    assert mask_identifiers(text) == (text, ())


def test_all_eighteen_kinds_are_told_apart() -> None:
    assert len({kind for kind, _, _ in IDENTIFIERS} - {"age over 89"}) == 18


def test_years_and_states_stay() -> None:
    masked, _ = mask_identifiers("Biopsy 03/14/2023, moved here from Duluth, Minnesota in 2019.")
    assert "2023" in masked and "Minnesota" in masked and "2019" in masked
    assert "03/14" not in masked and "Duluth" not in masked


def test_ages_to_89_stay_and_90_does_not() -> None:
    assert mask_identifiers("an 89-year-old woman")[1] == ()
    assert mask_identifiers("a 90-year-old woman")[0] == f"a {COVER * 2}-year-old woman"


def test_a_name_is_covered_wherever_it_stands_again() -> None:
    masked, _ = mask_identifiers(
        "Patient Name: Zelda Quimby\nQuimby has no pain. QUIMBY was told. Quimby's wound is dry."
    )
    assert "uimby" not in masked and "UIMBY" not in masked


def test_a_name_that_is_an_eponym_leaves_the_disease_alone() -> None:
    masked, _ = mask_identifiers("Dr. Bell examined him. Bell's palsy on the left. Mrs. Crohn has Crohn disease.")
    assert "Bell's palsy" in masked and "Crohn disease" in masked
    assert masked.startswith(f"Dr. {COVER * 4} ") and f"Mrs. {COVER * 5} " in masked


def test_lines_stay_lines() -> None:
    text = "Name: Zelda Quimby\r\nAddress: 12 Maple Street\r\nSpringfield, IL 62704\r\n"
    masked, _ = mask_identifiers(text)
    assert masked.count("\r\n") == 3 and len(masked) == len(text)


def test_the_check_digit_of_a_provider_number() -> None:
    assert is_npi("1234567893") and not is_npi("1234567890") and not is_npi("3234567893")


def test_what_is_covered_twice_is_told_once() -> None:
    masked, found = mask_identifiers("MRN 1234567893 and SSN 078-05-1120, fax (555) 555-0134")
    assert [item.kind for item in found] == ["medical record number", "social security number", "fax"]
    assert masked.count("MRN") == 1


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_length_is_kept_and_what_is_told_is_covered(text: str) -> None:
    masked, found = mask_identifiers(text)
    assert len(masked) == len(text)
    at = 0
    for item in found:
        assert at <= item.start < item.end <= len(text)
        assert masked[at : item.start] == text[at : item.start]
        assert set(masked[item.start : item.end]) <= {COVER, "\n", "\r"}
        at = item.end
    assert masked[at:] == text[at:]


@pytest.mark.parametrize(
    "text",
    [
        "Patient: Zebulon Quillfeather, knee pain for weeks",
        "Zebulon Quillfeather is a 75 year old man with cough.",
        "Seen today.\nZebulon Quillfeather, 44 F, has a rash.",
    ],
)
def test_a_name_that_is_in_no_list_is_covered_by_where_it_stands(text: str) -> None:
    assert "Quillfeather" not in read_note(text).text


@pytest.mark.parametrize(
    "text", ["Cough is a 3 week problem.", "Patient is a 75 year old man.", "Pleasant 40 yo woman."]
)
def test_what_is_no_name_before_an_age_stays(text: str) -> None:
    assert read_note(text).text == text
