"""The notice worksheet: whether one is right, what stands in its blanks, and what is left to be written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.codes import plain
from codeward.core.faults import BadInput
from codeward.services.coverage.values import CoverageQuestion
from codeward.services.notice.costs import read_charge
from codeward.services.notice.fill import fill_notice
from codeward.services.notice.rules import circumstances, grounds, modifier_rules, standing_rules
from codeward.services.notice.values import HANDWRITTEN, Notice, NoticeQuestion
from codeward.store.library import Library, open_library

DAY = date(2026, 10, 9)
PRICED = date(2025, 11, 1)


@pytest.fixture(scope="module")
def exports(coverage_home: Path) -> Library:
    return open_library(coverage_home)


def asked(code: str = "G9101", *diagnoses: str, state: str = "FL", **more: object) -> NoticeQuestion:
    return NoticeQuestion(CoverageQuestion(code, diagnoses, state), **more)


def blanks(notice: Notice) -> dict[str, tuple[str, ...]]:
    return {blank.letter: blank.lines for blank in notice.blanks}


def modifiers(notice: Notice) -> list[str]:
    return [item.code for item in notice.modifiers]


def test_a_check_that_does_not_support_gives_the_reason_and_its_source(exports: Library) -> None:
    notice = fill_notice(exports, asked("G9101", "I10"), DAY).value
    assert notice.standing == "called-for"
    (reason,) = blanks(notice)["E"]
    assert "A90101" in reason
    assert "not among them" in reason
    assert next(blank for blank in notice.blanks if blank.letter == "E").sources
    assert modifiers(notice) == ["GA", "GZ"]


def test_a_diagnosis_named_as_not_covered_and_a_missing_second_one(exports: Library) -> None:
    (named,) = blanks(fill_notice(exports, asked("G9101", "L57.0"), DAY).value)["E"]
    assert "as one for which Medicare does not pay" in named
    (second,) = blanks(fill_notice(exports, asked("G9102", "E11.42"), DAY).value)["E"]
    assert "second listed condition" in second


def test_no_diagnosis_is_told_to_the_patient_or_proposed(exports: Library) -> None:
    notice = fill_notice(exports, asked("G9101", "I10"), DAY).value
    written = " ".join(line for lines in blanks(notice).values() for line in lines)
    assert not {"I10", "C44.311", "C44.319"} & set(written.replace(".", " ").split() + written.split())


def test_a_supported_diagnosis_is_no_ground(exports: Library) -> None:
    notice = fill_notice(exports, asked("G9101", "C44.311", ground="condition"), DAY).value
    assert notice.standing == "undecided"
    assert "another true reason" in notice.words
    assert modifiers(notice) == []


@pytest.mark.parametrize("code", ["G9104", "G9198", "17311"])
def test_without_a_reason_nothing_is_claimed(exports: Library, code: str) -> None:
    notice = fill_notice(exports, asked(code, "I10"), DAY).value
    assert notice.standing == "undecided"
    assert blanks(notice)["E"] == ()


@pytest.mark.parametrize(
    ("ground", "around", "standing", "told"),
    [
        ("frequency", (), "called-for", ["GA", "GZ"]),
        ("research", ("medicaid",), "called-for", ["GA", "GZ"]),
        ("excluded", (), "voluntary", ["GX", "GY"]),
        ("edit", (), "not-valid", []),
        ("frequency", ("advantage",), "not-valid", []),
        ("frequency", ("emergency",), "not-valid", ["GZ"]),
        ("frequency", ("given",), "not-valid", ["GZ"]),
        ("excluded", ("given",), "not-valid", ["GY"]),
    ],
)
def test_grounds_and_circumstances(
    exports: Library, ground: str, around: tuple[str, ...], standing: str, told: list[str]
) -> None:
    notice = fill_notice(exports, asked(ground=ground, circumstances=around), DAY).value
    assert (notice.standing, modifiers(notice)) == (standing, told)


def test_blanks_stand_in_the_forms_order_and_the_patients_are_left_empty(exports: Library) -> None:
    notice = fill_notice(exports, asked(ground="frequency", more="Call us.", notifier="Made-up Clinic"), DAY).value
    assert [blank.letter for blank in notice.blanks] == list("ABCDEFGHIJ")
    assert all(blanks(notice)[letter] == () for letter in HANDWRITTEN)
    assert blanks(notice)["A"] == ("Made-up Clinic",)


def test_identifiers_in_typed_text_are_covered(exports: Library) -> None:
    detail = "Mr. John Madeupson, MRN 12345678, had it in May"
    notice = fill_notice(exports, asked(ground="frequency", detail=detail), DAY).value
    assert "Madeupson" not in str(notice.blanks)
    assert "12345678" not in str(notice.blanks)
    assert notice.masked >= 2


def test_cost_is_the_charge_typed_else_the_fee_of_the_day(small_library: Library) -> None:
    typed = fill_notice(small_library, asked("17311", state="", ground="frequency", charge="$1,234.5"), PRICED).value
    assert blanks(typed)["F"] == ("$1,234.50",)
    found = next(
        b for b in fill_notice(small_library, asked("17311", state=""), PRICED).value.blanks if b.letter == "F"
    )
    (amount,) = found.lines
    assert amount.startswith("$")
    assert amount[-3] == "."
    assert "good faith estimate" in found.note.lower()
    assert {source.dataset for source in found.sources} >= {"mpfs-rvu"}


def test_without_fees_the_cost_is_left_to_be_written(exports: Library) -> None:
    found = next(b for b in fill_notice(exports, asked(), DAY).value.blanks if b.letter == "F")
    assert found.lines == ()
    assert "To be written" in found.note


@pytest.mark.parametrize("text", ["x", "-5", "1.234", "1,23", "9" * 40, "1e5"])
def test_charges_that_are_none(text: str) -> None:
    with pytest.raises(BadInput, match="is no charge"):
        read_charge(text)


def test_level_two_text_and_categories_fill_d_and_the_amas_wording_never(small_library: Library) -> None:
    lines = blanks(fill_notice(small_library, asked("J1885", state=""), PRICED).value)["D"]
    assert lines
    assert lines[0].endswith("(J1885)")
    spoken = blanks(fill_notice(small_library, asked("17311", state="", item="Skin surgery"), PRICED).value)["D"]
    assert spoken == ("Skin surgery (17311)",)


def test_what_the_law_excludes_makes_the_notice_voluntary(exports: Library) -> None:
    notice = fill_notice(exports, asked("J1885", "J44.9", ground="excluded"), DAY).value
    assert notice.standing == "voluntary"
    assert blanks(notice)["E"] == ("Medicare never pays for this, by law.",)


def test_unknown_grounds_and_circumstances_are_refused(exports: Library) -> None:
    for question in (asked(ground="because"), asked(circumstances=("rain",)), asked("zz")):
        with pytest.raises(BadInput):
            fill_notice(exports, question, DAY)


def test_every_rule_names_its_document_and_every_modifier_its_fact() -> None:
    rules = (*grounds().values(), *circumstances().values(), *standing_rules())
    assert all(rule.words.endswith(".") and rule.document for rule in rules)
    assert all(rule.asks for rule in (*grounds().values(), *circumstances().values()))
    assert [rule.code for rule in modifier_rules()] == ["GA", "GZ", "GX", "GY"]
    assert all(plain(rule.code) == rule.code and rule.fact for rule in modifier_rules())
