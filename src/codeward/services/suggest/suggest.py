"""Suggest: a note in, candidate codes out, each with its place in the text, its reason and what else it could be."""

from __future__ import annotations

from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, NotLoaded
from codeward.core.notes import Candidate, Suggestion
from codeward.services.notes.read_note import read_note
from codeward.services.suggest.chronic import Chronic
from codeward.services.suggest.drafts import INPATIENT, OUTPATIENT, Draft, Drafts
from codeward.services.suggest.edition import Edition
from codeward.services.suggest.encounter import drop_integral_symptoms, keep_the_narrower, keep_the_sited
from codeward.services.suggest.mentions import Spoken, mentions_of
from codeward.services.suggest.standing_rules import judged
from codeward.services.view import View
from codeward.store.library import Library

CODES = "icd-10-cm"
LONGEST = 400_000
"""Characters of one note; a page of print has about 3,000."""
NEVER_COMPLETE = (
    "This list is never complete: it holds what the dictionary of the loaded editions recognised in the text, and "
    "a coder decides."
)
NO_PROCEDURES = "Procedures and services (CPT, HCPCS, ICD-10-PCS) were not looked for."


def suggest(library: Library, text: str, on: date, *, most: int = 10, setting: str = OUTPATIENT) -> Answer[Suggestion]:
    """Codes that a note supports on a date of service, those to report first; at most `most` of them.

    `setting` decides what becomes of uncertain diagnoses: not reported "outpatient" (Guidelines IV.H), reported
    "inpatient" (II.H). Raises BadInput for an empty or overlong text, NotLoaded where no ICD-10-CM speaks for the day.
    """
    _refuse(text, setting)
    view = View(library, on)
    release = view.edition(CODES)
    if release is None:
        raise NotLoaded(f"nothing to suggest from: no edition of {CODES} that speaks for {on} is loaded")
    note = read_note(text)
    edition = Edition(library, release)
    spoken = mentions_of(note, edition)
    drafts = _drafts(spoken, setting, Chronic(view))
    found = tuple(_ranked(drafts)[:most])
    for item in found:
        view.find(CODES, code=item.code.value)
    mentions = tuple(item.mention for item in spoken)
    return view.answer(Suggestion(note, mentions, found, (NEVER_COMPLETE, NO_PROCEDURES)))


def _refuse(text: str, setting: str) -> None:
    if setting not in (OUTPATIENT, INPATIENT):
        raise BadInput(f"setting: expected {OUTPATIENT} or {INPATIENT}, found {setting!r}")
    if not text.strip():
        raise BadInput("nothing to read: the note is empty")
    if len(text) > LONGEST:
        raise BadInput(f"the note is {len(text):,} characters long: at most {LONGEST:,} are read")


def _drafts(spoken: list[Spoken], setting: str, chronic: Chronic) -> Drafts:
    drafts = Drafts(setting)
    for item in spoken:
        for draft in judged(item, setting, chronic):
            drafts.add(draft)
    keep_the_sited(drafts)
    keep_the_narrower(drafts)
    drop_integral_symptoms(drafts)
    return drafts


def _ranked(drafts: Drafts) -> list[Candidate]:
    ranked: list[Draft] = sorted(drafts.by_code.values(), key=lambda item: (not item.accepted, -item.score))
    return [item.finished() for item in ranked]
