"""Reading a note: headings in the ways notes write them, sentences, and limits."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeward.core.faults import BadInput
from codeward.core.notes import Note
from codeward.services.notes.read_note import MOST_CHARACTERS, read_note
from codeward.services.notes.sections import SECTION_NAMES
from codeward.services.notes.standing import standing_of

PIECES = (
    *("PMH:", "\n", "Assessment/Plan\n", "1. ", "- ", "no ", "denies ", "mother ", "history of ", "cough", ", ", ". "),
    *(
        "; ",
        "if ",
        "rule out ",
        "HISTORY OF PRESENT ILLNESS: ",
        "Dr. ",
        "q.i.d. ",
        "## ",
        "**",
        "(-) ",
        "[ ] ",
        "?",
        "█",
    ),
)


def names(text: str) -> list[str]:
    return [section.name for section in read_note(text).sections]


def cut(text: str) -> list[str]:
    note = read_note(text)
    return [" ".join(note.text[item.start : item.end].split()) for item in note.sentences]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("CC: cough", "chief complaint"),
        ("HPI: cough", "present illness"),
        ("HPI 54 y.o. male with cough", "present illness"),
        ("HISTORY OF PRESENT ILLNESS:\ncough", "present illness"),
        ("## History of Present Illness\ncough", "present illness"),
        ("**HPI:** cough", "present illness"),
        ("PMH\ncough", "past medical history"),
        ("Past Medical History: cough", "past medical history"),
        ("2. PAST MEDICAL HISTORY: cough", "past medical history"),
        ("II. Past Surgical History\ncough", "past surgical history"),
        ("Family Hx: cough", "family history"),
        ("SOCIAL HISTORY - smokes", "social history"),
        ("ROS: cough", "review of systems"),
        ("Current Medications:\naspirin", "medications"),
        ("ALLERGIES\nnone", "allergies"),
        ("PHYSICAL EXAMINATION: clear", "exam"),
        ("PE: clear", "exam"),
        ("Labs: normal", "labs"),
        ("IMAGING\nnormal", "imaging"),
        ("Impression: cough", "assessment"),
        ("A: cough", "assessment"),
        ("A/P: cough", "assessment and plan"),
        ("Assessment and Plan\ncough", "assessment and plan"),
        ("Final Diagnosis: cough", "diagnosis"),
        ("PRE-OPERATIVE DIAGNOSIS: cough", "preoperative diagnosis"),
        ("Postop diagnosis: cough", "postoperative diagnosis"),
        ("PROCEDURE: Mohs", "procedure"),
        ("Indications: cough", "indication"),
        ("FINDINGS: cough", "findings"),
        ("Plan: rest", "plan"),
        ("Hospital Course: rest", "hospital course"),
        ("DISCHARGE INSTRUCTIONS: rest", "discharge"),
    ],
)
def test_a_heading_opens_its_section(heading: str, name: str) -> None:
    assert names(heading) == [name]
    assert name in SECTION_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "He has a plan to stop smoking.",
        "Time: 10:30, ratio 3:1",
        "assessment of gait was normal",
        "Blood pressure: 140/90",
        "The impression: none was made on him.",
    ],
)
def test_what_is_no_heading_opens_none(text: str) -> None:
    assert names(text) == [""]


def test_headings_within_a_line_cut_it() -> None:
    text = (
        "CHIEF COMPLAINT: Cough. HISTORY OF PRESENT ILLNESS: Dry cough. Family History: Mother had asthma. PLAN: Rest."
    )
    assert names(text) == ["chief complaint", "present illness", "family history", "plan"]


def test_parts_of_an_examination_stay_in_it() -> None:
    text = "ROS:\nConstitutional: no fever\nCV: no chest pain\nPHYSICAL EXAM:\nHEENT: normal\nLUNGS: clear\nPLAN: rest"
    assert names(text) == ["review of systems", "exam", "plan"]


def test_an_unknown_heading_in_capitals_ends_the_history_before_it() -> None:
    note = read_note("PMH: asthma\nTODAY WE SPOKE: he has gout\n")
    assert [item.section for item in note.sentences] == ["past medical history", ""]


def test_a_problem_in_capitals_stays_in_the_assessment() -> None:
    note = read_note("ASSESSMENT AND PLAN:\nHYPERTENSION: stable.\nPE: on heparin.\nGOUT: resolved.\n")
    assert {item.section for item in note.sentences} == {"assessment and plan"}
    assert cut(note.text) == ["HYPERTENSION: stable.", "PE: on heparin.", "GOUT: resolved."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He has gout. She has asthma.", ["He has gout.", "She has asthma."]),
        ("A 2.3 cm lesion, A1c 9.2. No fever.", ["A 2.3 cm lesion, A1c 9.2.", "No fever."]),
        ("Seen by Dr. Oakes for gout.", ["Seen by Dr. ████ for gout."]),
        ("Takes it q.i.d. with food. No pain.", ["Takes it q.i.d. with food.", "No pain."]),
        ("Takes Lopressor p.o. She is well.", ["Takes Lopressor p.o.", "She is well."]),
        ("A 65 y.o. female with gout.", ["A 65 y.o. female with gout."]),
        ("BCC vs. SCC of the nose.", ["BCC vs. SCC of the nose."]),
        ("1. Gout\n2. Asthma\n- COPD", ["1. Gout", "2. Asthma", "- COPD"]),
        ("1) gout 2) asthma", ["1) gout", "2) asthma"]),
        (
            "Denies fever, chills or night\nsweats and has\nno cough.",
            ["Denies fever, chills or night sweats and has no cough."],
        ),
        ("Gout\nAsthma", ["Gout", "Asthma"]),
        ("denies pain. reports fever", ["denies pain.", "reports fever"]),
        ("Is it gout? No!", ["Is it gout?", "No!"]),
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == [item.replace("████", "█" * 5) for item in sentences]


def test_a_text_beyond_the_limit_is_refused_in_one_line() -> None:
    with pytest.raises(BadInput, match="1,000,001 characters"):
        read_note("a" * (MOST_CHARACTERS + 1))


def well_formed(note: Note, length: int) -> None:
    at = 0
    for section in note.sections:
        assert at <= section.start < section.end <= length
        at = section.end
    at = 0
    for sentence in note.sentences:
        assert at <= sentence.start < sentence.end <= length
        assert note.text[sentence.start : sentence.end].strip() == note.text[sentence.start : sentence.end]
        at = sentence.end


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)),
    st.integers(0, 300),
    st.integers(0, 40),
)
def test_any_text_is_read_and_any_place_judged(text: str, start: int, width: int) -> None:
    note = read_note(text)
    assert len(note.text) == len(text)
    well_formed(note, len(text))
    start = min(start, len(text))
    end = min(start + width, len(text))
    standing = standing_of(note, start, end)
    told = (standing.negated, standing.uncertain, standing.historical, standing.hypothetical, standing.family)
    assert any(told) == (standing.cue is not None)
    if standing.cue:
        assert 0 <= standing.cue[0] <= standing.cue[1] <= len(text)


def test_five_pages_are_read_well_within_a_tenth_of_a_second() -> None:
    page = "HPI: She denies fever, chills and cough but has a 2.3 cm lesion. No bleeding. PMH: gout, asthma.\n"
    text = (page * 200)[:15_000]
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.1


@pytest.mark.parametrize("unit", ["1", "a", "Aa-", "Patient: "])
def test_a_megabyte_of_the_same_is_read_in_linear_time(unit: str) -> None:
    """Quadratic reading of any of these would take minutes."""
    assert _seconds((unit * MOST_CHARACTERS)[:MOST_CHARACTERS]) < 60


def test_a_place_in_a_megabyte_without_a_stop_is_judged_at_once() -> None:
    note = read_note("no cough, " * 20_000)
    begun = time.process_time()
    for start in range(3, 200_000, 1_000):
        standing_of(note, start, start + 5)
    assert time.process_time() - begun < 5


def _seconds(text: str) -> float:
    begun = time.process_time()
    read_note(text)
    return time.process_time() - begun
