"""Words: the words of a sentence with their places, how far apart they stand, and the stems each may be read as."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from codeward.core.word_forms import stem
from codeward.services.suggest.abbreviations import Meanings
from codeward.services.suggest.same_words import LONGEST_KEY, meaning, same_as
from codeward.store.concepts import STOP

_TOKEN = re.compile(r"[^\W_]+|[,;:()/]|\n")
_MARK = re.compile(r"\s{0,8}[(#]?\d{1,2}[.):](?=\s)\s{0,8}")
"""The number of a list item, which is no part of what it says: `1. Type 2 diabetes`."""
_STEPS = {",": 0.6, ";": 2.5, ":": 2.0, "(": 0.5, ")": 0.5, "/": 0.3, "\n": 1.0}
_LINKS = {"and": 0.4, "or": 0.4, "with": 0.7, "but": 2.0}
_WITHOUT = frozenset({"without", "no", "never", "w/o"})
"""After it and up to the next mark stands what is not there, as in `without foreign body or rupture`."""
_LEVEL = re.compile(r"([CTLS])\d{1,2}")
_LEVELS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbosacral"}
_LOWEST = re.compile(r"\s?[-/]\s?S1\b")
"""Levels of the spine by the region that the code set has for them; L5-S1 is lumbosacral."""
_LIGHTLY = (
    "right left bilateral bilaterally acute chronic mild moderate severe new some possible his her both small large "
    "intense important persistent progressive recurrent slight marked significant"
)
_LIGHT = frozenset(_LIGHTLY.split())
"""How much further on the next word stands: what qualifies a condition hardly parts its words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands in the note, how far along its sentence, and the stems it may be read as."""

    text: str
    start: int
    end: int
    at: float
    stems: frozenset[str]
    own: str = ""
    clause: int = 0
    meant: frozenset[str] = frozenset()
    phrase: range = range(0)
    is_without: bool = False


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of a note that say something, in order."""
    found, at, clause, without = list[Word](), 0.0, 0, False
    mark = _MARK.match(text, start, end)
    start = mark.end() if mark else start
    for token in _TOKEN.finditer(text, start, end):
        sign = token.group()
        if sign in _STEPS:
            at += _STEPS[sign]
            clause += 1
            without = without and sign == "/"
            continue
        lowered = sign.lower()
        if lowered in STOP:
            at += _LINKS.get(lowered, 0.2)
            clause += lowered in ("and", "or", "but")
            continue
        at += 0.4 if lowered in _LIGHT else 1.0
        stems = same_as(sign) | _region(sign, text[token.end() : token.end() + 6])
        found.append(Word(sign, token.start(), token.end(), at, stems, stem(sign), clause, is_without=without))
        without = without or lowered in _WITHOUT
    return found


def _region(sign: str, after: str) -> frozenset[str]:
    """The region of the spine that a level such as L4 belongs to."""
    level = _LEVEL.fullmatch(sign)
    if level is None:
        return frozenset()
    letter = "S" if level.group(1) == "L" and _LOWEST.match(after) else level.group(1)
    return frozenset({stem(_LEVELS[letter])})


def expanded(words: list[Word], meanings: Meanings | None = None) -> list[Word]:
    """Abbreviations, lay words and phrases of the vocabulary are read as the official words they stand for too.

    The longest phrase is taken: within `acute renal failure`, `renal failure` is not looked up again. What an
    abbreviation means in this note (`meanings`) comes before what it usually means.
    """
    read, free = list(words), 0
    for first in range(len(words)):
        for last in range(min(first + LONGEST_KEY, len(words)), max(first, free), -1):
            meant = _meant(words[first:last], meanings)
            if meant:
                for place in range(first, last):
                    read[place] = replace(
                        read[place], stems=read[place].stems | meant, meant=meant, phrase=range(first, last)
                    )
                free = last
                break
    return read


def _meant(words: list[Word], meanings: Meanings | None) -> frozenset[str]:
    here = meanings.at(words[0].text, words[0].start) if meanings is not None and len(words) == 1 else None
    return meaning([word.text for word in words]) if here is None else here
