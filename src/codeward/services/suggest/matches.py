"""Matches: the phrases of the classification that the words of a sentence make, and which of them to keep.

A phrase is made when all its words stand near each other, in whatever order and with others between. Of phrases over
the same words the longest and tightest wins; two may share a word (pain in knee and hip) but none lies inside another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from codeward.services.suggest.same_words import WIDER, never_meant, says_nothing_alone
from codeward.services.suggest.words import Word
from codeward.store.concepts import Concept, said_and_lacking

_FAR = 2.5
_IN_LIST = 0.6
_ONLY_MEANT = 4.0
_SHORT = 3
_AS_WRITTEN = 0.2
_DENYING = frozenset({"no", "not"})
_KIND = {"title": 0.06, "inclusion": 0.03, "index": 0.08, "neoplasm": 0.4, "own": 0.3, "own-status": 0.3, "reason": 1.0}


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase and the words of the sentence that make it, by their number; `gap` is how loosely they stand."""

    concept: Concept
    places: tuple[int, ...]
    gap: float
    literal: int = 0
    wider: int = 0

    @property
    def weight(self) -> float:
        """How good a match is: words covered first, tightness next, where the phrase is from last."""
        return (
            len(self.places)
            + 0.12 * len(self.concept.words)
            - 0.45 * self.gap
            - 0.5 * self.wider
            + (0.05 * self.literal if self.literal < len(self.concept.words) else 0.2 * self.literal + _AS_WRITTEN)
            + _KIND.get(self.concept.kind, 0.0)
        )


def matches_in(words: Sequence[Word], concepts: Mapping[str, Iterable[Concept]]) -> list[Match]:
    """Every phrase that the words make."""
    where: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for item in word.stems:
            where.setdefault(item, []).append(number)
    held, never = where.keys(), never_meant()
    found = []
    for key in where:
        for concept in concepts.get(key, ()):
            if concept.words <= held and concept.phrase not in never:
                match = _tightest(concept, key, where, words)
                if match is not None:
                    found.append(match)
    return found


def _tightest(concept: Concept, key: str, where: dict[str, list[int]], words: Sequence[Word]) -> Match | None:
    best: Match | None = None
    for anchor in where[key]:
        at = words[anchor].at
        places = {_nearest(where[word], word, at, words) for word in concept.words}
        if _is_some_disease(concept, places, words) or _is_said_to_lack(concept, places, words):
            continue
        ordered = tuple(sorted(_with_phrases({anchor, *places}, concept, words)))
        gap = words[ordered[-1]].at - words[ordered[0]].at - (len(ordered) - 1)
        if not _uses_abbreviations(concept, ordered, words):
            continue
        several = len({words[place].clause for place in ordered}) > 1
        if gap <= min(_FAR, 0.8 * len(ordered) + _IN_LIST * several) and (best is None or gap < best.gap):
            wider = sum(_is_wider(concept, words[place]) for place in ordered)
            best = Match(concept, ordered, max(gap, 0.0), _literal(concept, ordered, words), wider)
    return _with_modifiers(best, where, words) if best and concept.optional else best


def _nearest(places: list[int], word: str, at: float, words: Sequence[Word]) -> int:
    """The place of a word nearest to another; one that is written there comes before one that is only meant."""

    def distance(place: int) -> float:
        meant = word in words[place].meant and word != words[place].own
        return abs(words[place].at - at) + (_ONLY_MEANT if meant else 0.0)

    return min(places, key=distance)


def _is_some_disease(concept: Concept, places: set[int], words: Sequence[Word]) -> bool:
    """A mass or lesion of an organ is its disease; of a named disease it is not."""
    wider = any(_is_wider(concept, words[place]) for place in places)
    return wider and not concept.phrase.startswith("Disease, diseased")


def _is_wider(concept: Concept, word: Word) -> bool:
    """Whether a word is read as `disease`, as the index does for sites of which it has no mass or lesion."""
    return word.own in WIDER and word.own not in concept.words


def _is_said_to_lack(concept: Concept, places: set[int], words: Sequence[Word]) -> bool:
    """Whether a part of the phrase stands behind a `without` that the phrase does not have."""
    lacking = {place for place in places if words[place].is_without}
    if not lacking or lacking == places:
        return False
    meant = frozenset[str]().union(*(words[place].stems for place in lacking)) & concept.words
    return not meant <= said_and_lacking(concept.phrase)[1]


def _with_phrases(places: set[int], concept: Concept, words: Sequence[Word]) -> set[int]:
    """A phrase of the vocabulary is read as a whole: what one of its words stands for, all of them do."""
    held = [words[place] for place in places]
    wide = {place for word in held if (concept.words & word.meant) - {word.own} for place in word.phrase}
    return places | wide


def _uses_abbreviations(concept: Concept, places: tuple[int, ...], words: Sequence[Word]) -> bool:
    """An abbreviation counts as a whole: `COPD, hypertension` is no pulmonary hypertension."""
    held = [words[place] for place in places]
    meanings = {
        word.meant for word in held if word.own not in concept.words and not (word.stems - word.meant) & concept.words
    }
    return all(2 * len(meant & concept.words) >= len(meant) for meant in meanings if meant)


def _literal(concept: Concept, places: tuple[int, ...], words: Sequence[Word]) -> int:
    """How many of the words are written as the phrase has them."""
    return len({words[place].own for place in places} & concept.words)


def _with_modifiers(match: Match, where: dict[str, list[int]], words: Sequence[Word]) -> Match:
    """Nonessential modifiers beside the phrase belong to what it says."""
    low, high = words[match.places[0]].at - 1.3, words[match.places[-1]].at + 1.3
    beside = {
        number
        for word in (match.concept.optional - _DENYING) & where.keys()
        for number in where[word]
        if low <= words[number].at <= high
    }
    return replace(match, places=tuple(sorted({*match.places, *beside}))) if beside else match


def best_of(found: list[Match], words: Sequence[Word]) -> list[tuple[Match, tuple[Match, ...]]]:
    """The matches to keep in order of their places, each with those that read the same words otherwise."""
    usable = [match for match in found if not _says_nothing(match, words)]
    standing = [match for match in usable if len(_clauses(match, words)) == 1]
    ranked = sorted(
        (match for match in usable if not _joins_conditions(match, standing, words)), key=lambda match: -match.weight
    )
    kept: list[Match] = []
    others: dict[tuple[int, ...], list[Match]] = {}
    taken: set[int] = set()
    for match in ranked:
        places = set(match.places)
        same = next((item for item in kept if item.places == match.places), None)
        if same is not None:
            others.setdefault(same.places, []).append(match)
            continue
        if places <= taken or (places & taken and not _may_share(match, kept, words)):
            continue
        kept.append(match)
        taken |= places
    return [(match, tuple(others.get(match.places, ()))) for match in sorted(kept, key=lambda match: match.places)]


def _clauses(match: Match, words: Sequence[Word]) -> set[int]:
    return {words[place].clause for place in match.places}


def _joins_conditions(match: Match, standing: Sequence[Match], words: Sequence[Word]) -> bool:
    """Whether a match takes its words from several items of a list each of which is a condition by itself."""
    clauses = _clauses(match, words)
    places = set(match.places)
    named = {clause for other in standing if places & set(other.places) for clause in _clauses(other, words)}
    return len(clauses) > 1 and clauses <= named


def _says_nothing(match: Match, words: Sequence[Word]) -> bool:
    """Whether a single word is no condition by itself; one of three letters must be an abbreviation in both texts."""
    if len(match.places) > 1:
        return False
    word = words[match.places[0]]
    if word.own in says_nothing_alone() or (
        len(match.concept.words) == 1 and match.concept.words <= says_nothing_alone()
    ):
        return True
    text = word.text
    if match.concept.words <= word.meant:
        return False
    return len(text) <= _SHORT and (len(text) == 1 or not text.isupper() or text not in match.concept.phrase)


def _may_share(match: Match, kept: list[Match], words: Sequence[Word]) -> bool:
    """A word may serve two phrases of a list, as in `pain in left knee and hip`."""
    places = set(match.places)
    for other in kept:
        shared = places & set(other.places)
        both = _clauses(match, words) | _clauses(other, words)
        if shared and (len(both) == 1 or shared == places or len(shared) == len(other.places)):
            return False
    return True
