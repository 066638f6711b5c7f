"""Contractors: which Medicare contractor serves a state, and in which payment locality a ZIP lies."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.assistant.topics.coverage import owners_said
from codeward.core.faults import Fault
from codeward.core.states import STATES

_DME = r"\bdme|\bsupplier|\bdurable"


def answer_contractors(draft: Draft) -> None:
    """The locality of a ZIP, then the contractors of the state; without either the place is asked for."""
    postal = draft.question.zip or ("" if draft.question.state else draft.memory.zip)
    state = draft.question.state or draft.memory.state
    if postal:
        _say_locality(draft, postal)
    elif state:
        _say_contractors(draft, state)
    else:
        draft.kind, draft.waiting_for, draft.asked = CLARIFY, "state", "contractor"
        draft.say(
            "Which state or ZIP? For physicians and suppliers of services it is where the service is given, for "
            "equipment where the patient lives.",
            Evidence("contractor", "place", "not told"),
            role="verdict",
        )


def _say_locality(draft: Draft, postal: str) -> None:
    try:
        place = draft.desk.ask("locality_of_zip", zip=postal).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    source = next(iter(place.sources), None)
    draft.say(
        f"ZIP {postal} lies in {place.state_name}: Part B contractor {place.locality.contractor}, payment locality "
        f"{place.locality.number} ({place.locality.name}).",
        read(
            postal,
            "locality",
            f"{place.locality.contractor} {place.locality.number}",
            source,
            f"{place.locality.name} {place.state}",
        ),
        role="verdict",
    )
    if place.needs_plus_four:
        draft.say(
            "The ZIP is shared by several localities: its last four digits decide.",
            read(postal, "shared", "yes", source),
            role="caveat",
        )
    if place.state in STATES:
        _say_contractors(draft, place.state, role="why")


def _say_contractors(draft: Draft, state: str, role: str = "verdict") -> None:
    try:
        found = draft.desk.ask("find_contractors", None, state=state).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    if not found:
        draft.kind = NOT_LOADED
        draft.say(
            f"Which contractor served {STATES[state]} on {draft.on} is not known here.",
            Evidence(state, "contractor", "not known", None, str(draft.on)),
            role="verdict",
        )
    equipment = draft.question.says(_DME)
    named = owners_said(draft.question.plain)
    for item in sorted(found, key=lambda item: ("DME" in item.type) != equipment):
        letters = f"jurisdiction {item.jurisdiction}" if item.jurisdiction else ""
        number = f", contract {item.number}" if item.number else ""
        first = role if ("DME" in item.type) == equipment else "why"
        lead = ""
        if len(named) == 1 and first == "verdict":
            lead = "Yes. " if item.name.startswith(named[0]) else f"No, not {named[0]}. "
        draft.say(
            f"{lead}{STATES[state]}: {item.type} is {item.name} ({letters}{number}).",
            read(item.name, "contractor", f"{item.jurisdiction} {item.number}", item.source, item.how),
            role=first,
        )
