"""Two codes, or one code on two days: what differs, what is the same, what only one side says."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.faults import NotFound
from codeward.services.compare_codes import DIFFERENT, ONLY_FIRST, SAME, CodeComparison, ComparedFact, compare_codes
from codeward.store.library import Library

AUGUST_2024, NOVEMBER_2025 = date(2024, 8, 15), date(2025, 11, 1)


def fact(found: CodeComparison, name: str) -> ComparedFact:
    return next(item for section in found.sections for item in section.facts if item.name == name)


def values(item: ComparedFact) -> tuple[list[object], list[object]]:
    return [one.value for one in item.first], [one.value for one in item.second]


def test_two_codes_on_a_day(small_library: Library) -> None:
    found = compare_codes(small_library, ("17313", NOVEMBER_2025), ("17314", NOVEMBER_2025))
    period = fact(found, "global_days")
    assert (values(period), period.verdict) == ((["000"], ["ZZZ"]), DIFFERENT)
    assert fact(found, "conversion_factor").verdict == SAME
    assert all(one.source for one in (*period.first, *period.second))


def test_one_code_on_two_days(small_library: Library) -> None:
    found = compare_codes(small_library, ("99213", AUGUST_2024), ("99213", NOVEMBER_2025))
    assert values(fact(found, "amount_nonfacility")) == (["90.87"], ["88.95"])
    assert fact(found, "work_rvu").verdict == SAME
    assert found.differences > 0
    assert found.first.as_of, found.second.as_of


def test_what_one_side_alone_says(small_library: Library) -> None:
    found = compare_codes(small_library, ("17311", NOVEMBER_2025), ("17314", NOVEMBER_2025))
    apc = fact(found, "apc")
    assert (values(apc), apc.verdict) == ((["5054"], []), ONLY_FIRST)


def test_a_code_and_itself_are_alike(small_library: Library) -> None:
    found = compare_codes(small_library, ("17311", NOVEMBER_2025), ("17311", NOVEMBER_2025))
    assert found.differences == 0
    assert all(item.verdict == SAME for section in found.sections for item in section.tables if item.in_full)


def test_what_is_not_loaded_for_a_side_is_said(small_library: Library) -> None:
    found = compare_codes(small_library, ("17311", AUGUST_2024), ("17311", NOVEMBER_2025))
    section = next(item for item in found.sections if item.name == "outpatient-fees")
    assert (section.first_missing, section.second_missing) == (("opps-addendum-b",), ())


def test_a_code_that_there_is_not(small_library: Library) -> None:
    with pytest.raises(NotFound):
        compare_codes(small_library, ("17311", NOVEMBER_2025), ("17319", NOVEMBER_2025))
