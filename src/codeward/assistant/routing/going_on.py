"""Going on: a short question made whole by what the one before it was about."""

from __future__ import annotations

import re
from collections.abc import Callable

from codeward.assistant.memory import Memory

IN_WORDS = frozenset({"find", "policy", "open_service", "excision"})
"""Intents whose subject is words, which a short follow-up goes on from."""
_NEW_QUESTION = re.compile(
    r"\b(?:what|which|how|when|who|why|mue|fee|rvu|modifier|edit)\b"
    r"|[A-Z]?\d{4,5}",
    re.IGNORECASE,
)
_SHORT = 80
"""Characters of a reply to a clarifying question; a longer text is a question of its own."""
_LEAD = r"(?:(?:and|or|so|ok|what about|how about|what if|for|if|it was|they gave)[ ,]+)*"
_NUMBER = re.compile(rf"{_LEAD}(?P<value>\d{{1,5}}(?:\.\d+)?)\W*", re.IGNORECASE)
_PLACE = re.compile(rf"{_LEAD}(?:pos )?(?P<value>\d\d)\W*", re.IGNORECASE)
_REMARK = re.compile(rf"{_LEAD}(?P<value>(?:CO|PR|OA|PI)?[- ]?(?:MA?|N|B)?\d{{1,3}})\W*", re.IGNORECASE)
_FORMER = re.compile(rf"{_LEAD}(?P<value>(?:\d{{3}}|V\d\d|E\d{{3}})(?:\.\d{{1,2}})?)\W*", re.IGNORECASE)


def made_whole(text: str, memory: Memory) -> str:
    """The question with what it leaves out: a number alone is read as what the last question was about."""
    for intent, shape, whole in _SHAPES:
        said = shape.fullmatch(text.strip())
        if said and memory.intent == intent:
            return whole(said["value"], memory) or text
    sided = _other_side(text, memory)
    if sided:
        return sided
    goes_on = memory.intent in IN_WORDS and not _NEW_QUESTION.search(text)
    if memory.words and len(text) < _SHORT and (memory.waiting_for or goes_on):
        return f"{memory.words} {text}"
    return text


def _other_side(text: str, memory: Memory) -> str:
    """The condition asked for before, on the other side or on both."""
    if memory.intent != "find" or not memory.words or len(text) > _SHORT:
        return ""
    if re.search(r"\bother (?:side|one|\w+)\b|\bopposite\b", text, re.IGNORECASE):
        flipped = {"right": "left", "left": "right"}
        return re.sub(r"\b(right|left)\b", lambda found: flipped[found[0].lower()], memory.words, flags=re.IGNORECASE)
    if re.fullmatch(rf"{_LEAD}(?:both(?: (?:sides|\w+))?|bilateral(?:ly)?)\W*", text.strip(), re.IGNORECASE):
        return re.sub(r"\b(?:right|left)\b", "bilateral", memory.words, flags=re.IGNORECASE)
    return ""


def _dose(value: str, memory: Memory) -> str:
    return f"How many units of {memory.codes[0]} for {value} {memory.asked}" if memory.codes and memory.asked else ""


def _place(value: str, memory: Memory) -> str:
    return f"POS {value}" if memory.place and not memory.codes else ""


_SHAPES: tuple[tuple[str, re.Pattern[str], Callable[[str, Memory], str]], ...] = (
    ("worksheet", _NUMBER, _dose),
    ("describe", _PLACE, _place),
    ("denial", _REMARK, lambda value, memory: f"What does denial code {value} mean?"),
    ("former_icd", _FORMER, lambda value, memory: f"ICD-9 {value} to ICD-10"),
)
"""An intent, what is said after it, and the question that is meant."""
