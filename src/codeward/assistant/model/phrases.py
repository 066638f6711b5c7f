"""Phrases: the finite set of connecting phrases a model may write, and words by which a sentence states something."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

CLOSING, ANY = "closing", "any"
MOST_PHRASES = 3
MOST_LETTERS = 240
_ALPHABET = re.compile(r"[A-Za-z ,.:;!'\n\u2019\u2013\u2014-]*")
_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_SHOUTED = re.compile(r"[A-Za-z]?[A-Z]")
Phrase = tuple[str, ...]


@cache
def phrases_before(role: str) -> frozenset[Phrase]:
    """Every phrase, as its words, that may stand before a statement of a role, or after the last one."""
    table = _table("connectives.toml")
    listed = table.get(role, []) + ([] if role == CLOSING else table[ANY])
    return frozenset(phrase for pattern in listed for phrase in _spelled_out(pattern))


def _spelled_out(pattern: str) -> list[Phrase]:
    parts = []
    for word in pattern.split():
        choices = word.strip("[]").split("/")
        parts.append([choice.split("_") for choice in choices] + ([[]] if word.startswith("[") else []))
    spelled = (tuple(word for part in parts for word in part) for parts in product(*parts))
    return [phrase for phrase in spelled if phrase]


@cache
def fact_words() -> dict[str, str]:
    """Each word that states something, and of what kind it is."""
    return {word: kind for kind, words in _table("fact_words.toml").items() for word in words.split()}


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("codeward.assistant.model").joinpath(name).read_text(encoding="utf-8"))


def fault_in(text: str, role: str) -> str:
    """Why a model's text may not stand before a statement of a role; empty when it may. Linear in the text."""
    if len(text) > MOST_LETTERS:
        return "too much text of its own"
    if not _ALPHABET.fullmatch(text):
        return "a figure or sign of its own"
    written = _WORD.findall(text.replace("\u2019", "'"))
    if any(_SHOUTED.search(word[1:]) for word in written if word != "I"):
        return "a word in capitals, which may be a code or a state"
    words = [word.lower() for word in written]
    if stated := next((word for word in words if word in fact_words()), None):
        return f"a {fact_words()[stated]} word of its own: {stated}"
    return "" if _is_phrases(words, phrases_before(role)) else "text that is no connecting phrase"


def _is_phrases(words: list[str], known: frozenset[Phrase]) -> bool:
    """Whether the words fall into at most MOST_PHRASES phrases."""
    longest = max(map(len, known))
    fewest = [0] + [MOST_PHRASES + 1] * len(words)
    for end in range(1, len(words) + 1):
        starts = range(max(0, end - longest), end)
        fits = [fewest[start] + 1 for start in starts if tuple(words[start:end]) in known]
        fewest[end] = min([fewest[end], *fits])
    return fewest[-1] <= MOST_PHRASES
