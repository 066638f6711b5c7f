"""Suggest: a note in, candidate codes out, each with its place in the text, its reason and what else it could be."""

from __future__ import annotations

from datetime import date

from codeward.core.answers import Answer, Caveat
from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotLoaded
from codeward.core.notes import Candidate, Note, Suggestion
from codeward.services.notes.read_note import read_note
from codeward.services.suggest.addressed import keep_what_is_addressed
from codeward.services.suggest.body_mass import add_body_mass
from codeward.services.suggest.chronic import Chronic
from codeward.services.suggest.combinations import combine
from codeward.services.suggest.dementia import add_dementia
from codeward.services.suggest.drafts import INPATIENT, OUTPATIENT, Draft, Drafts
from codeward.services.suggest.edition import Edition
from codeward.services.suggest.encounter import (
    drop_integral_symptoms,
    keep_one_examination,
    keep_the_narrower,
    keep_the_sited,
    turn_down_unsited,
)
from codeward.services.suggest.follow_up import tell_cancer_apart
from codeward.services.suggest.given_drugs import given_drugs
from codeward.services.suggest.mentions import Spoken, mentions_of
from codeward.services.suggest.pregnancy import add_pregnancy
from codeward.services.suggest.procedures import procedures_in
from codeward.services.suggest.searched import searched_for
from codeward.services.suggest.sequelae import report_sequelae
from codeward.services.suggest.standing_rules import judged
from codeward.services.view import View
from codeward.store.exclusion_pairs import set_apart
from codeward.store.library import Library

CODES = "icd-10-cm"
LONGEST = 400_000
"""Characters of one note; a page of print has about 3,000."""
NEVER_COMPLETE = (
    "This list is never complete: it holds what the dictionary of the loaded editions recognised in the text, and "
    "a coder decides."
)
APART = "{} and {} are set apart by an Excludes1 note: report both only where they are unrelated (Guidelines I.A.12.a)"
NOTES = "icd-10-cm-notes"


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
    named = mentions_of(note, edition)
    spoken = sorted((*named, *searched_for(library, note, named, edition, on)), key=lambda item: item.mention.start)
    drafts = _drafts(spoken, note, edition, setting, Chronic(view))
    procedures = procedures_in(library, note.text, on)
    drugs, drugs_left = given_drugs(library, note.text, on)
    found = (*procedures.codes, *drugs, *_ranked(drafts))[:most]
    for item in found:
        view.find(CODES, code=item.code.value) if item.code.system == CODES else None
    _warn_of_excludes(view, drafts)
    mentions = tuple(item.mention for item in spoken)
    return view.answer(Suggestion(note, mentions, found, (NEVER_COMPLETE, *procedures.left_out, *drugs_left)))


def _refuse(text: str, setting: str) -> None:
    if setting not in (OUTPATIENT, INPATIENT):
        raise BadInput(f"setting: expected {OUTPATIENT} or {INPATIENT}, found {setting!r}")
    if not text.strip():
        raise BadInput("nothing to read: the note is empty")
    if len(text) > LONGEST:
        raise BadInput(f"the note is {len(text):,} characters long: at most {LONGEST:,} are read")


def _warn_of_excludes(view: View, drafts: Drafts) -> None:
    release = view.edition(NOTES)
    codes = [item.code.value for item in drafts.accepted]
    if release is None or not codes:
        return
    for one, other, row in set_apart(view.library, release, codes):
        shown = (Code(CODES, one).shown, Code(CODES, other).shown)
        view.caveats[f"apart-{one}-{other}"] = Caveat(NOTES, APART.format(*shown))
        stored = view.library.stored_row(NOTES, row)
        view.sources[view.library.place_of(release, stored)] = None


def _drafts(spoken: list[Spoken], note: Note, edition: Edition, setting: str, chronic: Chronic) -> Drafts:
    drafts = Drafts(setting)
    for item in spoken:
        for draft in judged(item, setting, chronic, edition):
            drafts.add(draft)
    report_sequelae(drafts, note.text, edition)
    combine(drafts, edition)
    tell_cancer_apart(drafts, note.text, edition)
    keep_the_sited(drafts)
    turn_down_unsited(drafts)
    keep_one_examination(drafts)
    keep_the_narrower(drafts)
    drop_integral_symptoms(drafts)
    if setting == OUTPATIENT:
        keep_what_is_addressed(drafts, note, chronic)
    add_dementia(drafts, note.text, edition)
    add_pregnancy(drafts, note.text, edition)
    add_body_mass(drafts, note.text, edition)
    return drafts


def _ranked(drafts: Drafts) -> list[Candidate]:
    ranked: list[Draft] = sorted(drafts.by_code.values(), key=lambda item: (not item.accepted, -item.score))
    return [item.finished() for item in ranked]
