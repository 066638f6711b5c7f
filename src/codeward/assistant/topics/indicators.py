"""Indicators: one payment indicator of a code - global days, bilateral, assistant and so on - and what it means."""

from __future__ import annotations

import re
from datetime import timedelta

from codeward.assistant.draft import Draft, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.fees import say_other
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import open_page, subjects
from codeward.core.answers import Fact
from codeward.services.page import CodePage

CUES = (
    (
        "global_days",
        r"\bglobal\b|post-?op(?:erative)? (?:days?|period)|\bf/u visit|\bfollow-?up visit|\bdays? (?:later|after)\b",
    ),
    ("bilateral", r"\bbilat(?:eral)?\b"),
    ("assistant", r"\bassistants?\b|\basst\b|\bassist at surgery|\bassisting"),
    ("cosurgeon", r"\bco-?surgeon|\btwo surgeons"),
    ("team", r"\bteam surg|\bsurgical team"),
    ("multiple", r"\bmultiple (?:procedure|surg|proc|imaging|endoscop)|\bmppr\b"),
    ("pctc", r"\bpc/?tc\b|\bprofessional (?:and|/|or) technical|\btechnical component|\bprofessional component"),
    ("supervision", r"\bsupervision\b"),
    (
        "opps",
        r"\bapc\b|\b(?:opps|outpatient|hospital)\b.*\b(?:status|si)\b|\bstatus\b.*\b(?:opps|outpatient|hospital)"
        r"|\bj1\b",
    ),
    ("pfs_status", r"\bstatus\b|\bmpfs status"),
)
ANSWERS = {
    "assistant": {"0": "Only with records", "1": "No", "2": "Yes", "9": "Does not apply"},
    "cosurgeon": {"0": "No", "1": "Only with records", "2": "Yes, two specialties", "9": "Does not apply"},
    "team": {"0": "No", "1": "Only with records", "2": "Yes, by report", "9": "Does not apply"},
    "bilateral": {"0": "No", "1": "Yes", "2": "No", "3": "Yes", "9": "No"},
}
"""The indicators as answers to whether it is paid (CPM 100-04, chapter 23, MPFSDB record layout)."""


def asked_indicators(plain: str) -> list[str]:
    """Names of the indicators a question speaks of."""
    return [name for name, cue in CUES if re.search(cue, plain)]


def answer_indicator(draft: Draft) -> None:
    """Each indicator asked for, of each code."""
    remembered = draft.memory.asked.split(",") if draft.memory.asked and draft.memory.intent == "indicator" else []
    names = asked_indicators(draft.question.plain) or remembered or ["pfs_status"]
    draft.asked = ",".join(names)
    for code, system in subjects(draft):
        page = open_page(draft, code, system)
        if page is None:
            continue
        if "opps" in names:
            _say_outpatient(draft, page)
            if draft.question.says(r"\brate|\bpay|\bfee|\bprice|\bamount"):
                say_other(draft, page, first="outpatient-hospital")
            names = [name for name in names if name not in ("opps", "pfs_status")]
        for name in names:
            fact = say_indicator(draft, page, name)
            if name == "bilateral":
                add_notes(draft, words=draft.question.plain, codes=(page.code.shown,), most=1, least=0.4)
            if name == "assistant" and fact is not None and fact.value in ("0", "2"):
                _say_assistant_shares(draft, page, fact)
            if name == "global_days" and fact is not None:
                _say_included(draft, page, fact)
                _say_last_day(draft, page, fact)
        draft.next_questions.append(f"What does Medicare pay for {code}?")


def say_indicator(draft: Draft, page: CodePage, name: str, role: str = "verdict") -> Fact | None:
    """One indicator of the physician fee schedule with its meaning; not loaded and not listed are said."""
    code = page.code.shown
    fees = page.section("physician-fees")
    fact = fees.fact(name) if fees else None
    if fact is None:
        draft.kind = NOT_LOADED
        why = (
            f"the RVU file is not loaded for {draft.on}"
            if fees is None or fees.missing
            else f"the RVU file does not list {code} on {draft.on}"
        )
        draft.say(
            f"Not in the loaded data: {why}, so its {name.replace('_', ' ')} indicator cannot be told.",
            Evidence(code, name, "none", None, str(draft.on)),
            role=role,
        )
        return None
    lead = ANSWERS.get(name, {}).get(str(fact.value), "")
    label = fact.label[0].lower() + fact.label[1:]
    each = " Each side is paid in full, 200 % for both." if name == "bilateral" and fact.value == "3" else ""
    what = f"the {label}" if name == "global_days" else f"its {label} indicator"
    text = f"{code}: {what} is {fact.value}. {fact.meaning}{each}"
    draft.say(
        f"{lead}. {text}" if lead else text,
        told(code, fact),
        *([Evidence(code, "both sides", "200 %", fact.source)] if each else []),
        role=role,
    )
    return fact


def _say_assistant_shares(draft: Draft, page: CodePage, fact: Fact) -> None:
    """What an assistant is paid (CPM 100-04, chapter 12, sections 20.4.3 and 110.2)."""
    draft.say(
        "A physician assisting reports 80, 81 or 82 and is paid 16 % of the fee; a PA, NP or CNS reports AS and is "
        "paid 13.6 %.",
        told(page.code.shown, fact),
        Evidence("80 81 82 AS", "share", "16 % 13.6 %", None, "CPM 100-04 ch12 s20.4.3, s110.2"),
    )


def _say_included(draft: Draft, page: CodePage, fact: Fact) -> None:
    """What the period takes in, where a visit or charge within it is asked about (CPM 100-04, ch. 12, section 40.1)."""
    if fact.value not in ("010", "090") or not draft.question.says(
        r"\bbill|\bvisit|\be/?m\b|\bcharg|\bseparate|\bcode\b"
    ):
        return
    draft.say(
        "No separate payment for visits related to the surgery in that period, nor under Medicare for complications "
        "that need no return to the operating room; an unrelated visit takes 24.",
        told(page.code.shown, fact),
        Evidence("24", "chapter 12, section 40.1", "12 40.1", None, "CPM 100-04 ch12 s40.1 s40.2"),
        role="verdict",
    )


def _say_last_day(draft: Draft, page: CodePage, fact: Fact) -> None:
    """The last day of the global period counted from the day that was named (CPM 100-04, chapter 12, section 40.1)."""
    if draft.question.day is None or fact.value not in ("000", "010", "090"):
        return
    last = draft.question.day + timedelta(days=int(str(fact.value)))
    draft.say(
        f"For a procedure on {draft.question.day} the global period ends with {last}: {int(str(fact.value))} days "
        f"after "
        "the day of the procedure.",
        told(page.code.shown, fact),
        Evidence(page.code.shown, "last day", str(last), None, f"{draft.question.day} + {int(str(fact.value))} days"),
    )


def _say_outpatient(draft: Draft, page: CodePage) -> None:
    section = page.section("outpatient-fees")
    fact = section.fact("opps_status_indicator") if section else None
    code = page.code.shown
    if section is None or fact is None:
        draft.kind = NOT_LOADED
        draft.say(
            f"OPPS Addendum B is not loaded for {draft.on} or does not list {code}, so its status indicator cannot "
            f"be told.",
            Evidence(code, "opps status indicator", "none", None, str(draft.on)),
            role="verdict",
        )
        return
    draft.say(f"{code} has OPPS status indicator {fact.value}. {fact.meaning}", told(code, fact), role="verdict")
    apc = next((item for item in section.facts if item.name.endswith("apc")), None)
    if apc is not None:
        draft.say(f"Its APC is {apc.value}.", told(code, apc))
