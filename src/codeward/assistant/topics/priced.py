"""Priced: what Medicare allows at a place, with modifiers and units, by the pricing service and its factors."""

from __future__ import annotations

import re
from decimal import Decimal

from codeward.assistant.draft import Draft, listed
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.core.claims import Factor, PaidLine
from codeward.core.faults import Fault, NotLoaded
from codeward.core.states import STATES
from codeward.services.localities import Locality

_STEPS = ("work RVU", "practice expense RVU", "malpractice RVU", "GPCI", "conversion factor")
_RVUS = ("work RVU", "practice expense RVU", "malpractice RVU")
_PAID = frozenset({
    "26", "TC", "50", "51", "52", "53", "54", "55", "62", "66", "78", "80", "81", "82",
    "AS", "QK", "QX", "QY", "QZ", "AA", "AD", "CO", "CQ", "FX", "FY", "CT", "73", "74",
})  # fmt: skip
"""Modifiers that change a payment."""


def is_priced_apart(draft: Draft) -> bool:
    """Whether the place, a modifier or units call for more than the national amount of one unit."""
    said = draft.question
    return bool(said.state or said.zip or draft.memory.state or units_of(draft) or set(said.modifiers) & _PAID)


def units_of(draft: Draft) -> int | None:
    """Units written on the code."""
    return next((item.units for item in draft.question.codes if item.units), None)


def say_priced(draft: Draft, code: str) -> bool:
    """The amount at the place with its factors; asks for the locality where a state has several."""
    found = _locality(draft)
    draft.locality = found if isinstance(found, str) else ""
    if isinstance(found, tuple):
        _ask_where(draft, code, found)
        return True
    service = code + (f":{','.join(paid)}" if (paid := _paid_modifiers(draft)) else "") + _units(draft)
    where = {"locality": found} if found else {"zip": _zip(draft)} if _zip(draft) else {"national": True}
    place = draft.question.place or draft.memory.place or "11"
    try:
        answer = draft.desk.ask("price", None, services=(service,), place_of_service=place, **where)
    except Fault as fault:
        draft.kind = NOT_LOADED if isinstance(fault, NotLoaded) else draft.kind
        draft.refuse_fault(fault)
        return True
    line = answer.value.lines[0]
    if line.amount is None or not _is_of_year(draft, line):
        return False
    _say_line(draft, service, line, place)
    return True


def _is_of_year(draft: Draft, line: PaidLine) -> bool:
    """Relative values of another year do not hold for this one."""
    editions = [item.source.edition for item in line.factors if item.source and item.source.dataset == "mpfs-rvu"]
    return all(edition.startswith(str(draft.on.year)) for edition in editions)


def _paid_modifiers(draft: Draft) -> list[str]:
    return [item for item in draft.question.modifiers if item in _PAID]


def _units(draft: Draft) -> str:
    units = units_of(draft)
    return f"x{units}" if units else ""


def _zip(draft: Draft) -> str:
    return draft.question.zip or ("" if draft.question.state else draft.memory.zip)


def _locality(draft: Draft) -> str | tuple[Locality, ...]:
    """Contractor and locality as 13202-01; all localities where the state has several and none is named."""
    state = draft.question.state or (draft.memory.state if not draft.question.zip else "")
    if not state or _zip(draft):
        return ""
    try:
        found: tuple[Locality, ...] = draft.desk.ask("find_localities", state=state).value
    except Fault:
        return ""
    named = [item for item in found if _is_named(item, draft.question.plain)]
    if not named and draft.memory.locality and draft.question.state in ("", draft.memory.state):
        return draft.memory.locality
    chosen = named or (list(found) if len(found) == 1 else [])
    return f"{chosen[0].contractor}-{chosen[0].number}" if chosen else found


def _is_named(item: Locality, plain: str) -> bool:
    name = item.name.lower()
    first = re.split(r"[/(,-]", name)[0].strip()
    return first in plain or (name.startswith("rest of") and "rest of" in plain)


def _ask_where(draft: Draft, code: str, found: tuple[Locality, ...]) -> None:
    state = STATES.get(draft.question.state or draft.memory.state, "the state")
    names = [f"{item.name.title()} ({item.contractor}-{item.number})" for item in found]
    evidence = [
        Evidence(
            item.name, "locality", f"{item.contractor}-{item.number}", item.indices.source if item.indices else None
        )
        for item in found
    ]
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "locality", "fee"
    draft.say(
        f"Where in {state}? It has {len(found)} payment localities and the amount of {code} differs: "
        f"{listed(names, 'or')}. "
        "Name the locality or the ZIP of the place of service.",
        *evidence,
        Evidence(state, "localities", str(len(found)), None, "counted"),
        role="verdict",
    )


def _say_line(draft: Draft, service: str, line: PaidLine, place: str) -> None:
    evidence = [_evidence(service, item) for item in line.factors]
    editions = dict.fromkeys(
        item.source.edition for item in line.factors if item.source and "rvu" in item.source.dataset
    )
    edition = f", RVU file {', '.join(editions)}" if editions else ""
    draft.say(
        f"Medicare allows ${line.amount:,.2f} for {service} on {draft.on} at place of service {place}{edition}, before "
        "deductible, coinsurance and sequestration.",
        *evidence,
        Evidence(service, "amount", f"{line.amount}", None, f"worked out from the factors; place of service {place}"),
        role="verdict",
    )
    steps = [item for item in line.factors if any(name in item.name for name in _STEPS)]
    if steps:
        draft.say(
            f"{'; '.join(f'{item.name} {item.value}' for item in steps)}.",
            *(_evidence(service, item) for item in steps),
        )
    values = [Decimal(item.value) for item in line.factors if item.name.startswith(_RVUS)]
    if len(values) == len(_RVUS):
        total = sum(values, Decimal(0))
        draft.say(
            f"Total RVU: {total}.", *evidence, Evidence(service, "total RVU", str(total), None, "sum of the three")
        )
    others = [
        item for item in line.factors if item not in steps and "%" in item.value and "sequestration" not in item.name
    ]
    for item in others:
        if item.name == "sequestration":
            continue
        draft.say(f"{item.name}: {item.value}.", _evidence(service, item))


def _evidence(service: str, item: Factor) -> Evidence:
    return Evidence(service, item.name, item.value, item.source, item.name)
