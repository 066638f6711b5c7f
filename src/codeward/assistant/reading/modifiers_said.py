"""Modifiers said: two characters that are a listed modifier and stand where a modifier stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from codeward.services.view import View

_TOKEN = re.compile(r"(?<![\w.$%/#-])(?P<x>-?[0-9A-Za-z]{2})(?![\w%$]|[.,:]\d|-\d|-[a-z]{2,})")
_NAMED = re.compile(r"(?:modifiers?|mods?)(?: codes?)?\W{0,3}(?:(?:like|such as|of|is|are|the|a|an) )?$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:modifiers?|mods?)\W{0,3}(?:[0-9A-Za-z]{2}(?:,? ?(?:and|or|,|/|&|vs\.?|versus)? ?)){1,6}$", re.IGNORECASE
)
_BEFORE_WORD = re.compile(r"\s+mod(?:ifier)?s?\b", re.IGNORECASE)
_NO_MODIFIER = frozenset(
    ["an", "no", "my", "or", "of", "in", "to", "is", "it", "do", "if", "by", "at", "on", "us", "we", "be"]
)
_CARRY = re.compile(
    r"\b(?:with|and|or|add|append|stick|slap|tack|throw|appending|use|using|take[s]?|put|bill|does|do|is|are|was|of|an?"
    r"|the|on|for|when"
    r"|vs\.?|"
    r"versus|plus|between|need[s]?|needed|require[s]?|apply|attach|report|without|w|under|via|carry|carries|like"
    r"|same|than|"
    r"not|can|could|should|will|would|both|either|difference|about|if|has|have|pay|allow[s]?)\W{0,2}$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\W{0,2}(?:modifier|modifiers|bypass\w*|on\b|to\b|or\b|and\b|vs\b|versus\b|apply|applies|append\w*|allowed"
    r"|attached|"
    r"goes|go\b|take|with|line|when|for\b|mean[s]?|pay\w*|rvus?\b|w?rvu\b|total\b|national\b|price\b|fees?\b"
    r"|component\b|be\b|is\b|in\b|same|at\b|together|ok\b|okay\b|\?|$|,|/|\)|:)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\W{0,1}(?:units?|cm|mm|mg|ml|blocks?|stages?|minutes?|min\b|hours?|days?|years?|months?|percent|lesions?|sq|%"
    r"|st\b|nd\b|rd\b|th\b|yo\b|y/o|codes?\b|lines?\b|times)",
    re.IGNORECASE,
)
_ON_CODE = re.compile(r"(?<!\d)\d{4}[0-9FTU]\s$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|modifier|append|add|use|and|or|take|put|on)\W*$")
_IN = re.compile(r"\bin\W*$")
_WORDS = frozenset({
    "AS", "IS", "IN", "ON", "OR", "TO", "OF", "AT", "BY", "DO", "GO", "IF", "IT", "ME",
    "MY", "NO", "SO", "UP", "US", "WE", "AN", "AM", "BE", "HE", "ED", "PT", "MD", "NP",
    "PA", "ER", "CO", "CC", "ID", "OK", "FL", "TX", "CA", "NY", "IL", "GA", "PR", "OA",
    "PI", "LA", "MS", "MA", "TN", "SC", "NC", "AZ", "AL",
})  # fmt: skip
"""Modifiers, some of them, that are words, states or denial groups first."""


def modifiers_said(text: str, view: View, taken: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Modifiers in the order they stand; `taken` are places that were read as something else."""
    covered = list(taken)
    found: dict[str, None] = {}
    for match in _TOKEN.finditer(text):
        if any(start <= match.start("x") < end for start, end in covered):
            continue
        written = match["x"].lstrip("-")
        named = bool(_NAMED.search(text[: match.start()])) and (written.isupper() or written.isdigit())
        listed = named or view.first("modifiers", code=written.upper()) is not None
        if listed and _is_modifier(text, match, written):
            found[written.upper()] = None
    return tuple(found)


def _is_modifier(text: str, match: re.Match[str], written: str) -> bool:
    """Whether two characters stand where a modifier stands: named as one, on a code, or in capitals."""
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    before += " " if before else ""
    named = _BEFORE_WORD.match(after) and written.lower() not in _NO_MODIFIER
    if named or _NAMED.search(before) or _LIST.search(before) or (written.lower() == "tc" and _ON_CODE.search(before)):
        return True
    if written.isdigit():
        placed = not before or _CARRY.search(before) or _ON_CODE.search(before)
        return bool(placed and _AHEAD.match(after)) and not _COUNTED.match(after)
    if not written.isupper() or (written.isalpha() and text.isupper()):
        return False
    return written not in _WORDS or bool(_WITH.search(before) and not _IN.search(before))
