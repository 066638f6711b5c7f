"""Browsing: levels of the code tree as of a day, their counts, and editions that have no chapters."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.faults import NotFound
from codeward.services.diagnosis_tree import Level, browse
from codeward.services.view import View
from codeward.store.library import Library

APRIL, LISTED, ORDERED = date(2026, 4, 15), date(2024, 1, 1), date(2019, 1, 1)


def level(library: Library, place: str, on: date = APRIL) -> Level:
    return browse(View(library, on), place)


def steps(found: Level) -> list[tuple[str, int]]:
    return [(step.shown, step.billable) for step in found.below]


def test_chapters_sections_categories_codes(diagnosis_library: Library) -> None:
    top = level(diagnosis_library, "")
    assert [(step.name, step.billable, step.span) for step in top.below] == [
        ("2", 2, "C44-C44"),
        ("6", 2, "G35-G35"),
        ("12", 2, "L57-L57"),
        ("19", 6, "S00-S00"),
    ]
    assert top.below[0].title == "Neoplasms (C00-D49)"
    assert steps(level(diagnosis_library, "19")) == [("S00-S09", 6)]
    section = level(diagnosis_library, "S00-S09")
    assert (steps(section), [step.shown for step in section.above]) == ([("S00", 6)], ["19"])
    inner = level(diagnosis_library, "s00.0")
    assert steps(inner) == [("S00.01", 3), ("S00.03", 3)]
    assert [step.shown for step in inner.above] == ["19", "S00-S09", "S00"]


def test_counts_are_of_the_day(diagnosis_library: Library) -> None:
    assert steps(level(diagnosis_library, "G35-G37")) == [("G35", 2)]
    assert steps(level(diagnosis_library, "G35-G37", date(2025, 5, 1))) == [("G35", 1)]


def test_a_complete_code_has_nothing_below(diagnosis_library: Library) -> None:
    found = level(diagnosis_library, "C44.1121")
    assert found.below == () and found.here is not None and found.here.is_billable


def test_a_list_of_billable_codes_stands_under_letters(diagnosis_library: Library) -> None:
    top = level(diagnosis_library, "", LISTED)
    assert not top.chapters
    assert steps(top) == [("C", 1), ("G", 1), ("H", 1), ("M", 3), ("R", 2)]
    assert steps(level(diagnosis_library, "M", LISTED)) == [("M54", 3)]
    category = level(diagnosis_library, "M54", LISTED)
    assert steps(category) == [("M54.50", 1), ("M54.51", 1), ("M54.59", 1)]
    assert [step.shown for step in level(diagnosis_library, "M54.50", LISTED).above] == ["M", "M54"]


def test_an_order_file_alone_has_headers_without_chapters(diagnosis_library: Library) -> None:
    assert steps(level(diagnosis_library, "H", ORDERED)) == [("H81", 2)]
    assert [step.shown for step in level(diagnosis_library, "H81.41", ORDERED).above] == ["H", "H81.4"]


@pytest.mark.parametrize("place", ["23", "A00-A09", "B", "C99", "2x", "%", "G35.A"])
def test_no_such_place(diagnosis_library: Library, place: str) -> None:
    with pytest.raises(NotFound):
        level(diagnosis_library, place, date(2025, 5, 1))
