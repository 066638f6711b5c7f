"""Unit limits: the medically unlikely edits of a code, in each table, and what absence and zero mean."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, read, told
from codeward.assistant.reply import NOT_LOADED, Evidence, Statement
from codeward.assistant.topics.indicators import asked_indicators, say_indicator
from codeward.assistant.topics.knowledge import add_notes
from codeward.core.answers import Fact
from codeward.core.faults import Fault
from codeward.services.page import Section

TABLES = (
    ("mue_practitioner", "practitioner", "practitioner", "ncci-mue-practitioner"),
    ("mue_outpatient", "outpatient-hospital", "outpatient hospital", "ncci-mue-outpatient"),
    ("mue_dme", "dme", "DME supplier", "ncci-mue-dme"),
)
INDICATORS = {"1": "line edit", "2": "date of service edit, policy", "3": "date of service edit, clinical"}
"""Adjudication indicators (NCCI policy manual, chapter I, medically unlikely edits)."""


def answer_units(draft: Draft) -> None:
    """The limit in the table asked for, else in the practitioner's and the hospital's."""
    codes = draft.question.procedures or draft.memory.codes
    for code in codes[:4]:
        try:
            _say_code(draft, code)
        except Fault as fault:
            draft.refuse_fault(fault)
    _say_indicators(draft, codes[:2])
    if not any(item.role == "note" for item in draft.statements):
        add_notes(draft, words=draft.question.plain, codes=codes, most=1, least=0.45)
    draft.next_questions += [f"Is {code} an add-on code?" for code in codes[:1]]


def _say_indicators(draft: Draft, codes: tuple[str, ...]) -> None:
    """Payment indicators asked for in the same breath, where the fee schedule lists the code."""
    for name in asked_indicators(draft.question.plain):
        for code in codes:
            try:
                page = draft.page(code)
            except Fault:
                continue
            fees = page.section("physician-fees")
            if fees is not None and fees.fact(name) is not None:
                say_indicator(draft, page, name, role="why")


def wanted_tables(draft: Draft) -> tuple[tuple[str, str, str, str], ...]:
    """One table where one setting is named, two where both are or none is."""
    plain = draft.question.plain
    named = [row for row in TABLES if row[1] == (draft.question.setting or draft.memory.setting)]
    both = any(word in plain for word in ("physician", "practitioner", "doctor", "office")) and any(
        word in plain for word in ("hospital", "outpatient", "opps", "facility")
    )
    if both or "same" in plain.split() or not named:
        return TABLES[:2]
    return tuple(named)


def _say_code(draft: Draft, code: str) -> None:
    section = draft.page(code).section("unit-limits")
    if section is None:
        return
    told_limits: list[Fact] = []
    for name, _, title, dataset in wanted_tables(draft):
        if dataset in section.missing:
            _say_not_loaded(draft, code, title)
        elif (limit := section.fact(name)) is None:
            _say_absent(draft, code, title, dataset, section)
        else:
            told_limits.append(limit)
            _say_limit(draft, code, title, limit, section.fact(f"{name}_indicator"))
    if len(told_limits) == 2 and draft.question.says(r"\bsame\b|\bdiffer"):
        same = told_limits[0].value == told_limits[1].value
        draft.statements.insert(0, _compared(code, told_limits, same=same))


def _compared(code: str, limits: list[Fact], *, same: bool) -> Statement:
    word = "Yes, the same" if same else "No, they differ"
    text = (
        f"{word}: {code} has {limits[0].value} in the practitioner table and {limits[1].value} in the "
        f"outpatient hospital table."
    )
    return Statement(text, tuple(told(code, fact) for fact in limits), "verdict")


def _say_limit(draft: Draft, code: str, title: str, limit: Fact, indicator: Fact | None) -> None:
    edition = limit.source.edition if limit.source else ""
    evidence = [told(code, limit), *([told(code, indicator)] if indicator else [])]
    if limit.value == 0:
        draft.say(
            f"The {title} MUE of {code} is 0 ({edition}): in that table no unit is payable.",
            *evidence,
            role="verdict",
        )
        return
    kind = f", MAI {indicator.value} ({INDICATORS.get(str(indicator.value), '')})" if indicator else ""
    units = "unit" if limit.value == 1 else "units"
    draft.say(
        f"The {title} MUE of {code} is {limit.value} {units}{kind} ({edition}). "
        f"{indicator.meaning if indicator else ''}",
        *evidence,
        role="verdict",
    )
    asked = units_said(draft, code)
    if asked is not None:
        word = (
            "Yes, over: {0} units are more than"
            if asked > int(limit.value or 0)
            else "Within: {0} units are not more than"
        )
        draft.say(f"{word.format(asked)} that limit.", *evidence, Evidence(code, "units asked", str(asked)))


def units_said(draft: Draft, code: str) -> int | None:
    """Units written on the code (`17312x2`), or counted in words beside it (`450 units of`)."""
    written = next((item.units for item in draft.question.codes if item.code.value == code and item.units), None)
    counted = re.search(r"(?<![\d.])(\d{1,5}) units?\b", draft.question.plain)
    return written or (int(counted[1]) if counted else None)


def _say_absent(draft: Draft, code: str, title: str, dataset: str, section: Section) -> None:
    """A code without a row: unknown, possibly confidential (NCCI policy manual, chapter I), never unlimited."""
    if any(fact.name.startswith("mue_") for fact in section.facts) and title == "DME supplier":
        return
    others = [fact for fact in section.facts if fact.name in ("mue_practitioner", "mue_outpatient")]
    release = draft.desk.library.in_force(dataset, draft.on)
    edition = release.edition if release else ""
    draft.kind = draft.kind if others else NOT_LOADED
    draft.say(
        f"{code} is not in the published {title} MUE table ({edition}): its limit is unknown and may be "
        "confidential; a missing row does not mean that any number may be billed.",
        Evidence(code, "MUE row", "not published", None, f"no row in {dataset} {edition}"),
        role="verdict",
    )
    status = draft.page(code).section("status")
    known = status.fact("status") if status else None
    if known is not None and known.source:
        draft.say(f"The code itself is {known.value} on {draft.on}.", read(code, "status", known.value, known.source))


def _say_not_loaded(draft: Draft, code: str, title: str) -> None:
    draft.kind = NOT_LOADED
    draft.say(
        f"The {title} MUE table is not loaded for {draft.on}, so the limit of {code} cannot be told.",
        Evidence(code, "MUE table", "not loaded", None, str(draft.on)),
        role="verdict",
    )
