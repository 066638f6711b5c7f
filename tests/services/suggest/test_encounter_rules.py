"""Each rule of the guidelines has a note on which it acts and one on which it does not."""

from __future__ import annotations

from collections.abc import Callable

from codeward.core.notes import Candidate
from codeward.services.suggest.suggest import suggest
from codeward.store.library import Library
from services.suggest.conftest import ON

Reported = Callable[..., set[str]]
One = Callable[..., Candidate]


def test_a_denied_condition_is_not_reported(reported: Reported, candidate: One) -> None:
    assert reported("Denies fever.") == set()
    assert "IV.J" in candidate("Denies fever.", "R50.9").reason
    assert reported("Has fever.") == {"R50.9"}


def test_an_uncertain_diagnosis_waits_for_its_symptom_outpatient(reported: Reported, candidate: One) -> None:
    text = "Cough, probable pneumonia."
    assert reported(text) == {"R05.9"}
    assert "IV.H" in candidate(text, "J18.9").reason
    assert "J18.9" in reported(text, setting="inpatient")
    assert "II.H" in candidate(text, "J18.9", setting="inpatient").reason


def test_a_symptom_is_part_of_the_disease_it_belongs_to(reported: Reported, candidate: One) -> None:
    assert reported("Cough. Pneumonia.") == {"J18.9"}
    assert "I.B.5" in candidate("Cough. Pneumonia.", "R05.9").reason
    assert reported("Cough. Hypertension.") == {"R05.9", "I10"}


def test_history_of_a_cancer_is_a_history_code(reported: Reported, candidate: One) -> None:
    assert reported("History of breast cancer.") == {"Z85.3"}
    assert "I.C.21.c.4" in candidate("History of breast cancer.", "Z85.3").reason


def test_history_of_a_chronic_condition_is_the_condition(reported: Reported, candidate: One) -> None:
    assert reported("History of hypertension.") == {"I10"}
    assert "IV.I" in candidate("History of hypertension.", "I10").reason
    assert reported("History of pneumonia.") == {"Z87.01"}


def test_a_relative_has_it(reported: Reported, candidate: One) -> None:
    assert reported("Her father had colon cancer.") == {"Z80.0"}
    family = candidate("Her father had colon cancer.", "Z80.0")
    assert (family.missing, family.alternatives) == ((), ())
    assert reported("She has colon cancer.") == {"C18.9"}


def test_kidney_disease_goes_with_diabetes_and_hypertension(reported: Reported, candidate: One) -> None:
    text = "1. Type 2 diabetes\n2. Hypertension\n3. CKD stage 3a"
    assert reported(text) == {"E11.22", "I12.9", "N18.31"}
    assert "I.C.9.a.2" in candidate(text, "I12.9").reason
    assert "I.A.15" in candidate(text, "E11.22").reason
    assert reported("1. Type 2 diabetes\n2. Hypertension") == {"E11.9", "I10"}


def test_the_narrower_code_is_kept(reported: Reported, candidate: One) -> None:
    text = "Chronic kidney disease. Chronic kidney disease stage 3a."
    assert reported(text) == {"N18.31"}
    assert "I.B.2" in candidate(text, "N18.9").reason
    assert reported("Chronic kidney disease.") == {"N18.9"}


def test_what_the_assessment_leaves_out_is_not_reported(reported: Reported, candidate: One) -> None:
    text = "HPI: He has had a cough.\nAssessment: Hypertension."
    assert reported(text) == {"I10"}
    assert "IV.J" in candidate(text, "R05.9").reason
    assert reported("HPI: He has had a cough.\nAssessment: Cough.") == {"R05.9"}


def test_the_episode_of_an_injury(reported: Reported) -> None:
    sprain = "sprain of the medial collateral ligament of the left knee"
    assert reported(f"Seen today: {sprain}.") == {"S83.412A"}
    assert reported(f"Follow-up of {sprain}.") == {"S83.412D"}
    assert reported(f"Seen today: {sprain}. Return for care in 2 weeks.") == {"S83.412A"}


def test_body_mass_only_beside_a_weight_diagnosis(reported: Reported) -> None:
    assert reported("Obesity, BMI 36.4.") == {"E66.9", "Z68.36"}
    assert reported("Hypertension, BMI 36.4.") == {"I10"}


def test_long_term_drugs_and_statuses(reported: Reported) -> None:
    assert reported("Takes insulin daily.") == {"Z79.4"}
    assert reported("Insulin level was drawn.") == set()
    assert reported("Former smoker.") == {"Z87.891"}
    assert reported("Pacemaker in place.") == {"Z95.0"}


def test_codes_set_apart_are_a_warning_and_stay(note_library: Library) -> None:
    both = suggest(note_library, "Type 1 diabetes. Type 2 diabetes.", ON)
    assert {item.code.shown for item in both.value.codes if item.accepted} == {"E10.9", "E11.9"}
    assert any("Excludes1" in caveat.text for caveat in both.warnings)
    alone = suggest(note_library, "Type 1 diabetes.", ON)
    assert not any("Excludes1" in caveat.text for caveat in alone.warnings)
