"""Answer: a question in words to a cited reply, with no model at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from codeward.assistant.desk import Desk, Watch, unwatched
from codeward.assistant.draft import Draft
from codeward.assistant.memory import Memory
from codeward.assistant.reading.question import Question
from codeward.assistant.reading.read_question import MOST, read_question
from codeward.assistant.refusals import Refusal, gives_orders, identifiers_text, refusal_of
from codeward.assistant.reply import ANSWER, CLARIFY, NOT_LOADED, REFUSE, Evidence, Reply, Statement
from codeward.assistant.routing.going_on import IN_WORDS, made_whole
from codeward.assistant.routing.intents import BY_NAME, Intent, is_sure, ranked
from codeward.assistant.topics.find_codes import is_exact
from codeward.assistant.topics.knowledge import nearness, say_note_beside
from codeward.core.faults import Fault
from codeward.store.library import Library

EMPTY = Memory()
Choose = Callable[[str, Sequence[tuple[str, str]]], str | None]
"""Picks one of several intents for a question, by name, or none of them."""
_FAR = timedelta(days=400)
"""How long after the newest edition a date of service is still answered, with its caveat."""
_DATED = ("mpfs-rvu", "ncci-mue-practitioner", "icd-10-cm", "hcpcs", "opps-addendum-b", "asc-aa")


def undecided(question: str, candidates: Sequence[tuple[str, str]]) -> str | None:
    """Leaves the choice to the router."""
    return None


def answer(
    library: Library,
    text: str,
    on: date,
    *,
    memory: Memory = EMPTY,
    watch: Watch = unwatched,
    choose: Choose = undecided,
) -> Reply:
    """What the services say to a question as of a day; `memory` is that of the reply before, for follow-ups.

    A day named in the question is taken before `on`. `choose` is asked only where the router is not sure, and may only
    pick among its candidates. Never raises for what is typed: faults become replies.
    """
    question = read_question(library, made_whole(text, memory), on)
    day = day_of(question, memory, on)
    draft = Draft(question, memory, Desk(library, day, watch))
    if not question.plain:
        return _unclear(draft, memory)
    refusal = refusal_of(question)
    if refusal is not None and not refusal.answers_on and not question.identifiers:
        return _refused(draft, refusal, memory)
    if _is_beyond(library, day):
        return _too_far(draft, memory)
    intent = _routed(draft, memory, choose)
    topic, name = (intent.topic, intent.name) if intent else ("codes", "unclear")
    if intent is None:
        _say_unclear(draft)
    else:
        _answer(draft, intent)
    if refusal is not None or question.identifiers:
        _refuse(draft, refusal, intent)
    if len(text) > MOST:
        draft.say(f"Only the first {MOST:,} characters were read.", role="caveat")
    return draft.reply(topic, name, memory=remembered(draft, memory, topic, name), understood=understood(draft, intent))


def day_of(question: Question, memory: Memory, on: date) -> date:
    """The date of service: as named, else the year named, else as remembered, else as given."""
    if question.day is not None:
        return question.day
    if question.year == on.year:
        return on
    if question.year is not None:
        return date(question.year, 12, 31) if question.year < on.year else date(question.year, 1, 15)
    return date.fromisoformat(memory.on) if memory.on else on


_WORDED = frozenset({"greeting", "misshapen", "knowledge", "find", "modifier_meaning", "missing", "not_held"})
"""Intents that look at the practice notes themselves, or at nothing."""


def _routed(draft: Draft, memory: Memory, choose: Choose) -> Intent | None:
    question = draft.question
    found = ranked(question, memory, nearness(draft), exact=is_exact(draft))
    if not found:
        return None
    if not is_sure(found):
        near = [intent for score, intent in found if score > found[0][0] - 0.25][:6]
        picked = choose(question.text, [(intent.name, intent.asks) for intent in near]) if len(near) > 1 else None
        if picked in {intent.name for intent in near}:
            return BY_NAME[str(picked)]
    return found[0][1]


def _answer(draft: Draft, intent: Intent) -> None:
    try:
        intent.answer(draft)
    except Fault as fault:
        draft.refuse_fault(fault)
    if not draft.statements:
        _say_unclear(draft)
    elif draft.kind == ANSWER and intent.name not in _WORDED:
        say_note_beside(draft)


def _say_unclear(draft: Draft) -> None:
    """Nothing to hold on to: ask, or say that nothing loaded speaks of it."""
    if gives_orders(draft.question):
        draft.kind = REFUSE
        draft.say(
            "I take no instructions from a question: I answer coding, edit, fee and coverage questions from the "
            "loaded files, with their sources.",
            role="verdict",
        )
    elif (
        draft.question.says(r"\b(?:this|it|that|these|those|one|him|her|them)\b")
        or len(draft.question.plain) < 25
        or draft.question.says(r"\bpay|\bbill|\bcode|\bfee|\bmodifier|\bunits?|\bcover|\bclaim")
    ):
        draft.kind, draft.waiting_for, draft.asked = CLARIFY, "code", "any"
        draft.say(
            "Which code or service do you mean, on which date of service, and in what setting (office or facility, "
            "and where)?",
            role="verdict",
        )
    else:
        draft.kind = NOT_LOADED
        draft.say(
            "Nothing in the loaded data speaks of that, so I cannot answer it: I know code sets, NCCI edits, "
            "Medicare fees and coverage documents, not beyond them.",
            role="verdict",
        )


def _is_beyond(library: Library, day: date) -> bool:
    """Whether a day lies so far behind the newest loaded editions that none of them can stand for it."""
    newest = [library.editions(name)[-1].effective for name in _DATED if library.editions(name)]
    return bool(newest) and day > max(newest) + _FAR


def _too_far(draft: Draft, memory: Memory) -> Reply:
    """A day for which no edition can have been published yet: the last one must not stand for it."""
    draft.kind = NOT_LOADED
    draft.say(
        f"No data is loaded for {draft.on}: the newest editions are older by more than a year and do not hold for "
        f"{draft.on.year}.",
        Evidence("date of service", "edition", "not loaded", None, f"{draft.on} {draft.on.year}"),
        role="verdict",
    )
    return draft.reply("codes", "future", memory=memory, understood=f"date of service {draft.on}")


def _unclear(draft: Draft, memory: Memory) -> Reply:
    _say_unclear(draft)
    return draft.reply("codes", "unclear", memory=memory, understood="nothing was asked")


def _refused(draft: Draft, refusal: Refusal, memory: Memory) -> Reply:
    draft.kind = REFUSE
    draft.say(refusal.text, role="verdict")
    return draft.reply("compliance", refusal.name.replace(" ", "_"), memory=memory, understood="")


def _refuse(draft: Draft, refusal: Refusal | None, intent: Intent | None) -> None:
    """The refusal goes first; what the data say stays below it, as facts and no longer as a verdict."""
    texts = [identifiers_text(draft.question)] if draft.question.identifiers else []
    texts += [refusal.text] if refusal is not None else []
    facts = [replace(item, role="why" if item.role == "verdict" else item.role) for item in draft.statements]
    nothing_found = draft.kind == NOT_LOADED and intent is not None and intent.name in _WORDED
    if refusal is not None and (not refusal.answers_on or nothing_found):
        facts = []
    draft.kind = REFUSE
    draft.statements[:] = [
        *(Statement(text, (Evidence("refusal", "rule", text),), "verdict") for text in texts),
        *facts,
    ]


def remembered(draft: Draft, before: Memory, topic: str, intent: str) -> Memory:
    """What the next question starts from."""
    said = draft.question
    codes = tuple(dict.fromkeys(item.code.shown for item in said.codes)) or before.codes
    if intent == "pair" and len(codes) == 1 and before.codes:
        codes = (*(code for code in before.codes[:1] if code not in codes), *codes)
    named_day = said.day is not None or said.year is not None
    return Memory(
        codes=codes[:8],
        modifiers=said.modifiers or before.modifiers,
        on=draft.on.isoformat() if named_day else before.on,
        place=said.place or before.place,
        state=said.state or before.state,
        zip=said.zip or before.zip,
        setting=said.setting or before.setting,
        payer=said.payer or before.payer,
        topic=topic,
        intent=before.intent if intent in ("unclear", "missing", "future") else intent,
        locality=draft.locality or ("" if said.state or said.zip else before.locality),
        words=said.text if draft.waiting_for or intent in IN_WORDS else "",
    )


def understood(draft: Draft, intent: Intent | None) -> str:
    """How the question was read, in a line that can be corrected."""
    said = draft.question
    codes = [item.code.shown for item in said.codes] or list(draft.memory.codes)
    parts = [intent.asks if intent else "not understood"]
    parts += [", ".join(codes)] if codes else []
    parts += [f"modifier {', '.join(said.modifiers)}"] if said.modifiers else []
    parts += [said.state or said.zip] if said.state or said.zip else []
    parts += [said.setting] if said.setting else []
    return "; ".join([*parts, f"date of service {draft.on}"])
