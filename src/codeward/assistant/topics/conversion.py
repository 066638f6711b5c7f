"""Conversion factor: what a relative value unit is worth on a day, as the loaded fee file has it."""

from __future__ import annotations

from codeward.assistant.draft import Draft, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.core.faults import Fault

_ANY_CODE = "99213"
"""Every row of the RVU file carries the factor."""


def answer_conversion(draft: Draft) -> None:
    """The factor of the edition in force; another year's is never given for it."""
    try:
        fees = draft.page(_ANY_CODE, "cpt").section("physician-fees")
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    fact = fees.fact("conversion_factor") if fees else None
    edition = fact.source.edition if fact is not None and fact.source else ""
    if fact is None or not edition.startswith(str(draft.on.year)):
        draft.kind = NOT_LOADED
        draft.say(
            f"The RVU file of {draft.on.year} is not loaded, so its conversion factor cannot be read.",
            Evidence("conversion factor", "edition", "not loaded", None, f"{draft.on.year} {edition}"),
            role="verdict",
        )
        return
    draft.say(
        f"The physician fee schedule's conversion factor on {draft.on} is {fact.value} ({edition}).",
        told("conversion factor", fact),
        Evidence("conversion factor", "edition", edition, fact.source),
        role="verdict",
    )
