"""Rules that look at the whole note: what they report, and what leaves them silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codeward.core.notes import Candidate, Suggestion
from codeward.services.suggest.abbreviations import Meanings
from codeward.services.suggest.given_drugs import doses_in
from codeward.services.suggest.pregnancy import trimester_of, weeks_of

Reported = Callable[..., set[str]]
One = Callable[..., Candidate]
Read = Callable[..., Suggestion]


def test_what_a_stroke_left_behind_is_a_sequela(reported: Reported, candidate: One) -> None:
    text = "Residual left hemiparesis after a CVA."
    assert reported(text) == {"I69.354"}
    assert "I.C.9.d" in candidate(text, "I69.354").reason
    assert reported("Left hemiparesis following stroke.") == {"I69.354"}
    assert "I69.354" not in reported("Left hemiparesis.")
    assert "I69.354" not in reported("Left hemiparesis.\nHer father had a stroke.")


def test_the_left_side_is_taken_as_not_dominant(reported: Reported) -> None:
    assert reported("Left hemiparesis.") == {"G81.94"}


def test_dementia_stands_beside_its_cause(reported: Reported) -> None:
    assert reported("Alzheimer's disease, moderate dementia with agitation.") >= {"G30.9", "F02.B11"}
    assert reported("Alzheimer's disease with dementia.") >= {"G30.9", "F02.80"}
    assert reported("Alzheimer's disease.") == {"G30.9"}


def test_weeks_and_trimester_of_a_pregnancy(reported: Reported) -> None:
    assert reported("Pregnant, IUP at 32 weeks. Anemia.") == {"D64.9", "O99.013", "Z3A.32"}
    assert reported("Anemia for 32 weeks.") == {"D64.9"}


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("IUP 24w2d", 24),
        ("G2P1 at 32 weeks", 32),
        ("a 9-week pregnancy", 9),
        ("cough for 3 weeks", None),
        ("IUP", None),
    ],
)
def test_weeks_as_notes_write_them(text: str, weeks: int | None) -> None:
    assert weeks_of(text) == weeks


def test_trimesters_change_with_weeks_14_and_28() -> None:
    assert [trimester_of(weeks) for weeks in (13, 14, 27, 28)] == [1, 2, 2, 3]


def test_follow_up_after_a_cancer_is_another_code(reported: Reported) -> None:
    assert "Z08" in reported("Assessment: follow up after completed treatment of prostate cancer.")
    assert "Z09" not in reported("Assessment: follow up after completed treatment of prostate cancer.")
    assert "Z09" in reported("Assessment: follow up after completed treatment of pneumonia.")


def test_a_listed_condition_under_treatment_is_reported(reported: Reported, candidate: One) -> None:
    text = "PMH: hypothyroidism.\nMedications: {}\nAssessment: Cough."
    assert reported(text.format("levothyroxine 88 mcg")) == {"E03.9", "R05.9"}
    assert "levothyroxine" in candidate(text.format("levothyroxine 88 mcg"), "E03.9").reason
    assert reported(text.format("none")) == {"R05.9"}
    assert reported("PMH: hypothyroidism, stopped levothyroxine.\nAssessment: Cough.") == {"R05.9"}
    assert reported("PMH: hypothyroidism on levothyroxine, not addressed.\nAssessment: Cough.") == {"R05.9"}


def test_nausea_and_vomiting_are_one_code(reported: Reported) -> None:
    assert reported("Nausea and vomiting.") == {"R11.2"}
    assert reported("Nausea, no vomiting.") == {"R11.0"}


def test_a_growth_without_a_site_is_not_reported(reported: Reported, candidate: One) -> None:
    assert reported("Cancer.") == set()
    assert candidate("Cancer.", "C80.1").missing == ("site",)
    assert reported("Cancer of the colon.") == {"C18.9"}


def test_an_organ_taken_out_now_is_not_one_that_is_missing(reported: Reported) -> None:
    assert reported("Acquired absence of kidney since 2012.") == {"Z90.5"}
    assert reported("Planned absence of kidney after surgery is discussed.") == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("S1 radiculopathy", "M54.17"),
        ("L4 radiculopathy", "M54.16"),
        ("C6 radiculopathy", "M54.12"),
        ("radiculopathy", "M54.10"),
    ],
)
def test_a_level_of_the_spine_names_its_region(reported: Reported, text: str, code: str) -> None:
    assert reported(text) == {code}


def test_tests_that_show_something_are_no_tests_for_it(reported: Reported) -> None:
    assert reported("Laboratory tests showed anemia.") == {"D64.9"}
    assert reported("Anemia screening test ordered.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Stroke and pneumonia considered and thought not likely.",
        "Pneumonia, stroke and anemia were ruled out.",
        "Pneumonia not present.",
        "Anemia was looked for and not found.",
        "Anemia screen negative.",
    ],
)
def test_a_condition_denied_behind_it_is_not_reported(reported: Reported, text: str) -> None:
    assert reported(text) == set()


def test_a_condition_that_a_later_one_is_denied_beside_stays(reported: Reported) -> None:
    assert reported("He has anemia, and pneumonia was ruled out.") == {"D64.9"}


def test_an_abbreviation_means_what_the_note_speaks_of(reported: Reported) -> None:
    assert reported("RA, seropositive, on methotrexate.") == {"M06.9"}
    assert reported("Oxygen 98% RA.") == set()


def test_an_abbreviation_spelt_out_means_that() -> None:
    text = "Seen in the emergency department (ED). ED course fine. RA."
    assert Meanings(text).at("ED", 30) == {"emergency", "department"} or len(Meanings(text).at("ED", 30) or ()) == 2
    assert Meanings("Erectile trouble, ED.").at("ED", 18)
    assert Meanings("ED course fine.").at("ED", 0) == frozenset()
    assert Meanings("COPD").at("COPD", 0) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ketorolac 60 mg IM given in clinic.",
        "Kenalog 40 mg injected into the right knee today.",
        "ED course: ondansetron 4 mg IV given.",
    ],
)
def test_a_drug_given_at_the_visit_is_found(text: str) -> None:
    assert len(list(doses_in(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Takes metformin 500 mg daily.",
        "Ketorolac 60 mg IM if pain returns.",
        "Start methotrexate 15 mg subq weekly.",
        "Ibuprofen 600 mg given to take at home.",
    ],
)
def test_a_drug_prescribed_or_foreseen_is_not(text: str) -> None:
    assert list(doses_in(text)) == []


def test_what_would_be_reported_comes_first(read: Read) -> None:
    held = [item.accepted for item in read("No fever. No cough. Hypertension. Anemia.").codes]
    assert held == sorted(held, reverse=True)
