"""Spelling: words of the index for one that is not in it: unfinished, with letters left out, or mistyped."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_MOST = 8
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index, its stem, and how like the typed word it is (0 to 1)."""

    word: str
    stem: str
    likeness: float


class Speller:
    """Words near a typed one, for one word index.

    Coders cut words short ("rheum"), leave vowels out ("cholestma") and slip; a transposed pair counts as one slip.
    """

    def __init__(self, spellings: dict[str, tuple[int, str]], numbers: dict[str, int]) -> None:
        self._known, self.numbers = spellings, numbers
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in spellings:
            if len(word) > 2 and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._lines = {letter: "\n".join(words) for letter, words in self._by_letter.items()}
        self.near = lru_cache(maxsize=16_384)(self._near)

    def count(self, word: str) -> int:
        """In how many texts the word stands as it is written."""
        return self._known[word][0] if word in self._known else 0

    def _near(self, word: str) -> tuple[Near, ...]:
        if len(word) > _LONGEST or len(word) < 3 or word.isdigit():
            return ()
        found = self._shortened(word) | self._mistyped(word)
        best: dict[str, Near] = {}
        for text, likeness in found.items():
            count, one = self._known[text]
            near = Near(text, one, min(0.97, likeness + 0.012 * math.log1p(count)))
            held = best.get(near.stem)
            if near.stem in self.numbers and (held is None or held.likeness < near.likeness):
                best[near.stem] = near
        return tuple(sorted(best.values(), key=lambda near: -near.likeness)[:_MOST])

    def _shortened(self, word: str) -> dict[str, float]:
        """Words that begin with the typed one, or hold its letters in order behind the same first letter."""
        letters = "".join(f"[^{letter}\\n]*{letter}" for letter in word[1:])
        found = re.findall(f"^{word[0]}{letters}.*$", self._lines.get(word[0], ""), re.MULTILINE)
        return {text: _likeness(word, text) for text in found}

    def _mistyped(self, word: str) -> dict[str, float]:
        if len(word) < 4:
            return {}
        slips = 1 if len(word) < 7 else 2
        pool = self._by_letter.get(word[0], [])
        near = extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=_MOST)
        return {text: (0.92 - 0.12 * away if len(word) > 5 else 0.75 - 0.1 * away) for text, away, _ in near}


def _likeness(word: str, text: str) -> float:
    """Beginnings are surest; of words with letters left out, those that keep more, and the last one, are likelier."""
    if text.startswith(word):
        return 0.9 - 0.02 * min(10, len(text) - len(word))
    kept = 0.45 + 0.45 * len(word) / len(text)
    kept += 0.08 * (text[-1] == word[-1]) + 0.04 * (text[:2] == word[:2])
    return kept - 0.15 * (len(word) < 4)
