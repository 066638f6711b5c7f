"""Mentions: what the sentences of a note name, each with the codes it may be, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from codeward.core.codes import Code
from codeward.core.notes import CodeFound, Mention, Note, Sentence, Standing
from codeward.services.notes.standing import standing_of
from codeward.services.suggest.abbreviations import Meanings
from codeward.services.suggest.circumstances import (
    APART,
    CIRCUMSTANCES,
    REASON_SECTIONS,
    is_had,
    is_on_dialysis,
    is_reason,
    is_taken,
    kind_of,
)
from codeward.services.suggest.edition import Context, Edition, Narrowed, narrow
from codeward.services.suggest.matches import Match, best_of, matches_in
from codeward.services.suggest.same_words import own_phrases
from codeward.services.suggest.words import Word, expanded, words_in
from codeward.store.concepts import BEHAVIOURS, Concept, concepts_under

_SIDE = {"right": "right", "left": "left", "bilateral": "bilateral", "both": "bilateral", "rt": "right", "lt": "left"}
_SIGNS = frozenset(BEHAVIOURS.values())
_LATER = re.compile(
    r"\b(follow[- ]?up (?:visit|of|for|on|after|appointment|evaluation|exam)"
    r"|(?:here|presents?|seen|returns?|returning) (?:today )?(?:for|in) (?:a )?(?:routine )?(?:follow|recheck|cast)"
    r"|healing|subsequent (?:visit|encounter)|post[- ]?op(?:erative)? (?:visit|check))",
    re.I,
)
_SEQUEL = re.compile(r"\b(sequela|late effects?|old injury)\b", re.I)
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention with its section, the kind of phrase it is, what narrowing it left unsaid, and its history codes."""

    mention: Mention
    section: str
    kind: str
    missing: tuple[str, ...] = ()
    history: tuple[CodeFound, ...] = ()
    family: tuple[CodeFound, ...] = ()
    before: str = ""
    after: str = ""

    @property
    def is_supported(self) -> bool:
        """Whether the note says of a circumstance that it holds, not only its name."""
        code = self.mention.codes[0].code.value
        if code == "Z992":
            return is_on_dialysis(self.before[-30:] + " " + self.after[:30])
        if self.kind == "status":
            return self.mention.standing.historical or is_had(code, self.section, self.before, self.after)
        if self.kind == "longterm":
            named = "Long-term" not in self.mention.codes[0].why
            return is_taken(code, self.section, self.before, self.after, named=named)
        if self.kind == "encounter":
            return is_reason(self.section, self.before + self.mention.text)
        return self.section in REASON_SECTIONS if self.kind == "reason" else True


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence being read: the note and edition, its words, its section, the episode of the visit."""

    note: Note
    edition: Edition
    words: Sequence[Word]
    section: str
    episode: str
    at: int = 0


def mentions_of(note: Note, edition: Edition) -> list[Spoken]:
    """Everything the note names that the classification has a phrase for, in order."""
    meanings = Meanings(note.text)
    pieces = [
        (sentence, expanded(words[at : at + MOST_WORDS], meanings))
        for sentence in note.sentences
        for words in [words_in(note.text, sentence.start, sentence.end)]
        for at in range(0, len(words), MOST_WORDS)
    ]
    keys = {stem for _, words in pieces for word in words for stem in word.stems}
    concepts = concepts_under(edition.library, keys | _SIGNS)
    for own in own_phrases():
        for word in own.words & keys:
            concepts.setdefault(word, []).append(own)
    episode = _episode(note.text)
    found: list[Spoken] = []
    for sentence, words in pieces:
        found += _in_sentence(note, edition, sentence, words, concepts, episode)
    return found


MOST_WORDS = 60
"""A sentence is read so many words at a time: what stands further apart is not said together."""


def _in_sentence(
    note: Note,
    edition: Edition,
    sentence: Sentence,
    words: list[Word],
    concepts: Mapping[str, list[Concept]],
    episode: str,
) -> Iterable[Spoken]:
    words = _with_signs(words, concepts)
    every = matches_in(words, concepts)
    reading = Reading(note, edition, words, sentence.section, episode, sentence.start)
    named = [match for match in every if kind_of(match.concept) not in APART and match.concept.kind != "morphology"]
    stands = [match for match in every if kind_of(match.concept) in APART]
    kept = [pair for pair in best_of(named, words) if not _is_aimed_at(pair[0], words)]
    taken: set[int] = set()
    for match, others in kept:
        taken |= set(match.places)
        spoken = _spoken(reading, (match, *others), stands)
        if spoken is not None:
            yield spoken
    left = [item for item in stands if kind_of(item.concept) in CIRCUMSTANCES]
    for match, others in best_of(left, words):
        if not set(match.places) <= taken:
            spoken = _spoken(reading, (match, *others), [])
            if spoken is not None and spoken.is_supported:
                yield spoken


_AIMS = re.compile(
    r"vaccin\w*|immuni[sz]\w*|shots?|boosters?|doses?|screen\w*|prophyla\w*|precautions?|titers?|serolog\w*|tests?|panel",
    re.I,
)
_NEAR = 3


def _is_aimed_at(match: Match, words: Sequence[Word]) -> bool:
    """Whether a condition is only what a vaccine, a screening or a test is for: `influenza vaccine given`."""
    first, last = match.places[0], match.places[-1]
    clause = words[last].clause
    near = [*reversed(words[max(first - _NEAR, 0) : first])], words[last + 1 : last + 1 + _NEAR]
    before, after = (_until_found(side) for side in near)
    inside = words[first : last + 1]
    aims = [word for word in (*before, *inside, *after) if word.clause == clause and _AIMS.fullmatch(word.text)]
    return any(word.own not in match.concept.words for word in aims)


_FINDS = re.compile(
    r"show\w*|reveal\w*|confirm\w*|demonstrat\w*|found|detect\w*|positive|indicat\w*|w(?:as|ith)|due", re.I
)


def _until_found(words: Sequence[Word]) -> list[Word]:
    """The words up to one that says that something was found: `tests showed leukocytosis` is no test for it."""
    return list(takewhile(lambda word: not _FINDS.fullmatch(word.text), words))


def _with_signs(words: list[Word], concepts: Mapping[str, list[Concept]]) -> list[Word]:
    """Words that name a kind of growth carry the sign of its column in the table of neoplasms."""
    grown = [match for match in matches_in(words, concepts) if match.concept.kind == "morphology" and match.gap < 1]
    signed = list(words)
    for match in grown:
        for place in match.places:
            word = signed[place]
            signed[place] = replace(word, stems=word.stems | {match.concept.code})
    return signed


def _episode(text: str) -> str:
    if _SEQUEL.search(text):
        return "S"
    return "D" if _LATER.search(text) else "A"


def _said_side(word: Word) -> str:
    """The side that a word says; a single letter only as a capital."""
    return {"L": "left", "R": "right"}.get(word.text, _SIDE.get(word.text.lower(), ""))


def _side(words: Sequence[Word], match: Match) -> str:
    """The side said nearest to the words of a match."""
    first, last = words[match.places[0]].at, words[match.places[-1]].at
    sides = [(min(abs(word.at - first), abs(word.at - last)), _said_side(word)) for word in words if _said_side(word)]
    near = [item for item in sorted(sides) if item[0] <= 5]
    return near[0][1] if near else ""


def _spoken(reading: Reading, found: Sequence[Match], stands: Sequence[Match]) -> Spoken | None:
    best = found[0]
    codes, missing = _codes(reading, found)
    if not codes:
        return None
    start, end = reading.words[best.places[0]].start, reading.words[best.places[-1]].end
    standing: Standing = standing_of(reading.note, start, end)
    mention = Mention(reading.note.text[start:end], start, end, standing, codes)
    about = {kind: _about(reading, best, stands, kind) for kind in ("history", "family")}
    return Spoken(
        mention,
        reading.section,
        kind_of(best.concept),
        missing,
        about["history"],
        about["family"],
        reading.note.text[max(reading.at, start - _BEFORE) : start],
        reading.note.text[end : end + _BEFORE],
    )


def _about(reading: Reading, match: Match, stands: Sequence[Match], kind: str) -> tuple[CodeFound, ...]:
    """What the same words are as personal or family history."""
    places = set(match.places)
    same = [item for item in stands if item.concept.kind == kind and set(item.places) & places]
    ranked = sorted(same, key=lambda item: -(item.weight + len(set(item.places) & places)))
    return _codes(reading, ranked)[0] if ranked else ()


def _codes(reading: Reading, found: Sequence[Match]) -> tuple[tuple[CodeFound, ...], tuple[str, ...]]:
    """The billable codes behind matches, without repeats, and how the first was reached."""
    stems = frozenset().union(*(word.stems for word in reading.words if not word.is_without))
    lacking = frozenset().union(*(word.stems for word in reading.words if word.is_without))
    context = Context(stems, _side(reading.words, found[0]), reading.episode, lacking)
    codes: dict[str, CodeFound] = {}
    first: Narrowed | None = None
    for match in found:
        entry = reading.edition.nearest(match.concept.code)
        if entry is None:
            continue
        narrowed = narrow(reading.edition, entry, context)
        first = first or narrowed
        reached = narrowed.entry
        score = round(max(0.0, min(1.0, match.weight / (len(match.places) + 1) * narrowed.sure)), 3)
        why = f"{match.concept.kind}: {match.concept.phrase}"
        codes.setdefault(reached.code, CodeFound(Code("icd-10-cm", reached.code), reached.title, score, why))
    return tuple(codes.values()), first.missing if first else ()
