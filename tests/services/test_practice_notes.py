"""Practice notes found by code, by modifier and by the words of a question, as of a day."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotFound
from codeward.services.look_up import look_up
from codeward.services.practice_note_list import note_list, note_page
from codeward.services.practice_notes import ANSWERS, NOTES, find_notes, notes_of, notes_of_modifier
from codeward.services.view import View
from codeward.store.library import Library

DAY = date(2024, 8, 15)


def best(
    library: Library, words: str, on: date = DAY, codes: tuple[str, ...] = (), modifiers: tuple[str, ...] = ()
) -> str:
    found = find_notes(View(library, on), words, codes, modifiers)
    return found[0].note.row.name if found and found[0].score >= ANSWERS else ""


@pytest.mark.parametrize(
    ("words", "codes", "modifiers", "name"),
    [
        ("Which line takes 59?", (), ("59",), "modifier-59-line"),
        ("Does 76 bypass an NCCI edit?", (), ("76",), "modifier-76-77-22-no-bypass"),
        ("Will Medicare pay 99243?", ("99243",), (), "consultation-codes"),
        ("Is 99396 covered by Medicare?", ("99396",), (), "preventive-visit-not-covered"),
        ("Bill 17311 when a pathologist read the slides?", ("17311",), (), "mohs-one-physician"),
        ("How is a level 4 office visit chosen?", (), (), "office-visit-level-4"),
        ("Can I code probable pneumonia for an office visit?", (), (), "uncertain-diagnosis-outpatient"),
        ("which is first: hypertension with heart failure", (), (), "hypertension-heart-failure"),
        ("what does CO-50 with N115 mean", (), (), "co-50-n115"),
        ("pay for 27447 with AS", ("27447",), ("AS",), "assistant-rates"),
    ],
)
def test_a_question_meets_its_note(
    small_library: Library, words: str, codes: tuple[str, ...], modifiers: tuple[str, ...], name: str
) -> None:
    assert best(small_library, words, codes=codes, modifiers=modifiers) == name


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("MUE of J0585", ("J0585",)),
        ("17311 and 88305", ("17311", "88305")),
        ("weather in Boston tomorrow", ()),
        ("national payment for 20610 in 2024", ("20610",)),
        ("what does 99213 pay in Ohio", ("99213",)),
        ("hello", ()),
        ("", ()),
    ],
)
def test_what_no_note_answers_meets_none(small_library: Library, words: str, codes: tuple[str, ...]) -> None:
    assert best(small_library, words, codes=codes) == ""


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2018, 8, 15), "modifier-59-line-before-2019-07"),
        (date(2019, 6, 30), "modifier-59-line-before-2019-07"),
        (date(2019, 7, 1), "modifier-59-line"),
    ],
)
def test_the_note_of_the_day_answers(small_library: Library, on: date, name: str) -> None:
    assert best(small_library, "which line takes 59", on, modifiers=("59",)) == name


def test_notes_of_a_code_begin_with_those_that_name_it_alone(small_library: Library) -> None:
    view = View(small_library, DAY)
    named = [item.row.name for item in notes_of(view, Code("cpt", "17315"))]
    assert named[0] == "mohs-blocks-over-five"
    assert "mohs-one-physician" in named
    assert not notes_of(view, Code("hcpcs", "E0100"))
    assert any(item.row.name == "hypertension-heart-failure" for item in notes_of(view, Code("icd-10-cm", "I5032")))
    assert not notes_of(view, Code("hcpcs", "I5032"))


def test_notes_of_a_modifier(small_library: Library) -> None:
    named = [item.row.name for item in notes_of_modifier(View(small_library, DAY), "kx")]
    assert named[0] == "kx"
    assert "therapy-threshold" in named


def test_every_note_cites_its_own_file(small_library: Library) -> None:
    view = View(small_library, DAY)
    for item in find_notes(view, "which line takes 59", modifiers=("59",)):
        assert item.note.source.file == f"{item.note.row.name}.note.toml"
        assert item.note.source in view.sources


def test_a_modifier_page_has_its_notes(small_library: Library) -> None:
    section = look_up(small_library, "59", DAY, "modifier").value.section(NOTES)
    assert section is not None
    assert "Which line of a pair takes 59" in {line.cells[0].text for line in section.tables[0].lines}


def test_the_list_by_topic_and_by_words(small_library: Library) -> None:
    shelves = note_list(small_library, DAY).value
    assert sum(len(shelf.notes) for shelf in shelves) > 200
    (near,) = note_list(small_library, DAY, "split or shared visit", "guidelines").value
    assert near.notes[0].row.name == "split-shared-2024"
    with pytest.raises(BadInput, match="no topic"):
        note_list(small_library, DAY, topic="weather")


def test_a_note_of_other_days_says_so(small_library: Library) -> None:
    assert note_page(small_library, "modifier-59-line", DAY).value.held
    assert not note_page(small_library, "modifier-59-line", date(2018, 1, 1)).value.held
    with pytest.raises(NotFound, match="no practice note"):
        note_page(small_library, "nothing", DAY)


def test_a_hostile_question_takes_no_time(small_library: Library) -> None:
    find_notes(View(small_library, DAY), "warm")
    started = process_time()
    for sign in ("a", "9", ".", " ", "e/m", "1/"):
        find_notes(View(small_library, DAY), sign * 300_000)
    assert process_time() - started < 10
