"""Standing: what a note says of a condition, marked by brackets in sentences of our own."""

from __future__ import annotations

import pytest

from codeward.core.notes import Standing
from codeward.services.notes.read_note import read_note
from codeward.services.notes.standing import standing_of

MARKS = ("negated", "uncertain", "historical", "hypothetical", "family")


def judged(marked: str) -> tuple[Standing, str]:
    """The standing of what stands in << >>, and the words that say so."""
    start = marked.index("<<")
    text = marked.replace("<<", "").replace(">>", "")
    end = marked.index(">>") - 2
    note = read_note(text)
    standing = standing_of(note, start, end)
    return standing, note.text[slice(*standing.cue)] if standing.cue else ""


def marks(marked: str) -> set[str]:
    standing, _ = judged(marked)
    return {name for name in MARKS if getattr(standing, name)}


@pytest.mark.parametrize(
    "text",
    [
        "No <<fever>>.",
        "She denies fever, chills, or <<cough>>.",
        "Denies any nausea, no vomiting, <<diarrhea>>.",
        "Without <<edema>>.",
        "There is no evidence of <<melanoma>>.",
        "Negative for <<malignancy>>.",
        "Neg. for <<malignancy>>",
        "He has not had any <<chest pain>>.",
        "The patient did not complain of <<headache>>.",
        "She doesn't have <<asthma>>.",
        "Never had <<gout>>.",
        "Neither <<fever>> nor cough.",
        "Free of <<pain>>.",
        "<<Pneumonia>> was ruled out.",
        "<<Masses>> are not palpable.",
        "<<Chest pain>>: none",
        "<<Cough>> absent.",
        "<<Fever>> denied.",
        "MI has been ruled out; so has <<stroke>>, denied.",
        "(-) <<wheezing>>",
        "[ ] <<bleeding>>",
        "Findings are not consistent with <<aortic dissection>>.",
        "Low suspicion for <<pulmonary embolism>>.",
        "She denies that she has had <<syncope>>.",
        "No symptoms such as <<fever>>.",
        "Denies chest pain as well as <<dyspnea>>.",
        "ROS: negative for <<hematuria>>",
    ],
)
def test_denied(text: str) -> None:
    assert "negated" in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "He has <<fever>>.",
        "No fever but has <<cough>>.",
        "Denies fever; <<cough>> for three days.",
        "No pain except for <<headache>>.",
        "No fever, (+) <<cough>>.",
        "She denies pain, however reports <<itching>>.",
        "No change in <<asthma>>.",
        "Gram-negative <<sepsis>>.",
        "Not only <<gout>> but pain.",
        "<<Hypertension>> not well controlled.",
        "No increase in <<edema>>.",
        "We do not know the cause of her <<pancreatitis>>.",
        "[x] <<bleeding>>",
        "Without treatment for <<anemia>>.",
        "She has no cough. <<Fever>> since Monday.",
        "No relief of <<pain>>.",
    ],
)
def test_not_denied(text: str) -> None:
    assert "negated" not in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Probable <<pneumonia>>.",
        "Suspected <<melanoma>> of the back.",
        "Questionable <<fracture>>.",
        "Rule out <<myocardial infarction>>.",
        "r/o <<DVT>>",
        "Findings compatible with <<sarcoidosis>>.",
        "Consistent with <<gout>>.",
        "Working diagnosis: <<lupus>>",
        "<<BCC>> vs. SCC.",
        "BCC versus <<SCC>>.",
        "Likely <<viral syndrome>>.",
        "Concern for <<cellulitis>>.",
        "Cannot exclude <<fracture>>.",
        "<<Fracture>> cannot be excluded.",
        "<<Malignancy>> is suspected.",
        "? <<appendicitis>>",
        "<<Appendicitis>>?",
        "Evaluate for <<stroke>>.",
        "This may represent <<metastasis>>.",
        "Appears to be <<psoriasis>>.",
    ],
)
def test_doubted(text: str) -> None:
    assert "uncertain" in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "<<Pneumonia>> confirmed by culture.",
        "He may return to work with <<gout>>.",
        "Evidence of <<fracture>>.",
        "Possible gout. <<Asthma>> is stable.",
        "All questions about <<melanoma>> were answered.",
    ],
)
def test_not_doubted(text: str) -> None:
    assert "uncertain" not in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "History of <<breast cancer>>.",
        "h/o <<stroke>>",
        "s/p <<appendectomy>>",
        "Status post <<hip fracture>> repair.",
        "She had <<pneumonia>> in the past.",
        "<<Pneumonia>> in 2011.",
        "Old <<myocardial infarction>>.",
        "<<Shingles>> three years ago.",
        "PMH: gout, <<asthma>>",
        "Past Medical History\n1. Gout\n2. <<Asthma>>\n",
        "Sequela of <<stroke>>.",
        "<<Lymphoma>> in remission.",
        "<<Hematuria>>, resolved.",
    ],
)
def test_of_the_past(text: str) -> None:
    assert "historical" in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "A man with a history of gout who presents with <<chest pain>>.",
        "Two-day history of <<cough>>.",
        "History of present illness: <<cough>>.",
        "Prior to admission he had <<cough>>.",
        "History of gout. <<Cough>> today.",
        "A 45-year-old man with <<asthma>>.",
        "Assessment: <<asthma>>",
        "Compared with the prior study <<effusion>> is larger.",
    ],
)
def test_of_the_present(text: str) -> None:
    assert "historical" not in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Return if <<fever>> develops.",
        "Call for bleeding, redness or <<pus>>.",
        "Should she develop <<chest pain>>, call 911.",
        "At risk for <<falls>>.",
        "Aspirin to prevent <<stroke>>.",
        "Screening for <<colon cancer>>.",
        "Return to the ED if there is redness or <<fever>>.",
        "Tylenol as needed for <<headache>>.",
        "DVT prophylaxis; heparin for prophylaxis of <<embolism>>.",
    ],
)
def test_foreseen(text: str) -> None:
    assert "hypothetical" in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "He has <<fever>>.",
        "No signs of <<meningitis>>.",
        "Risk factors include <<smoking>>.",
        "Returned with <<fever>>.",
    ],
)
def test_not_foreseen(text: str) -> None:
    assert "hypothetical" not in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mother had <<breast cancer>>.",
        "Family history of <<colon cancer>>.",
        "FAMILY HISTORY: <<melanoma>>, stroke",
        "FHx: <<diabetes>> in father",
        "Her sister, who has <<asthma>>, is well.",
        "<<Colon cancer>> in his brother.",
        "<<Diabetes>> runs in the family.",
        "Maternal aunt with <<lupus>>.",
    ],
)
def test_of_another(text: str) -> None:
    assert "family" in marks(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mother reports <<fever>> since Monday.",
        "Brought by her mother for <<cough>>.",
        "Lives with his wife. He has <<gout>>.",
        "No family history; patient has <<gout>>.",
        "Child-Pugh B <<cirrhosis>>.",
        "Follows with family medicine for <<gout>>.",
        "Seen with daughter, he has <<gout>>.",
    ],
)
def test_of_the_patient(text: str) -> None:
    assert "family" not in marks(text)


def test_an_affirmed_condition_has_no_cue() -> None:
    assert judged("Assessment: <<gout>> of the left foot.") == (Standing(), "")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("She denies <<fever>>.", "denies"),
        ("<<Fever>> was ruled out.", " was ruled out"),
        ("PMH: <<asthma>>", "PMH"),
        ("Rule out <<gout>>.", "Rule out"),
        ("FAMILY HISTORY:\n<<gout>>", "FAMILY HISTORY"),
    ],
)
def test_the_cue_is_what_says_so(text: str, cue: str) -> None:
    assert judged(text)[1] == cue


def test_a_list_of_thirty_denied_symptoms_is_denied_to_its_end() -> None:
    listed = ", ".join(f"symptom{number}" for number in range(30))
    assert "negated" in marks(f"She denies {listed} or <<hives>>.")


def test_a_mention_that_is_a_heading_is_judged_too() -> None:
    assert judged("<<ALLERGIES>>: none")[0] == Standing()


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [
        ("Non-insulin-dependent diabetes and hypertension.", "hypertension", False),
        ("A man with no history of interest, who consulted for asthenia.", "asthenia", False),
        ("No fever, with anemia.", "anemia", False),
        ("No fever, with no anemia.", "anemia", True),
        ("Non-painful mass.", "painful", True),
    ],
)
def test_a_denial_reaches_no_further_than_it_should(text: str, words: str, held: bool) -> None:
    start = text.index(words)
    assert standing_of(read_note(text), start, start + len(words)).negated is held


def test_a_family_history_ends_where_the_note_turns_to_the_patient() -> None:
    told = "Family history: uncle with gout. Neurological examination was normal. Weakness of the arms."
    start = told.index("Weakness")
    assert not standing_of(read_note(told), start, start + 8).family
    start = told.index("gout")
    assert standing_of(read_note(told), start, start + 4).family
