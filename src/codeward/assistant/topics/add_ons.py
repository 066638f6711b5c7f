"""Add-on codes: whether a code stands alone, which primary it needs, and which add-ons a primary may carry."""

from __future__ import annotations

from codeward.assistant.draft import Draft, listed, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.pairs import answer_pairs
from codeward.assistant.topics.standing import NEVER
from codeward.core.answers import Fact
from codeward.core.faults import Fault

TYPES = {
    "1": "type 1: only with a primary of the closed list",
    "2": "type 2: the contractor says which primaries it may stand beside",
    "3": "type 3: with a primary of the list, or another that the contractor allows",
}
"""Types of add-on edits (NCCI policy manual, chapter I)."""
_MOST = 24


def answer_add_on(draft: Draft) -> None:
    """For each code: alone or not, and with what."""
    for code in (draft.question.procedures or draft.memory.codes)[:4]:
        try:
            _say_code(draft, code)
        except Fault as fault:
            draft.refuse_fault(fault)
    if len(draft.question.procedures) == 2 and draft.question.says(r"\bedit|\bncci|\bptp|\bbundle|\bwith\b"):
        answer_pairs(draft)


def _say_code(draft: Draft, code: str) -> None:
    page = draft.page(code)
    section = page.section("add-ons")
    if section is None or section.missing:
        draft.kind = NOT_LOADED
        draft.say(
            f"The add-on code edits are not loaded for {draft.on}, so whether {code} may be billed alone cannot be "
            f"told.",
            Evidence(code, "add-on edits", "not loaded", None, str(draft.on)),
            role="verdict",
        )
        return
    kind = section.fact("add_on_type")
    primaries = [fact for fact in section.facts if fact.name == "primary"]
    carried = [fact for fact in section.facts if fact.name == "add_on"]
    fees = page.section("physician-fees")
    status = fees.fact("pfs_status") if fees else None
    if status is not None and status.value in NEVER and draft.question.payer == "medicare":
        draft.say(
            f"No: {code} has status {status.value} on Medicare's physician fee schedule. {status.meaning}",
            told(code, status),
            role="verdict",
        )
        add_notes(draft, codes=(code,), words=draft.question.plain, most=1, least=0.0, naming=code)
    if kind is not None:
        _say_add_on(draft, code, kind, primaries)
    elif (days := _global_days(draft, code)) is not None and days.value == "ZZZ":
        draft.say(
            f"No: {code} has global period ZZZ, so it is an add-on code, never billed alone; the loaded add-on "
            f"edits have no row "
            "for it, so which primaries it needs is not known here.",
            told(code, days),
            role="verdict",
        )
    elif not carried or not draft.question.says(r"add-?on"):
        facts = [told(code, days)] if days is not None else []
        draft.say(
            f"Yes: {code} is not an add-on code in the loaded edits, so it may be billed by itself.",
            *(facts or [Evidence(code, "add-on edit", "none", None, f"no row on {draft.on}")]),
            role="verdict",
        )
    if carried and kind is None:
        _say_carried(draft, code, carried)


def _say_add_on(draft: Draft, code: str, kind: Fact, primaries: list[Fact]) -> None:
    names = sorted({str(fact.value) for fact in primaries})
    shown = listed(names[:_MOST], "or") if names else "a primary the contractor names"
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    draft.say(
        f"No, never alone: {code} is an add-on code ({TYPES.get(str(kind.value), kind.value)}). It must stand "
        f"beside {shown}{more}, "
        f"by the same practitioner for the same patient on the same date of service.",
        told(code, kind),
        *(told(code, fact) for fact in primaries[:_MOST]),
        Evidence(code, "primaries", str(len(names) - _MOST)),
        role="verdict",
    )
    asked = [item for item in draft.question.procedures if item != code]
    for other in asked:
        fits = other in names
        word = "is" if fits else "is not"
        facts = [fact for fact in primaries if fact.value == other] or primaries[:1]
        draft.say(
            f"{other} {word} among the listed primaries of {code}.",
            *(told(code, fact) for fact in facts),
            Evidence(other, "listed", word),
        )


def _say_carried(draft: Draft, code: str, carried: list[Fact]) -> None:
    names = sorted({str(fact.value) for fact in carried})
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    draft.say(
        f"The add-on edits let {listed(names[:_MOST])}{more} stand beside {code}.",
        *(told(code, fact) for fact in carried[:_MOST]),
        Evidence(code, "add-ons", str(len(names) - _MOST)),
        role="verdict",
    )


def _global_days(draft: Draft, code: str) -> Fact | None:
    fees = draft.page(code).section("physician-fees")
    return fees.fact("global_days") if fees else None
