"""Ranking: candidate codes for a question with what was measured of each, weighed into one score."""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul

import numpy as np

from codeward.services.search.features import EXACT, IMPLIED, PHRASE_FEATURES, UNKNOWN_RARITY, Floats, measure
from codeward.services.search.meaning import Nearness
from codeward.services.search.narrowing import Choice, Narrowing
from codeward.services.search.question import Meaning, Question
from codeward.services.search.weights import MEANING_WEIGHTS, WEIGHTS
from codeward.store.word_index.layout import POOLS
from codeward.store.word_index.read import Rows, WordIndex

CODE_FEATURES = (
    "axes", "header", "header exact", "below", "below cost", "other code", "vague code", "category",
    "subcategory", "beside", "gain", "extra", "apart", "vague asked", "other met", "other unmet",
)  # fmt: skip
FEATURES = (*PHRASE_FEATURES, *CODE_FEATURES)
MEANING_FEATURES = (*PHRASE_FEATURES, "meaning", *CODE_FEATURES, "title's meaning")
"""Where meanings are at hand: the cosines of the question with the phrase and with the title of the code's family."""
DRAWN = {"d": 300, "o": 120, "p": 60}
"""How many phrases of each pool are drawn for ranking."""
NEAREST, NEAR_POOL = 60, "d"
"""How many phrases are drawn for their meaning, beside which pool: meanings are of diagnoses."""
_WEIGHED, _WIDENED = 60, 16
_HOPELESS = 6.0
"""Phrases so far behind the best of their pool are not narrowed: no axis makes that up."""
_SAYS_LITTLE = 0.3
_TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: its row, score, the phrase it was found by, what was measured, and how it was chosen."""

    row: int
    score: float
    phrase: int
    parts: tuple[Floats, tuple[float, ...]]
    choice: Choice

    @property
    def implied(self) -> float:
        """The share of the question that the phrase says or implies."""
        return float(self.parts[0][IMPLIED])

    @property
    def by_meaning(self) -> bool:
        """Whether meaning led to the phrase and words did not: it says little of the question."""
        return len(self.parts[0]) > len(PHRASE_FEATURES) and self.implied < _SAYS_LITTLE and self.parts[0][-1] > 0

    @property
    def measured(self) -> Floats:
        """The values of FEATURES."""
        return np.array([*self.parts[0], *self.parts[1]], np.float32)


def rank(
    index: WordIndex,
    question: Question,
    narrowing: Narrowing,
    pools: tuple[str, ...] = POOLS,
    weights: Floats | None = None,
    nearness: Nearness | None = None,
) -> list[Ranked]:
    """Codes for a question as narrowed for its day, best first.

    `nearness` adds what is near in meaning; `weights` (as FEATURES; with it as MEANING_FEATURES) replace the fitted.
    """
    if not question.parts:
        return []
    fitted = FITTED if nearness is None else FITTED_WITH_MEANING
    use = fitted if weights is None else weights
    drawn = _drawn(index, question, pools, nearness)
    if not drawn:
        return []
    every = np.concatenate(drawn)
    measured = measure(index, question, every)
    if nearness is not None:
        measured = np.column_stack([measured, nearness.of(every)])
    ends = np.cumsum([len(rows) for rows in drawn]).tolist()
    found: dict[int, Ranked] = {}
    for start, end in zip([0, *ends], ends, strict=False):
        _Pool(index, question, narrowing, use, (every[start:end], measured[start:end]), nearness).add_to(found)
    return sorted(found.values(), key=lambda item: (-item.score, item.row))


def _drawn(index: WordIndex, question: Question, pools: tuple[str, ...], nearness: Nearness | None) -> list[Rows]:
    """The phrases of each pool that share words with the question, and those near to it in meaning."""
    weighed = question.weights()
    words = {one: weighed[one] for one in weighed if one in index.numbers}
    drawn = {pool: index.phrases_with(words, pool, DRAWN[pool]) for pool in pools}
    if nearness is not None and NEAR_POOL in drawn:
        near = nearness.nearest(NEAREST)
        drawn[NEAR_POOL] = np.concatenate([drawn[NEAR_POOL], near[~np.isin(near, drawn[NEAR_POOL])]])
    return [rows for rows in drawn.values() if len(rows)]


FITTED = np.array([WEIGHTS.get(name, 0.0) for name in FEATURES], np.float32)
FITTED_WITH_MEANING = np.array([MEANING_WEIGHTS.get(name, 0.0) for name in MEANING_FEATURES], np.float32)


class _Pool:
    """The phrases drawn from one pool, best first by their own features."""

    def __init__(
        self,
        index: WordIndex,
        question: Question,
        narrowing: Narrowing,
        weights: Floats,
        drawn: tuple[Rows, Floats],
        nearness: Nearness | None,
    ) -> None:
        self._index, self._question, self._narrowing, self._nearness = index, question, narrowing, nearness
        self._rows, self._measured = drawn
        width = self._measured.shape[1]
        self._phrase_weights = weights[:width]
        self._exact: list[bool] = (self._measured[:, EXACT] > 0).tolist()
        self._codes: list[int] = index.phrases["code"][self._rows].tolist()
        self._code_weights: list[float] = weights[width:].tolist()
        self._parts = [self._numbered(part) for part in question.parts]
        self._total = sum(max(part.values(), default=UNKNOWN_RARITY) for part in self._parts) or 1.0

    def _numbered(self, part: tuple[Meaning, ...]) -> dict[int, float]:
        """The stems of a part by number, with their rarity and weight."""
        index = self._index
        return {
            number: float(index.rarity[number]) * meaning.weight
            for meaning in part
            for one in meaning.stems
            if (number := index.numbers.get(one))
        }

    def add_to(self, found: dict[int, Ranked]) -> None:
        scores = self._measured @ self._phrase_weights
        order = np.argsort(-scores, kind="stable")[:_WEIGHED]
        best = float(scores[order[0]])
        chosen: dict[int, list[Choice]] = {}
        for place, at in enumerate(order.tolist()):
            score = float(scores[at])
            if score < best - _HOPELESS:
                return
            row = self._codes[at]
            if row not in chosen:
                chosen[row] = self._narrowing.choices(row)
            beside = self._beside(row, at) if place < _WIDENED else []
            for choice in (*chosen[row], *beside):
                self._add(found, choice, at, score)

    def _beside(self, row: int, at: int) -> list[Choice]:
        """Codes beside the one a phrase leads to, chosen by the parts of the question that the phrase does not say."""
        if self._index.family_of[row] < 0:
            return []
        said = set(self._index.said[self._rows[at]].tolist())
        left: dict[int, float] = {}
        for part in self._parts:
            if said.isdisjoint(part):
                left.update(part)
        return self._narrowing.beside(row, left) if left or self._narrowing.side_is_open(row) else []

    def _add(self, found: dict[int, Ranked], choice: Choice, at: int, phrase_score: float) -> None:
        own = self._own(choice, self._exact[at])
        if self._nearness is not None:
            own = (*own, self._nearness.of_title(self._index.family_of[choice.row]))
        score = phrase_score + sum(map(mul, own, self._code_weights))
        held = found.get(choice.row)
        if held is None or held.score < score:
            found[choice.row] = Ranked(choice.row, score, int(self._rows[at]), (self._measured[at], own), choice)

    def _own(self, choice: Choice, exact: bool) -> tuple[float, ...]:
        """What is measured of the code and how it was chosen: FEATURES behind those of phrases."""
        index, row = self._index, choice.row
        header = index.family_of[row] >= 0 and not index.billable[row]
        length = len(index.code_text(row)) if header else 0
        below, beside = choice.below is not None, choice.gain > 0
        return (
            choice.axes, header, header and exact, below, choice.below or 0.0,
            index.other[row] and not self._question.other, index.vague[row], length == 3, length == 4,
            beside, choice.gain / self._total, choice.extra * _TENTH, choice.apart,
            index.vague[row] and self._question.vague, index.other[row] and self._question.other,
            self._question.other and not index.other[row],
        )  # fmt: skip
