"""Titles: an ICD-10-CM title as the words that name the condition, apart from the axes its siblings differ by.

"Displaced fracture of neck of right radius, subsequent encounter for closed fracture with nonunion" names a displaced
fracture of the neck of the radius; its side is right and its episode "subsequent ...". Codes of one category whose
words are the same are a family: search finds the family, the axes choose the code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codeward.core.word_forms import stem
from codeward.store.word_index.words import PASSED_OVER, typed_words

SIDES = ("", "right", "left", "bilateral", "unspecified")
_SIDE_OF = {"right": 1, "left": 2, "bilateral": 3, "both": 3}
UNSIDED = 4
TRIMESTERS = ("", "first", "second", "third", "unspecified")
_EPISODES = (
    re.compile(r",\s*((?:initial|subsequent) encounter.*|sequela)$"),
    re.compile(r",\s*(not applicable or unspecified|fetus \d|other fetus)$"),
    re.compile(r",\s*(stage unspecified|mild stage|moderate stage|severe stage|indeterminate stage)$"),
    re.compile(r",\s*(unspecified time|in the field.*|at arrival.*|at hospital admission.*|24 hours or more.*)$"),
)
"""What seventh characters say: encounter, fetus, glaucoma stage, time of the coma score (I.C.7.a.4, I.C.15.a.6)."""
_TRIMESTER = re.compile(r",?\s*\b(?:in\s+)?(first|second|third|unspecified) trimester\b")
_CARRIED = re.compile(r"(,\s*|\s+of\s+|\s+in\s+)(right|left|bilateral|unspecified)(?:\s+(eye|ear|side))$")
"""A side at the end with a word that only carries it: the bilateral sibling goes without "eye"."""
_ABOUT = re.compile(
    r"[,(\[]|\b(?:of|in|with|without|due|by|from|associated|following|during|complicating|affecting|for|to|on|at)\b",
    re.IGNORECASE,
)
_EMPTY_NOUNS = """
encounter presence problem disease disorder syndrome condition complication status absence need history abnormality
anomaly disturbance type person use finding symptom sign region site effect state deficiency
"""
EMPTY_HEADS = frozenset(stem(word) for word in _EMPTY_NOUNS.split())
"""Heads that say nothing of what is wrong, so that their lack tells nothing."""
_OTHER = frozenset({"other", "nec"})
_VAGUE = frozenset({"unspecified", "nos"})
_FILLERS = frozenset({"specified", "elsewhere", "classified", "site"})


@dataclass(frozen=True, slots=True)
class Title:
    """The stems that name the condition, and the axes: places in SIDES and TRIMESTERS, the episode's own words."""

    words: tuple[str, ...]
    side: int = 0
    episode: str = ""
    trimester: int = 0
    other: bool = False
    vague: bool = False
    carried: tuple[str, ...] = ()
    head: str = ""


def read_title(text: str) -> Title:
    """A title taken apart."""
    episode, text = _cut(text, *_EPISODES)
    trimester, text = _cut(text, _TRIMESTER)
    carried = _CARRIED.search(text)
    if carried:
        text = f"{text[: carried.start()]} {carried[2]}"
    words = typed_words(text)
    named = [stem(word) for word in words if not _is_axis(word)]
    vague = not _VAGUE.isdisjoint(words)
    side = next((_SIDE_OF[word] for word in words if word in _SIDE_OF), UNSIDED if vague else 0)
    return Title(
        tuple(dict.fromkeys(named)),
        side,
        episode,
        TRIMESTERS.index(trimester),
        not _OTHER.isdisjoint(words),
        vague,
        (stem(carried[3]),) if carried and carried[3] else (),
        head_of(text),
    )


def head_of(text: str) -> str:
    """The stem of what a title is about: its last naming word before "of", "with", a comma; "" for empty nouns."""
    words = [word for word in typed_words(_ABOUT.split(text, maxsplit=1)[0]) if not _is_axis(word)]
    head = stem(words[-1]) if words else ""
    return "" if head in EMPTY_HEADS or head.isdigit() else head


def side_of(text: str) -> int:
    """The side that a text outside the classification of diseases names, as a place in SIDES; 0 for none or several."""
    named = {_SIDE_OF[word] for word in typed_words(text) if word in _SIDE_OF}
    return named.pop() if len(named) == 1 else 0


def without_sides(stems: Sequence[str]) -> list[str]:
    """Stems less those of sides."""
    return [word for word in stems if word not in _SIDE_STEMS]


def _cut(text: str, *patterns: re.Pattern[str]) -> tuple[str, str]:
    for pattern in patterns:
        found = pattern.search(text)
        if found:
            return found[1], text[: found.start()] + text[found.end() :]
    return "", text


def _is_axis(word: str) -> bool:
    return word in _SIDE_OF or word in _OTHER or word in _VAGUE or word in _FILLERS or word in PASSED_OVER


def naming(stems: Sequence[str]) -> list[str]:
    """Stems of an index path or inclusion term less the words that only say "other" or "unspecified"."""
    return [word for word in dict.fromkeys(stems) if word not in _UNNAMING]


def says_other(stems: Sequence[str]) -> bool:
    """Whether a phrase is for what has no code of its own."""
    return not _OTHER.isdisjoint(stems)


_SIDE_STEMS = frozenset(stem(word) for word in _SIDE_OF)
_UNNAMING = frozenset(stem(word) for word in _OTHER | _VAGUE | _FILLERS)
