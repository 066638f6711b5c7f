"""Codes are recognised however typed, and shown as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.codes import SYSTEM_NAMES, SYSTEMS, Code, is_dental, is_level_two, plain, procedure, readings

DIAGNOSES = st.from_regex(r"[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}", fullmatch=True)
NOISE = st.lists(st.sampled_from([" ", ".", "-", "  ", "\t", "–", ""]), min_size=7, max_size=7)


@pytest.mark.parametrize(
    ("typed", "system", "value"),
    [
        ("17311", "cpt", "17311"),
        ("17311 ", "cpt", "17311"),
        (" 0001f", "cpt", "0001F"),
        ("0591t", "cpt", "0591T"),
        ("0001U", "cpt", "0001U"),
        ("j1885", "hcpcs", "J1885"),
        ("J 1885", "hcpcs", "J1885"),
        ("c44 1121", "icd-10-cm", "C441121"),
        ("C44.1121", "icd-10-cm", "C441121"),
        ("C44-1121", "icd-10-cm", "C441121"),
        ("c44.", "icd-10-cm", "C44"),
        ("207nd0101x", "taxonomy", "207ND0101X"),
        ("59", "modifier", "59"),
        ("xs", "modifier", "XS"),
        ("0016070", "icd-10-pcs", "0016070"),
    ],
)
def test_typed_code_is_read_as_its_likeliest_system(typed: str, system: str, value: str) -> None:
    assert readings(typed)[0] == Code(system, value)


def test_two_digits_can_be_a_modifier_or_a_place() -> None:
    assert {code.system for code in readings("24")} == {"modifier", "pos"}
    assert [code.system for code in readings("24", "pos")] == ["pos"]


def test_a_dot_after_three_characters_settles_for_icd() -> None:
    assert {code.system for code in readings("E0100")} == {"hcpcs", "icd-10-cm"}
    assert readings("E01.00") == (Code("icd-10-cm", "E0100"),)


@pytest.mark.parametrize(
    "typed", ["", " ", ".", "1731", "173111", "hello", "🩺", "C", "207ND0101", "W1234567", "17311\x00"]
)
def test_what_is_no_code_has_no_reading(typed: str) -> None:
    assert readings(typed) == ()


@pytest.mark.parametrize("digits", ["١٧٣١١", "１７３１１", "17３11", "１１", "J１885"])
def test_digits_of_other_scripts_are_no_code(digits: str) -> None:
    """A number in Arabic or full-width digits matches nothing in any file, so it must not pass for a code."""
    assert readings(digits) == ()


def test_icd_codes_get_their_dot_and_path() -> None:
    assert Code("icd-10-cm", "C441121").shown == "C44.1121"
    assert Code("icd-10-cm", "C44").shown == "C44"
    assert Code("icd-10-cm", "C441121").path == "/icd-10-cm/C44.1121"
    assert Code("cpt", "17311").path == "/cpt/17311"


@pytest.mark.parametrize("value", ["D0120", "D9999"])
def test_dental_codes_are_told_apart(value: str) -> None:
    assert is_dental(value)
    assert not is_level_two(value)


@pytest.mark.parametrize("value", ["J1885", "A9001", "G0168", "V5363"])
def test_level_two_codes_may_be_shown(value: str) -> None:
    assert is_level_two(value)
    assert procedure(value).system == "hcpcs"


@pytest.mark.parametrize("value", ["17311", "0001F", "0591T", "99213"])
def test_cpt_numbers_are_not_level_two(value: str) -> None:
    assert not is_level_two(value)
    assert procedure(value).system == "cpt"


def test_every_system_has_a_name_people_know() -> None:
    assert set(SYSTEM_NAMES) == set(SYSTEMS)


@given(st.text(max_size=40))
def test_plain_form_is_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=40))
def test_every_reading_is_the_plain_form(text: str) -> None:
    assert {code.value for code in readings(text)} <= {plain(text)}


@given(DIAGNOSES, NOISE, st.booleans())
def test_diagnosis_survives_blanks_dots_and_case(value: str, noise: list[str], lower: bool) -> None:
    typed = "".join(letter + odd for letter, odd in zip(value, noise, strict=False))
    typed = typed.lower() if lower else typed
    assert Code("icd-10-cm", value) in readings(typed, "icd-10-cm")


@given(DIAGNOSES)
def test_shown_form_reads_back(value: str) -> None:
    code = Code("icd-10-cm", value)
    assert code in readings(code.shown)


@given(st.from_regex(r"[0-9A-Z]{5}", fullmatch=True))
def test_a_procedure_code_is_cpt_or_level_two_never_both(value: str) -> None:
    systems = {code.system for code in readings(value)}
    assert not {"cpt", "hcpcs"} <= systems
