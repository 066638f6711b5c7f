"""Features: what is measured of each phrase that shares words with a question."""

from __future__ import annotations

from typing import Any

import numpy as np

from codeward.services.search.question import Meaning, Question
from codeward.store.word_index.phrases import KINDS
from codeward.store.word_index.read import Rows, WordIndex

Floats = np.ndarray[Any, np.dtype[np.float32]]
PHRASE_FEATURES = (
    "said", "said or implied", "phrase said", "both", "parts missed", "exact", "other unasked", "other asked", "head",
    "head missed", "main term exact", *KINDS,
)  # fmt: skip
"""Shares by rarity of words: of the question that the phrase says (or at least implies), of the phrase that the
question says, their product; then the share of parts not met at all, and flags."""
EXACT, IMPLIED = PHRASE_FEATURES.index("exact"), PHRASE_FEATURES.index("said or implied")
UNKNOWN_RARITY = 9.0
_HEAVIEST_PART = 22.0
_MET = 0.3
_MAIN_TERM = KINDS.index("main term")
_NEARLY = 0.97
_LONE_NUMBER = 0.35


def measure(index: WordIndex, question: Question, rows: Rows) -> Floats:
    """One row of PHRASE_FEATURES for each phrase."""
    words = _Words(index, question, rows)
    said = implied = missed = np.zeros(len(rows), np.float32)
    total = attainable = 0.0
    for part in question.parts:
        weight = words.weight(part)
        attainable += weight * max(meaning.weight for meaning in part)
        part_said, part_implied = words.share(part)
        said = said + weight * part_said
        implied = implied + weight * part_implied
        missed = missed + (part_implied < _MET)
        total += weight
    phrases = index.phrases[rows]
    covered = words.covered() / (phrases["weight"] + 1e-6)
    said, implied = said / total, implied / total
    exact = (implied > _NEARLY * attainable / total) & (words.covered(sure=True) > _NEARLY * phrases["weight"])
    other = phrases["other"]
    columns = [said, implied, covered, implied * covered, missed / len(question.parts), exact]
    head = words.heads(phrases["head"])
    columns += [other & (not question.other), other & question.other, head, (phrases["head"] > 0) & ~head]
    columns += [exact & (phrases["kind"] == _MAIN_TERM)]
    columns += [phrases["kind"] == at for at in range(len(KINDS))]
    return np.stack(columns, 1).astype(np.float32)


class _Words:
    """Which stems of the question each phrase says, and which it may say."""

    def __init__(self, index: WordIndex, question: Question, rows: Rows) -> None:
        self._index, self._question, self._rows = index, question, rows
        self._weights = question.weights(whole=True)
        self._numbers = {one: number for one in self._weights if (number := index.numbers.get(one))}
        places = np.zeros(len(index.rarity), np.intp)
        places[list(self._numbers.values())] = range(1, len(self._numbers) + 1)
        said = self._standing(places[index.said[rows]])
        implied = np.maximum(said, self._standing(places[index.may_say[rows]]))
        nothing = np.zeros(len(rows), np.float32)
        self._said: dict[str, Floats] = dict.fromkeys(self._weights, nothing)
        self._implied: dict[str, Floats] = dict.fromkeys(self._weights, nothing)
        for at, one in enumerate(self._numbers, start=1):
            self._said[one], self._implied[one] = said[:, at], implied[:, at]

    def _standing(self, places: np.ndarray[Any, Any]) -> Floats:
        """A column a stem, 1 where it stands in the phrase; the first column is for all other words."""
        found = np.zeros((len(places), len(self._numbers) + 1), np.float32)
        found[np.arange(len(places))[:, None], places] = 1.0
        return found

    def rarity(self, meaning: Meaning) -> float:
        return sum(self._rarity(one) for one in meaning.stems)

    def _rarity(self, one: str) -> float:
        number = self._index.numbers.get(one)
        return float(self._index.rarity[number]) if number else UNKNOWN_RARITY

    def weight(self, part: tuple[Meaning, ...]) -> float:
        """How much a part counts: by its rarest meaning; a number out of place (the 41 of "cataract 41") little."""
        heaviest = min(_HEAVIEST_PART, max(self.rarity(meaning) * meaning.weight for meaning in part))
        return heaviest * (_LONE_NUMBER if self._question.is_lone_number(part) else 1.0)

    def share(self, part: tuple[Meaning, ...]) -> tuple[Floats, Floats]:
        """How much of a part each phrase says, and says or may say, by the meaning that fits it best."""
        said = implied = np.zeros(len(self._rows), np.float32)
        for meaning in part:
            total = self.rarity(meaning) / meaning.weight
            here = [self._rarity(one) for one in meaning.stems]
            pairs = list(zip(here, meaning.stems, strict=True))
            said = np.maximum(said, sum(weight * self._said[one] for weight, one in pairs) / total)
            implied = np.maximum(implied, sum(weight * self._implied[one] for weight, one in pairs) / total)
        return said, implied

    def heads(self, heads: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Whether the question says what each phrase is about."""
        asked = np.zeros(len(self._index.rarity), np.bool_)
        asked[list(self._numbers.values())] = True
        found: np.ndarray[Any, Any] = asked[heads]
        return found

    def covered(self, *, sure: bool = False) -> Floats:
        """The rarity of each phrase's words that the question says, as far as it says them, or taken as sure."""
        found = np.zeros(len(self._rows), np.float32)
        for one, weight in self._weights.items():
            if one in self._index.numbers:
                found += self._said[one] * self._rarity(one) * (1.0 if sure else min(1.0, weight + 0.05))
        return found
