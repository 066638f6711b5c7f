"""Questions told in words: cases that a rule answers, words that a code meets by chance, and short ones that go on."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.assistant.answer import answer, day_of
from codeward.assistant.memory import Memory
from codeward.assistant.reading.read_question import read_question
from codeward.assistant.reading.sites_said import site_modifier
from codeward.assistant.reply import ANSWER, CLARIFY, NOT_LOADED, REFUSE
from codeward.assistant.routing.going_on import made_whole
from codeward.store.library import Library

ON = date(2025, 11, 1)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("EMR copies yesterday's note forward every day, same exam word for word. risk?", "cloned-notes"),
        ("medicare pt sees PA for a brand new problem, dr in the building. incident to?", "incident-to-new-problem"),
        ("locum covering a doctor on maternity leave, what modifier and how many days max", "locum-q5-q6"),
        ("Outpatient: rule out MI, chest pain only. Can I code the MI?", "uncertain-diagnosis-outpatient"),
    ],
)
def test_a_case_in_a_sentence_is_answered_by_its_rule(small_library: Library, text: str, note: str) -> None:
    reply = answer(small_library, text, ON)
    assert reply.kind == ANSWER
    assert any(item.subject == note for said in reply.statements for item in said.evidence), reply.text


@pytest.mark.parametrize(
    "text",
    [
        "summarize the news",
        "recommend an EHR",
        "Whats the weather in tampa tomorrow",
        "translate 'knee pain' to Spanish",
    ],
)
def test_a_code_met_by_chance_is_no_answer(small_library: Library, text: str) -> None:
    assert answer(small_library, text, ON).kind == NOT_LOADED


def test_a_code_that_is_no_code_and_a_word_of_thanks(small_library: Library) -> None:
    assert answer(small_library, "whats G9999Z", ON).kind == NOT_LOADED
    assert "no such code" in answer(small_library, "modifier Q0Z how do i use it", ON).text
    assert answer(small_library, "thanks so much!", ON).kind == CLARIFY
    assert answer(small_library, "Who owns L33689?", ON).intent != "misshapen"


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("ptosis repair 67904 right upper lid", "E3"),
        ("hammertoe 28285 left 3rd toe", "T2"),
        ("trigger release right ring finger", "F8"),
        ("great toe, left", "TA"),
        ("stent in the circumflex", "LC"),
        ("upper and lower lid, right", ""),
        ("third toe", ""),
        ("left knee", ""),
    ],
)
def test_a_site_is_named_by_its_modifier(text: str, modifier: str) -> None:
    assert site_modifier(text) == modifier


def test_the_modifier_of_a_site_is_told(small_library: Library) -> None:
    reply = answer(small_library, "which modifier for the right ring finger", ON)
    assert reply.intent == "site_modifier"
    assert "F8" in reply.text


@pytest.mark.parametrize(
    ("text", "memory", "whole"),
    [
        ("and for 80?", Memory(codes=("J3301",), intent="worksheet", asked="mg"), "How many units of J3301 for 80 mg"),
        ("and 11", Memory(place="22", intent="describe"), "POS 11"),
        ("and N525?", Memory(intent="denial"), "What does denial code N525 mean?"),
        ("401.9?", Memory(intent="former_icd"), "ICD-9 401.9 to ICD-10"),
        ("other knee?", Memory(intent="find", words="arthritis right knee"), "arthritis left knee"),
        ("both?", Memory(intent="find", words="arthritis right knee"), "arthritis bilateral knee"),
        ("and 11", Memory(codes=("99213",), place="22", intent="describe"), "and 11"),
        ("and for 80?", Memory(intent="pair"), "and for 80?"),
    ],
)
def test_a_short_question_is_made_whole(text: str, memory: Memory, whole: str) -> None:
    assert made_whole(text, memory) == whole


def test_the_year_asked_for_goes_before_the_day_that_is_remembered(small_library: Library) -> None:
    question = read_question(small_library, "in 2025?", ON)
    assert day_of(question, Memory(on="2019-03-01"), ON) == ON


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who is the part b mac for ohio", "CGS"),
        ("Does Noridian or WPS handle Part B for Michigan?", "WPS"),
        ("is noridian the mac for ohio?", "No, not Noridian"),
    ],
)
def test_which_contractor_serves_a_state(small_library: Library, text: str, said: str) -> None:
    reply = answer(small_library, text, ON)
    assert reply.intent == "contractor"
    assert said in reply.text


def test_stages_without_a_site_are_asked_back(small_library: Library) -> None:
    reply = answer(small_library, "How do I bill mohs with 2 stages of 4 and 6 blocks?", ON)
    assert reply.kind == CLARIFY
    done = answer(small_library, "on the nose", ON, memory=reply.memory)
    assert "17311: 1 unit" in done.text
    assert "17315: 1 unit" in done.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pt signed nothing. can i backdate an ABN now that the claim denied", "before the service"),
        ("waive all copays for medicare pts as a marketing thing?", "kickback"),
        ("draft a query telling the doctor to document severe malnutrition so we pick up the MCC", "leading"),
        ("doc documented 15 min but we need 99215 to hit target, how to word the note", "documented"),
    ],
)
def test_a_refusal_speaks_of_what_was_asked(small_library: Library, text: str, says: str) -> None:
    reply = answer(small_library, text, ON)
    assert reply.kind == REFUSE
    assert says in reply.text
