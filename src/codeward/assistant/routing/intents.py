"""Intents: every kind of question that is told apart, with its topic, its score and who answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codeward.assistant.draft import Draft
from codeward.assistant.memory import Memory
from codeward.assistant.reading.question import Question
from codeward.assistant.routing import scores
from codeward.assistant.routing.asked import Asked
from codeward.assistant.topics import (
    add_ons,
    contractors,
    conversion,
    coverage,
    crosswalks,
    denials,
    diagnoses,
    differences,
    fees,
    find_codes,
    groups,
    indicators,
    knowledge,
    modifiers,
    not_held,
    pairs,
    payers,
    revenue,
    small_talk,
    standing,
    units,
    worksheets,
)

SURE = 0.15
"""How far the likeliest intent must be ahead for the router to be sure of it."""
NAMED = 0.8
"""From here on a short question after another one names what it asks of the same code."""
CERTAIN = 0.9
"""From here on an intent names its subject, whatever comes next."""


GENERAL = frozenset({"find", "knowledge", "describe", "missing", "valid", "modifier_meaning", "together"})
"""Intents that a short question falls to when it says little: there it goes on from the one before."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One kind of question: its name, its topic, what it asks in words, how likely it is and who answers it."""

    name: str
    topic: str
    asks: str
    score: Callable[[Asked], float]
    answer: Callable[[Draft], None]


INTENTS = (
    Intent("not_held", "codes", "something that no loaded publication holds", scores.not_held,
           not_held.answer_not_held),
    Intent("greeting", "codes", "a greeting or thanks", scores.greeting, small_talk.answer_greeting),
    Intent("misshapen", "codes", "a code of no known shape", scores.misshapen, small_talk.answer_misshapen),
    Intent("missing", "codes", "something of a code that is not named", scores.missing, find_codes.ask_for_code),
    Intent("other_payer", "medicare-coverage", "what a payer other than Medicare pays or requires",
           scores.other_payer, payers.answer_other_payer),
    Intent("denial", "medicare-coverage", "what a denial code means and what to do next",
           scores.denial, denials.answer_denial),
    Intent("former_icd", "crosswalks", "ICD-9 and ICD-10 equivalents", scores.former_icd, crosswalks.answer_former),
    Intent("unmapped", "crosswalks", "a map to a code system that is not loaded",
           scores.unmapped, crosswalks.answer_unmapped),
    Intent("procedure_to_diagnosis", "crosswalks", "which diagnoses go with a procedure",
           scores.procedure_to_diagnosis, crosswalks.answer_procedure_to_diagnosis),
    Intent("contractor", "medicare-coverage", "which contractor or payment locality serves a place",
           scores.contractor, contractors.answer_contractors),
    Intent("policy", "medicare-coverage", "which LCD, article or NCD governs a service",
           scores.policy, coverage.answer_policy),
    Intent("worksheet", "codes", "units out of stages, milligrams or minutes",
           scores.worksheet, worksheets.answer_worksheet),
    Intent("open_service", "codes", "a service whose code turns on details", scores.open_service,
           find_codes.ask_for_details),
    Intent("groups", "crosswalks", "the groupings of a diagnosis", scores.groups, groups.answer_groups),
    Intent("revenue", "crosswalks", "revenue codes", scores.revenue, revenue.answer_revenue),
    Intent("excision", "codes", "the excision code by lesion and margins",
           scores.excision, worksheets.answer_excision),
    Intent("conversion", "codes", "the conversion factor", scores.conversion, conversion.answer_conversion),
    Intent("seventh", "guidelines", "how a seventh character is added", scores.seventh, diagnoses.answer_seventh),
    Intent("together", "guidelines", "whether diagnoses may be reported together",
           scores.together, diagnoses.answer_together),
    Intent("sequence", "guidelines", "which diagnosis goes first", scores.sequence, diagnoses.answer_sequence),
    Intent("diagnosis_notes", "guidelines", "the notes of a diagnosis",
           scores.diagnosis_notes, diagnoses.answer_notes),
    Intent("difference", "codes", "what sets two codes apart", scores.difference, differences.answer_difference),
    Intent("units", "ncci-edits", "the unit limit of a code (MUE)", scores.units, units.answer_units),
    Intent("add_on", "ncci-edits", "whether a code is an add-on and what it needs",
           scores.add_on, add_ons.answer_add_on),
    Intent("pair", "ncci-edits", "whether procedure codes may stand together", scores.pair, pairs.answer_pairs),
    Intent("indicator", "modifiers", "one payment indicator of a code",
           scores.indicator, indicators.answer_indicator),
    Intent("modifier_on_code", "modifiers", "whether a modifier fits a code and what it does",
           scores.modifier_on_code, modifiers.answer_modifier_on_code),
    Intent("site_modifier", "modifiers", "the modifier that names a site",
           scores.site_modifier, modifiers.answer_site),
    Intent("bypass", "modifiers", "whether a modifier bypasses an NCCI edit", scores.bypass, modifiers.answer_bypass),
    Intent("modifier_meaning", "modifiers", "what a modifier means",
           scores.modifier_meaning, modifiers.answer_meaning),
    Intent("covered", "medicare-coverage", "whether Medicare covers or pays a code",
           scores.covered, coverage.answer_covered),
    Intent("history", "codes", "what changed about a code or took its place",
           scores.history, crosswalks.answer_changes),
    Intent("fee", "codes", "what Medicare allows for a code", scores.fee, fees.answer_fee),
    Intent("header", "crosswalks", "the billable codes under a header", scores.header, diagnoses.answer_header),
    Intent("valid", "codes", "whether a code may be billed on a day", scores.valid, standing.answer_valid),
    Intent("describe", "codes", "what a code is", scores.describe, standing.answer_describe),
    Intent("find", "codes", "the code for words", scores.find, find_codes.answer_find),
    Intent("knowledge", "guidelines", "what the practice notes and manuals say",
           scores.nearest_note, knowledge.answer_knowledge),
)  # fmt: skip
"""The more particular first: of two that fit equally well the first is taken."""
BY_NAME = {intent.name: intent for intent in INTENTS}


def ranked(question: Question, memory: Memory, near: float = 0.0, *, exact: bool = False) -> list[tuple[float, Intent]]:
    """Intents that fit at all, likeliest first; `near` and `exact` are what notes and search found for its words."""
    asked = Asked(question, memory, near, exact)
    found = [(intent.score(asked), intent) for intent in INTENTS]
    first = max(found, key=lambda item: item[0])[1].name
    named = max(score for score, intent in found if intent.name not in GENERAL)
    if first in GENERAL and named >= NAMED and asked.follows:
        found = [(score * (intent.name not in GENERAL), intent) for score, intent in found]
    elif first in GENERAL:
        found = [(max(score, scores.follow_up(asked, intent.name)), intent) for score, intent in found]
    return sorted((item for item in found if item[0] > 0), key=lambda item: -item[0])


def is_sure(found: list[tuple[float, Intent]]) -> bool:
    """Whether the likeliest is well ahead of the next, or names its subject."""
    return bool(found) and (len(found) == 1 or found[0][0] - found[1][0] >= SURE or found[0][0] > CERTAIN)
