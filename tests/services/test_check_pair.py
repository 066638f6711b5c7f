"""Checking a pair: the row in force, in which direction, what lifts it, and what cannot be said."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.faults import BadInput, NotFound
from codeward.services.check_pair import carried_by, check_pair
from codeward.services.pair_matrix import pair_matrix
from codeward.store.library import open_library
from golden import published
from golden.published import put
from making import build_library

AUGUST = date(2024, 8, 15)
ROWS = (
    "A4550 G0168 20200101 20240930 1",
    "A4550 J1885 20200101 20200101 9",
    "J1885 A4550 20220101 20221231 0",
    "J1885 G0168 20200101 * 0",
    "G0463 A4550 20250101 * 1",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pairs")
    for part in ("f1", "f2", "f3", "f4"):
        rows = ROWS if part == "f1" else [f"G04{part[1]}{at} A4550 20{at}50101 * 1" for at in range(3)]
        put(folder / "files", f"ccipra-v302r0-{part}.txt", published.ptp(rows))
    build_library(folder / "home", folder / "files")
    return open_library(folder / "home")


def asked(library, a, b, on, setting="practitioner"):
    return check_pair(library, a, b, on, setting).value.asked


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2024, 9, 30)])
def test_first_and_last_day_are_days_in_force(library, on):
    found = asked(library, "A4550", "G0168", on)
    assert found.verdict == "bundled-unless-modifier"
    assert (found.edit.since, found.edit.until) == (date(2020, 1, 1), date(2024, 9, 30))


def test_the_day_after_the_last_is_free(library):
    found = asked(library, "A4550", "G0168", date(2024, 10, 1))
    assert found.verdict == "no-edit"
    assert [item.standing for item in found.others] == ["ended"]


def test_either_order_finds_the_same_row(library):
    found = asked(library, "g0168", "a-4550", AUGUST)
    assert (found.edit.column1, found.edit.column2) == ("A4550", "G0168")


def test_a_row_deleted_on_its_first_day_never_held(library):
    found = asked(library, "A4550", "J1885", date(2020, 1, 1))
    assert found.verdict == "no-edit"
    assert {item.standing for item in found.others} == {"never in force", "not yet in force"}


def test_no_modifier_lifts_indicator_0(library):
    answer = check_pair(library, "J1885", "G0168", AUGUST)
    assert answer.value.asked.verdict == "bundled"
    assert answer.value.bypass == ()
    assert answer.sources[0].dataset == "ncci-ptp-practitioner"


def test_modifiers_that_lift_indicator_1(library):
    codes = {item.code for item in check_pair(library, "A4550", "G0168", AUGUST).value.bypass}
    assert {"59", "XS", "25", "LT", "RI"} <= codes
    assert not codes & {"22", "26", "50", "51", "76", "77"}
    assert len(codes) == 44


@pytest.mark.parametrize(
    ("setting", "on", "which"),
    [
        ("practitioner", date(2019, 6, 30), "column2"),
        ("practitioner", date(2019, 7, 1), "either"),
        ("outpatient-hospital", date(2024, 8, 15), "verify"),
    ],
)
def test_which_line_carries_the_modifier(setting, on, which):
    assert carried_by(setting, on) == which


def test_a_table_that_is_not_loaded_is_not_checked(library):
    answer = check_pair(library, "A4550", "G0168", AUGUST, "outpatient-hospital")
    assert answer.value.asked.verdict == "not-checked"
    assert "ncci-ptp-outpatient" in answer.not_loaded
    assert answer.value.other.verdict == "bundled-unless-modifier"


def test_a_later_edition_that_is_not_loaded_is_said(library):
    warnings = {item.dataset for item in check_pair(library, "J1885", "G0168", date(2026, 2, 1)).warnings}
    assert "ncci-ptp-practitioner" in warnings


def test_a_stand_in_day_is_not_shown_as_a_fact(small_library):
    found = asked(small_library, "17311", "36001", AUGUST, "outpatient-hospital")
    assert found.edit is not None
    assert found.edit.since is None


def test_add_on_and_unit_limits_between_them(small_library):
    found = check_pair(small_library, "17312", "17311", AUGUST).value
    assert [(item.add_on, item.primary) for item in found.add_ons] == [("17312", "17311")]
    assert {code: fact.value for code, fact in found.limits} == {"17311": 4}
    assert "MUE" in {item.rule for item in found.not_checked}


def test_unknown_codes_and_other_input(small_library):
    with pytest.raises(NotFound, match="99999"):
        check_pair(small_library, "17311", "99999", AUGUST)
    with pytest.raises(BadInput, match="no procedure code"):
        check_pair(small_library, "17311", "C44.1121", AUGUST)
    with pytest.raises(BadInput, match="no pair"):
        check_pair(small_library, "17311", "17311", AUGUST)
    with pytest.raises(BadInput, match="no setting"):
        check_pair(small_library, "17311", "88305", AUGUST, "clinic")


def test_matrix_agrees_with_every_pair(library):
    codes = ["A4550", "G0168", "J1885", "G0463"]
    matrix = pair_matrix(library, codes, AUGUST).value
    for two, verdict in matrix.verdicts.items():
        assert asked(library, *two, AUGUST).verdict == verdict
    assert sorted(matrix.verdicts.values()).count("no-edit") == 4


def test_matrix_says_nothing_of_unknown_codes(small_library):
    matrix = pair_matrix(small_library, ["17311", "88305", "99999"], AUGUST).value
    assert matrix.unknown == ("99999",)
    assert matrix.verdicts[frozenset(("17311", "99999"))] == "not-checked"
    with pytest.raises(BadInput, match="2 to 25"):
        pair_matrix(small_library, ["17311"], AUGUST)
