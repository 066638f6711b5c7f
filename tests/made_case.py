"""A made note of a person who never was, and a suggestion written for it by hand."""

from __future__ import annotations

from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.notes import Candidate, CodeFound, Masked, Mention, Note, Standing, Suggestion
from codeward.store.library import Library

NAME, BORN = "Zebulon Quill", "03/14/1951"
NOTE = f"""Patient: {NAME}  DOB: {BORN}

HPI: Red scaly spots on the scalp. Denies fever. Possible psoriasis. Had melanoma in 2009. Mother had lupus.
Assessment: 1. Actinic keratosis, scalp. 2. Basal cell carcinoma of the right upper eyelid.
"""
MASK = "\u2588"
BCC = Code("icd-10-cm", "C441121")


def _place(words: str) -> tuple[int, int]:
    start = NOTE.index(words)
    return start, start + len(words)


def _mention(words: str, cue: str = "", **standing: bool) -> Mention:
    return Mention(words, *_place(words), Standing(**standing, cue=_place(cue) if cue else None), ())


def suggestion() -> Suggestion:
    """Five mentions of different standing; two candidates that would be reported and one that would not."""
    masked = NOTE.replace(NAME, MASK * len(NAME)).replace(BORN, MASK * len(BORN))
    note = Note(masked, (Masked("name", *_place(NAME)), Masked("date", *_place(BORN))), (), ())
    mentions = (
        _mention("fever", "Denies", negated=True),
        _mention("psoriasis", "Possible", uncertain=True),
        _mention("melanoma", "Had", historical=True),
        _mention("lupus", "Mother", family=True),
        _mention("Red scaly spots"),
        _mention("Actinic keratosis"),
        _mention("Basal cell carcinoma of the right upper eyelid"),
    )
    other = CodeFound(Code("icd-10-cm", "C441122"), "Basal cell carcinoma of right lower eyelid", 0.4, "the other lid")
    codes = (
        Candidate(Code("icd-10-cm", "L570"), "Actinic keratosis", 0.93, True, (_place("Actinic keratosis"),),
                  "title", "named in the assessment"),
        Candidate(BCC, "Basal cell carcinoma of right upper eyelid", 0.9, True,
                  (_place("Basal cell carcinoma of the right upper eyelid"),), "title with side", "named", ("margin",),
                  (other,)),
        Candidate(Code("cpt", "17311"), "", 0.5, False, (_place("Basal cell carcinoma"),), "made up", "only planned",
                  units=2),
    )  # fmt: skip
    return Suggestion(note, mentions, codes, ("Laboratory values were not read.",))


def suggest(
    library: Library, text: str, on: date, *, most: int = 10, setting: str = "outpatient"
) -> Answer[Suggestion]:
    """Stands in for the service where what it finds does not matter."""
    return Answer(suggestion(), on)
