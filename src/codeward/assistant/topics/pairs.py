"""Pair edits: whether two codes may stand beside each other, in one table or both, and what a modifier can do."""

from __future__ import annotations

from itertools import combinations

from codeward.assistant.draft import Draft, listed, read, told
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.core.answers import Answer
from codeward.core.faults import Fault
from codeward.services.check_pair import BUNDLED, NO_EDIT, NOT_CHECKED, PairCheck, PairEdit, PairVerdict
from codeward.services.pair_words import TABLE_NAMES
from codeward.services.policy_manual import cut

WHO = {"practitioner": "the same practitioner", "outpatient-hospital": "the same hospital"}
_BOTH = (
    r"\bsame\b.*\b(?:table|for|in)\b|\bdiffer|\bboth (?:tables|settings)|\b(?:physician|practitioner|doctor"
    r"|pro ?-?fee|professional)\b.*"
    r"\b(?:hospital|facility|opps|outpatient)|\b(?:hospital|facility|opps|outpatient)\b.*\b(?:physician"
    r"|practitioner|doctor|professional)\b"
)
_MOST_PAIRS = 10


def answer_pairs(draft: Draft) -> None:
    """Every pair among the codes that were named, or are remembered, in the table that was asked for."""
    codes = pair_codes(draft)
    if len(codes) < 2:
        draft.kind, draft.waiting_for, draft.asked = CLARIFY, "code", "pair"
        draft.say(
            "Which two procedure codes, on which date of service, and for a practitioner or a hospital?", role="verdict"
        )
        return
    if len(codes) > 2:
        _answer_matrix(draft, codes)
        return
    try:
        checked = draft.desk.ask("check_pair", a=codes[0], b=codes[1], setting=pair_setting(draft))
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    _answer_pair(draft, checked)


def pair_codes(draft: Draft) -> tuple[str, ...]:
    """The codes of the question; one alone is set against the first that is remembered."""
    codes = draft.question.procedures
    if len(codes) == 1:
        codes = (*(code for code in draft.memory.codes[:1] if code != codes[0]), *codes)
    return codes or draft.memory.codes


def pair_setting(draft: Draft) -> str:
    """The table asked for: an ASC claim is edited by the practitioner table (NCCI manual, introduction)."""
    said = draft.question.setting or draft.memory.setting
    return "outpatient-hospital" if said == "outpatient-hospital" else "practitioner"


def _answer_pair(draft: Draft, checked: Answer[PairCheck]) -> None:
    found = checked.value
    if draft.question.says(_BOTH):
        _say_both(draft, found)
    else:
        _say_verdict(draft, found)
    edit = found.asked.edit
    if edit is not None:
        _say_rationale(draft, edit)
        _say_modifiers(draft, found, edit)
    _say_former(draft, found)
    _say_relations(draft, found)
    for passage in found.passages[:1]:
        text = cut(passage.text, "")
        draft.say(
            f'NCCI policy manual, {passage.label}: "{text}"',
            read(passage.label, "paragraph", text, passage.source),
            role="quote",
        )
    add_notes(draft, codes=(found.a.value, found.b.value), most=1, least=0.5)
    draft.next_questions += [
        f"MUE of {found.a.value}?",
        f"Which modifiers bypass the edit {found.a.value} / {found.b.value}?",
    ]


def _say_verdict(draft: Draft, found: PairCheck) -> None:
    asked, a, b = found.asked, found.a.value, found.b.value
    table = f"{TABLE_NAMES[asked.setting]} ({asked.edition})"
    if asked.verdict == NOT_CHECKED:
        draft.kind = NOT_LOADED
        draft.say(
            f"Not checked: the {TABLE_NAMES[asked.setting]} of NCCI pair edits is not loaded for {draft.on}.",
            read(f"{a}/{b}", "table", asked.dataset, None, f"no edition in force on {draft.on}"),
            role="verdict",
        )
        return
    if asked.edit is None:
        draft.say(
            f"No NCCI pair edit between {a} and {b} is in force on {draft.on} in the {table}. That is not a promise "
            "of payment: units, add-on rules, global periods and coverage are other questions.",
            *_none_found(found, draft),
            role="verdict",
        )
        return
    edit, fact = asked.edit, pair_evidence(asked.edit)
    head = f"{edit.column1} is column 1 and {edit.column2} is column 2 in the {table}"
    if asked.verdict == BUNDLED:
        named = listed(draft.question.modifiers, "or")
        lead = (
            f"No: indicator 0, so {named} does not bypass it and neither does any other modifier."
            if named
            else "Bundled, and no modifier helps (indicator 0)."
        )
        draft.say(
            f"{lead} {head}: {edit.column2} is denied beside {edit.column1} by {WHO[asked.setting]} for the same "
            f"patient on {draft.on}.",
            fact,
            role="verdict",
        )
        return
    draft.say(
        f"Bundled unless a modifier is right (indicator 1, modifier allowed): {head}. {edit.column2} is denied beside "
        f"{edit.column1} by {WHO[asked.setting]} for the same patient on {draft.on}, unless the records show a "
        f"separate "
        "service: another site, lesion, session or encounter, stated by a PTP-associated modifier.",
        fact,
        role="verdict",
    )


def pair_evidence(edit: PairEdit) -> Evidence:
    """The row of the pair as one fact."""
    ends = edit.until.isoformat() if edit.until else "open"
    return Evidence(
        f"{edit.column1} {edit.column2}",
        "modifier indicator",
        edit.indicator,
        edit.source,
        f"column 1 {edit.column1}, column 2 {edit.column2}, ends {ends}",
        edit.since,
        edit.until,
    )


def _none_found(found: PairCheck, draft: Draft) -> list[Evidence]:
    asked = found.asked
    how = f"no row in force on {draft.on} in {asked.edition}"
    former = [pair_evidence(item) for item in asked.others]
    none = Evidence(f"{found.a.value} {found.b.value}", "pair edit", "none", None, how)
    return [*former, none, *_listings(draft, found.a.value, found.b.value)]


def _listings(draft: Draft, *codes: str) -> list[Evidence]:
    """Where each code is listed on the day: no edit says something only of codes that are there."""
    listings = []
    for code in codes:
        try:
            section = draft.page(code).section("status")
        except Fault:
            continue
        status = section.fact("status") if section else None
        listings += [told(code, status)] if status is not None else []
    return listings


def _say_both(draft: Draft, found: PairCheck) -> None:
    tables = (found.asked, found.other)
    parts = [_in_table(item) for item in tables]
    told = {(item.verdict, item.edit.column1 if item.edit else "") for item in tables}
    unknown = any(item.verdict == NOT_CHECKED for item in tables)
    lead = (
        "Only one of the two tables is loaded."
        if unknown
        else "Yes, the same in both."
        if len(told) == 1
        else "No, they differ."
    )
    evidence = [pair_evidence(item.edit) for item in tables if item.edit]
    draft.kind = NOT_LOADED if all(item.verdict == NOT_CHECKED for item in tables) else draft.kind
    draft.say(
        f"{lead} {found.a.value} and {found.b.value} on {draft.on}: {'; '.join(parts)}.",
        *(evidence or _none_found(found, draft)),
        role="verdict",
    )


def _in_table(found: PairVerdict) -> str:
    name = TABLE_NAMES[found.setting]
    if found.verdict == NOT_CHECKED:
        return f"{name} not loaded"
    if found.edit is None or found.verdict == NO_EDIT:
        return f"{name} ({found.edition}) has no edit in force"
    allowed = "no modifier bypasses it" if found.edit.indicator == "0" else "a PTP-associated modifier is allowed"
    return (
        f"{name} ({found.edition}) has {found.edit.column1} as column 1 over {found.edit.column2} as column 2, "
        f"indicator {found.edit.indicator} ({allowed})"
    )


def _say_rationale(draft: Draft, edit: PairEdit) -> None:
    since = f" In force since {edit.since}." if edit.since else " Since when it holds, the loaded table does not say."
    until = f" Its last active day is {edit.until}." if edit.until else ""
    draft.say(
        f"CMS's reason: {edit.rationale}.{since}{until}",
        Evidence(edit.column2, "rationale", edit.rationale, edit.source, "", edit.since, edit.until),
    )


def _say_modifiers(draft: Draft, found: PairCheck, edit: PairEdit) -> None:
    allowed = {item.code: item for item in found.bypass}
    for modifier in draft.question.modifiers if edit.indicator == "1" else ():
        item = allowed.get(modifier)
        if item is not None:
            draft.say(
                f"{modifier} is PTP-associated and can bypass this edit when the records show it: {item.meaning} "
                f"It goes on: "
                f"{item.use_on}.",
                read(modifier, "meaning", item.meaning, item.source, item.use_on),
            )
        else:
            draft.say(
                f"No: {modifier} is not among the PTP-associated modifiers, so it does not bypass this edit.",
                Evidence(modifier, "PTP-associated", "no", None, "not in the list of modifiers that bypass"),
            )
    if edit.indicator == "1" and found.carried_by == "either":
        draft.say(
            "59, XE, XP, XS and XU count on the line of either code (Part B, from 2019-07-01, CR 11168); prefer "
            "XE, XP, XS or XU "
            "where one fits.",
            Evidence("59 XE XP XS XU", "line", "either", None, "CMS CR 11168, 2019-07-01"),
            role="change",
        )


def _say_former(draft: Draft, found: PairCheck) -> None:
    for item in found.asked.others[:2]:
        since = f"from {item.since} " if item.since else ""
        until = f"until {item.until}" if item.until else "without an end"
        draft.say(
            f"The table also holds {item.column1} over {item.column2}, indicator {item.indicator}, {since}{until} "
            f"({item.standing}).",
            pair_evidence(item),
        )


def _say_relations(draft: Draft, found: PairCheck) -> None:
    for relation in found.add_ons[:2]:
        draft.say(
            f"{relation.add_on} is an add-on code of {relation.primary} (add-on edit type {relation.edit_type}).",
            read(f"{relation.add_on} {relation.primary}", "add-on edit type", relation.edit_type, relation.source),
        )
    edit = found.asked.edit
    if edit is not None and edit.indicator == "0":
        _say_add_on_instead(draft, edit)


def _say_add_on_instead(draft: Draft, edit: PairEdit) -> None:
    """Add-on codes that the edits allow beside column 1 and that belong to column 2 as well: for a further lesion."""
    try:
        first, second = draft.page(edit.column1), draft.page(edit.column2)
    except Fault:
        return
    mine, others = ({str(fact.value): fact for fact in page.facts if fact.name == "add_on"} for page in (first, second))
    for code in [code for code in mine if code in others][:2]:
        source = mine[code].source
        draft.say(
            f"For a further lesion or service the add-on edits let {code} stand beside {edit.column1}.",
            read(f"{code} {edit.column1}", "add-on of", edit.column1, source),
            role="change",
        )


def _answer_matrix(draft: Draft, codes: tuple[str, ...]) -> None:
    try:
        answer = draft.desk.ask("check_pairs", codes=codes[:25], setting=pair_setting(draft))
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    matrix = answer.value
    edits = [matrix.edits[frozenset(two)] for two in combinations(codes, 2) if frozenset(two) in matrix.edits]
    if any(verdict == NOT_CHECKED for verdict in matrix.verdicts.values()):
        draft.kind = NOT_LOADED
        draft.say(f"Not checked: the {TABLE_NAMES[matrix.setting]} is not loaded for {draft.on}.", role="verdict")
        return
    counts = {0: "no pair edit is", 1: "1 pair edit is"}
    count = counts.get(len(edits), f"{len(edits)} pair edits are")
    draft.say(
        f"Among {listed(codes)} {count} in force on {draft.on} in the {TABLE_NAMES[matrix.setting]}.",
        Evidence(" ".join(codes), "pair edits", str(len(edits)), edits[0].source if edits else None, "counted"),
        *([] if edits else _listings(draft, *codes[:3])),
        role="verdict",
    )
    for edit in edits[:_MOST_PAIRS]:
        allowed = (
            "no modifier bypasses it"
            if edit.indicator == "0"
            else "a PTP-associated modifier is allowed where the records support it"
        )
        draft.say(
            f"{edit.column1} is column 1, {edit.column2} column 2, indicator {edit.indicator}: {allowed}.",
            pair_evidence(edit),
        )
    for edit in [edit for edit in edits if edit.indicator == "0"][:1]:
        _say_add_on_instead(draft, edit)
    for code in matrix.unknown:
        draft.say(
            f"{code} is not in any loaded list, so nothing is said about it.",
            Evidence(code, "listed", "no"),
            role="caveat",
        )
