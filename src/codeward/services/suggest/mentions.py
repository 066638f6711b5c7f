"""Mentions: what the sentences of a note name, each with the codes it may be, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.notes import CodeFound, Mention, Note, Standing
from codeward.services.suggest.edition import Context, Edition, Narrowed, narrow
from codeward.services.suggest.matches import Match, best_of, matches_in
from codeward.services.suggest.stand_in import standing_of
from codeward.services.suggest.words import Word, words_in
from codeward.store.concepts import BEHAVIOURS, Concept, concepts_under

_SIDE = {"right": "right", "left": "left", "bilateral": "bilateral", "both": "bilateral", "rt": "right", "lt": "left"}
_SIGNS = frozenset(BEHAVIOURS.values())
_LATER = re.compile(r"\b(follow[- ]?up|healing|healed|post[- ]?op|recheck|subsequent (?:visit|encounter)|aftercare)\b", re.I)
_SEQUEL = re.compile(r"\b(sequela|late effects?|old injury)\b", re.I)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention with what narrowing it left unsaid, and the phrases behind its codes in the same order."""

    mention: Mention
    section: str
    narrowed: tuple[Narrowed, ...]
    kinds: tuple[str, ...]


def mentions_of(note: Note, edition: Edition) -> list[Spoken]:
    """Everything the note names that the classification has a phrase for."""
    sentences = [(item, words_in(note.text, item.start, item.end)) for item in note.sentences]
    keys = {stem for _, words in sentences for word in words for stem in word.stems}
    concepts = concepts_under(edition.library.db, keys | _SIGNS)
    episode = _episode(note.text)
    found = []
    for sentence, words in sentences:
        words = _with_signs(words, concepts)
        for match, others in best_of(_usable(matches_in(words, concepts))):
            spoken = _spoken(note, edition, words, (match, *others), sentence.section, episode)
            if spoken is not None:
                found.append(spoken)
    return found


def _usable(found: list[Match]) -> list[Match]:
    return [match for match in found if match.concept.kind not in ("morphology", "family", "history", "absence")]


def _with_signs(words: list[Word], concepts: Mapping[str, list[Concept]]) -> list[Word]:
    """Words that name a kind of growth carry the sign of its column in the table of neoplasms."""
    grown = [match for match in matches_in(words, concepts) if match.concept.kind == "morphology" and match.gap < 1]
    signed = list(words)
    for match in grown:
        for place in match.places:
            word = signed[place]
            signed[place] = Word(word.text, word.start, word.end, word.at, word.stems | {match.concept.code})
    return signed


def _episode(text: str) -> str:
    if _SEQUEL.search(text):
        return "S"
    return "D" if _LATER.search(text) else "A"


def _side(words: list[Word], match: Match) -> str:
    """The side said nearest to the words of a match."""
    first, last = words[match.places[0]].at, words[match.places[-1]].at
    sides = [
        (min(abs(word.at - first), abs(word.at - last)), _SIDE[word.text.lower()])
        for word in words
        if word.text.lower() in _SIDE
    ]
    near = [item for item in sorted(sides) if item[0] <= 5]
    return near[0][1] if near else ""


def _spoken(
    note: Note, edition: Edition, words: list[Word], found: tuple[Match, ...], section: str, episode: str
) -> Spoken | None:
    best = found[0]
    context = Context(frozenset().union(*(word.stems for word in words)), _side(words, best), episode)
    codes, reached, kinds = list[CodeFound](), list[Narrowed](), list[str]()
    for match in found:
        entry = edition.nearest(match.concept.code)
        if entry is None:
            continue
        narrowed = narrow(edition, entry, context)
        if any(item.code.value == narrowed.entry.code for item in codes):
            continue
        score = round(max(0.0, min(1.0, (match.weight / (len(match.places) + 1)) * narrowed.sure)), 3)
        why = f"{match.concept.kind}: {match.concept.phrase}"
        codes.append(CodeFound(Code("icd-10-cm", narrowed.entry.code), narrowed.entry.title, score, why))
        reached.append(narrowed)
        kinds.append(match.concept.kind)
    if not codes:
        return None
    start, end = words[best.places[0]].start, words[best.places[-1]].end
    standing: Standing = standing_of(note, start, end)
    mention = Mention(note.text[start:end], start, end, standing, tuple(codes))
    return Spoken(mention, section, tuple(reached), tuple(kinds))
