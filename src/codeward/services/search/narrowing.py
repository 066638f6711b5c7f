"""Narrowing: from the code a phrase leads to, the codes that the question's side, episode and further words choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from codeward.services.search.question import Question
from codeward.store.word_index.read import WordIndex
from codeward.store.word_index.titles import TRIMESTERS

_MOST_BELOW = 400
_HEADERS_SHOWN = 3
_BILLABLE_SHOWN = 3
_SHARE_OF_BEST = 0.6
_SIDE_GAIN = 3.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A code chosen from where a phrase leads, and how: what its axes cost, whether it lies below a header that the
    phrase names or beside it (`gain` is the rarity of further words it says, `extra` of words nobody said)."""

    row: int
    axes: float
    below: float | None = None
    gain: float = 0.0
    extra: float = 0.0
    apart: bool = False


class Narrowing:
    """Chooses among the codes of one index for one question, as of one day (an ordinal)."""

    def __init__(self, index: WordIndex, question: Question, day: int) -> None:
        self._index, self._question = index, question
        self._in_force = index.in_force(day)
        self._asked = {number for one in question.asked if (number := index.numbers.get(one))}

    def in_force(self, row: int) -> bool:
        """Whether a code holds on the day."""
        return self._in_force[row]

    def choices(self, row: int) -> list[Choice]:
        """Codes of the family of the code a phrase leads to; where none is billable, the best below it."""
        if self._index.family_of[row] < 0:
            return [Choice(row, self._side(self._index.side[row]))] if self.in_force(row) else []
        family = sorted(
            (self._family_cost(member, row), member) for member in self._index.members(row) if self.in_force(member)
        )
        billable = [member for member in family if self._index.billable[member[1]]][:_BILLABLE_SHOWN]
        headers = [member for member in family if not self._index.billable[member[1]]][:_HEADERS_SHOWN]
        found = [Choice(member, cost) for cost, member in (*billable, *headers)]
        if self.in_force(row) and all(choice.row != row for choice in found):
            found.append(Choice(row, 0.3))
        return found if billable else [*found, *self._below(row)]

    def _family_cost(self, member: int, row: int) -> float:
        index = self._index
        cost = self._axes(member) + 0.25 * (not index.billable[member]) - 0.05 * index.vague[member]
        if index.code_text(member)[:6] != index.code_text(row)[:6]:
            cost += 0.2
        return cost + 0.05 * (member != row)

    def _below(self, row: int) -> list[Choice]:
        """The two billable codes below a header that add least to what was said."""
        index, known = self._index, set(self._index.code_words[row].tolist())
        ranked = []
        for member in self._narrower(row):
            extra = [number for number in index.code_words[member].tolist() if number and number not in known]
            cost = sum(-0.25 if number in self._asked else 0.3 for number in extra)
            cost += 0.25 * index.other[member] - 0.3 * index.vague[member] + self._axes(member)
            ranked.append((cost, member))
        return [Choice(member, 0.0, below=cost) for cost, member in sorted(ranked)[:2]]

    def _narrower(self, row: int) -> Iterator[int]:
        system, code = self._index.code_at(row)
        for member in self._index.beginning_with(system, code)[:_MOST_BELOW]:
            if self._index.billable[member] and self._in_force[member]:
                yield member

    def beside(self, row: int, left: Mapping[int, float]) -> list[Choice]:
        """Codes of the same subcategory that say what the phrase left unsaid: `left` weighs stems by number.

        A side that no code of the family has counts as left unsaid, too.
        """
        index = self._index
        parent = index.parent[row] if index.billable[row] else row
        if parent < 0:
            return []
        near = index.code_text(parent)
        above = index.parent[parent]
        within = index.code_text(above) if len(near) > 4 and above >= 0 else near
        gains = self._gains(near[:3], within, left)
        if self.side_is_open(row):
            for member in self._index.beginning_with("icd-10-cm", within)[:_MOST_BELOW]:
                if index.side[member] == self._question.side and index.billable[member] and self._in_force[member]:
                    gains[member] = gains.get(member, 0.0) + _SIDE_GAIN
        if not gains:
            return []
        least, known = max(gains.values()) * _SHARE_OF_BEST, self._known(row)
        found = [self._beside(member, gain, known, near) for member, gain in gains.items() if gain >= least]
        found.sort(key=lambda item: item.gain - 0.3 * item.extra - 6 * item.axes - 2 * item.apart, reverse=True)
        return found[:2]

    def side_is_open(self, row: int) -> bool:
        """Whether a side was asked that no code of the family has."""
        side = self._question.side
        return bool(side) and all(self._index.side[member] != side for member in self._index.members(row))

    def _gains(self, category: str, within: str, left: Mapping[int, float]) -> dict[int, float]:
        gains: dict[int, float] = {}
        words = self._index.words_of_category(category)
        for number, weight in left.items():
            for member in words.get(number, ()):
                gains[member] = gains.get(member, 0.0) + weight
        return {
            member: gain
            for member, gain in gains.items()
            if self._in_force[member] and self._index.code_text(member).startswith(within)
        }

    def _known(self, row: int) -> set[int]:
        """Words that the question, the code and the headers above it say."""
        known, at = set(self._asked), row
        while at >= 0:
            known.update(self._index.code_words[at].tolist())
            at = self._index.parent[at]
        return known

    def _beside(self, member: int, gain: float, known: set[int], near: str) -> Choice:
        index = self._index
        words = [number for number in index.code_words[member].tolist() if number and number not in known]
        extra = float(np.sum(index.rarity[words])) if words else 0.0
        cost = self._axes(member) - 0.05 * index.vague[member] + 0.2 * index.other[member]
        return Choice(member, cost, gain=gain, extra=extra, apart=not index.code_text(member).startswith(near))

    def _axes(self, row: int) -> float:
        """What it costs that a code's side, episode and trimester were not asked, or others were."""
        index = self._index
        return self._side(index.side[row]) + self._episode(index.episodes[index.episode[row]]) + self._trimester(row)

    def _side(self, side: int) -> float:
        if not self._question.side:
            return 0.35 if side in (1, 2, 3) else 0.0
        if side == self._question.side:
            return -0.3
        return 0.5 if side in (1, 2, 3) else 0.15

    def _trimester(self, row: int) -> float:
        trimester = TRIMESTERS[self._index.trimester[row]]
        if trimester in ("", "unspecified"):
            return 0.0
        return -0.3 if trimester in self._question.asked else 0.4

    def _episode(self, episode: str) -> float:
        """Nothing said is an initial encounter, of a closed fracture (I.C.19.a, I.C.19.c), and a stage unspecified."""
        asked = self._question.asked
        if not episode or "unspecified" in episode:
            return 0.0
        if episode.startswith("initial"):
            return _initial(episode, opened=not asked.isdisjoint(_OPEN))
        if episode.startswith("subsequent"):
            return _subsequent(episode, asked)
        if episode == "sequela":
            return 0.7 if asked.isdisjoint(_LATE) else -0.5
        if not _STAGES.isdisjoint(episode.split()):
            return 0.4 if asked.isdisjoint(episode.split()) else -0.4
        return 0.4


_OPEN = frozenset({"open", "opn", "compound"})
_LATER = frozenset({"subsequent", "followup", "aftercare", "healing"})
_LATE = frozenset({"sequela", "late", "sequelae"})
_HEALING = ("delayed", "nonunion", "malunion")
_STAGES = frozenset({"mild", "moderate", "severe", "indeterminate"})


def _initial(episode: str, *, opened: bool) -> float:
    if "open" in episode:
        return (-0.2 if opened else 0.5) + 0.3 * ("type III" in episode)
    return 0.5 if "closed" in episode and opened else 0.0


def _subsequent(episode: str, asked: frozenset[str]) -> float:
    cost = 0.6 if asked.isdisjoint(_LATER) else -0.1
    return cost + sum(-0.8 if how in asked else 0.2 for how in _HEALING if how in episode)
