"""Small talk: greetings and thanks, and codes of a shape that no code has."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence

_OPENS = frozenset(
    ["hi", "hello", "hey", "howdy", "greetings", "thanks", "thank", "thx", "ty", "bye", "goodbye", "good", "great"]
)
_POLITE = _OPENS | frozenset([
    "there", "all", "team", "you", "u", "so", "much", "very", "again", "for", "the", "your", "help", "that", "was",
    "have", "a", "an", "one", "day", "night", "morning", "afternoon", "evening", "lot", "how", "are", "you're", "and",
    "that's", "best", "ok", "okay", "doing", "today", "it", "really", "helpful", "weekend", "nice", "cool", "perfect",
])  # fmt: skip
_CODE = re.compile(r"(?<![\w.-])(?P<x>[a-z]\d{4}[a-z]\w?|[a-z]\d{5,6}|\d{4}[a-z]{2})(?![\w.-])")
_MODIFIER = re.compile(r"\bmodifiers? (?P<x>(?=\w*\d)[a-z0-9]{3})\b")


def is_greeting(plain: str) -> bool:
    """Whether nothing but a greeting or thanks is said."""
    words = re.findall(r"[a-z']+", plain)
    return bool(words) and words[0] in _OPENS and all(word in _POLITE for word in words) and not re.search(r"\d", plain)


def misshapen(plain: str) -> str:
    """What is written as a code or modifier and has the shape of none; empty where nothing is."""
    found = _MODIFIER.search(plain) or _CODE.search(plain)
    return found["x"].upper() if found else ""


def answer_greeting(draft: Draft) -> None:
    """A word back, and what can be asked."""
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "question", "any"
    draft.say(
        "Glad to help. Which coding question is it? Name a code or a service, with the date of service: status, fees, "
        "NCCI edits, unit limits, modifiers, diagnoses and Medicare coverage are answered from the loaded files.",
        role="verdict",
    )


def answer_misshapen(draft: Draft) -> None:
    """No code has that shape: said, with the shapes there are."""
    written = misshapen(draft.question.plain)
    draft.kind = NOT_LOADED
    draft.say(
        f"There is no such code: {written} is not valid. CPT and HCPCS codes have five characters, modifiers two; "
        "ICD-10-CM codes three to seven with a point behind the third, ICD-10-PCS codes seven.",
        Evidence(written, "shape", "none", None, "five two three seven"),
        role="verdict",
    )
