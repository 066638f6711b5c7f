"""Addressed: what a sectioned outpatient note takes up at the encounter, as against what it only lists.

Guidelines IV.J: all documented conditions that coexist at the encounter and require or affect care are coded. Where a
note has an assessment, that is where it says so; symptoms told before it and findings of an examination are not carried
into it unless it names them. A chronic systemic disease affects care wherever it is told.
"""

from __future__ import annotations

from codeward.core.notes import Note
from codeward.services.suggest.chronic import Chronic
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.treated import TREATED, treatment_named

NOT_CARRIED = "Named before the assessment and not taken up there (Guidelines IV.G, IV.J)"
LISTED = "Only listed; nothing says that it requires or affects care at this encounter (Guidelines IV.J)"
CORE = frozenset(
    {"assessment", "assessment and plan", "diagnosis", "postoperative diagnosis", "preoperative diagnosis", "plan"}
)
TOLD = frozenset({"", "chief complaint", "present illness", "problem list", "hospital course", "indication"})
SYSTEMIC = ("E08", "E09", "E10", "E11", "E13", "N18", "I48", "I50", "J44", "B20", "C", "F17", "Z85", "Z89", "Z94",
            "Z95", "Z99", "Z79")  # fmt: skip
"""Diseases that affect the care of the whole patient, history of cancer and lasting statuses."""


def keep_what_is_addressed(drafts: Drafts, note: Note, chronic: Chronic) -> None:
    """Turn down what stands outside the assessment and neither is taken up there nor affects care by itself."""
    if not any(section.name in CORE for section in note.sections):
        return
    if not any(_is_core(draft) and draft.code.value[0] != "Z" for draft in drafts.accepted):
        return
    for draft in drafts.accepted:
        if _is_core(draft) or draft.kind == "combination":
            continue
        drug = treatment_named(draft, note.text) if chronic.is_chronic(draft.code.value) else ""
        if drug:
            draft.reason = TREATED.format(drug)
        elif not _affects_care(draft):
            draft.turn_down(NOT_CARRIED if draft.sections & TOLD else LISTED)


def _is_core(draft: Draft) -> bool:
    return bool(draft.sections & CORE)


def _affects_care(draft: Draft) -> bool:
    told = draft.kind == "family" and draft.sections & TOLD
    return bool(told) or draft.code.value.startswith(SYSTEMIC)
