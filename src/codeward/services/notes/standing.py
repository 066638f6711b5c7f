"""Standing: whether a note denies, doubts, dates or foresees a condition it names, or gives it to another person."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from codeward.core.notes import Note, Sentence, Standing
from codeward.services.notes import cues
from codeward.services.notes.sections import heading_words

_BEFORE = 700
"""Characters before a mention that are read: a list of thirty denied symptoms fits."""

_AFTER = 120
_HISTORY = 3000
"""Characters of a history that are looked through for where it turns to the present."""
_PAST_SECTIONS = ("past medical history", "past surgical history", "social history", "allergies")
_FAMILY_SECTIONS = ("family history",)
_DOUBTED_SECTIONS = ("differential diagnosis",)
_FORESEEN_SECTIONS = ("return precautions",)

_Cue = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Reach:
    """A kind of cue before a mention: what says so, what only looks so, and what ends its reach."""

    cue: re.Pattern[str]
    false: re.Pattern[str]
    ends: re.Pattern[str]
    most_words: int


_DENIAL = _Reach(cues.DENIES, cues.NOT_DENIED, cues.ENDS_DENIAL, 60)
_BARE_NOT = _Reach(cues.NOT, cues.NOT_DENIED, cues.ENDS_DENIAL, 2)
_DOUBT = _Reach(cues.DOUBTS, cues.NOT_DOUBTED, cues.ENDS_DOUBT, 9)
_PAST = _Reach(cues.DATES, cues.NOT_DATED, cues.ENDS_PAST, 60)
_JUST_PAST = _Reach(cues.DATES_NEAR, cues.NOT_DATED, cues.ENDS_PAST, 4)
_FORESIGHT = _Reach(cues.FORESEES, cues.NOT_FORESEEN, cues.ENDS_FORESIGHT, 90)
_OTHERS = _Reach(cues.KIN, cues.NOT_KIN, cues.ENDS_KIN, 25)


@dataclass(frozen=True, slots=True)
class _View:
    """What stands around a mention in its sentence; `at` is where the text before it begins in the note."""

    before: str
    inside: str
    after: str
    at: int
    start: int
    end: int


def standing_of(note: Note, start: int, end: int) -> Standing:
    """What the note says of the condition named at `note.text[start:end]`, by words around it and its section."""
    sentence = _sentence_at(note, start, end)
    view = _view(note.text, sentence, start, end)
    negated = _denied(view)
    uncertain = _doubted(view) or _section_says(note, sentence, _DOUBTED_SECTIONS)
    family = _of_another(view) or _section_says(note, sentence, _FAMILY_SECTIONS)
    hypothetical = _reached(view, _FORESIGHT) or _section_says(note, sentence, _FORESEEN_SECTIONS)
    historical = _past(view) or _section_says(note, sentence, _PAST_SECTIONS + _FAMILY_SECTIONS)
    cue = negated or family or hypothetical or uncertain or historical
    return Standing(
        negated=negated is not None,
        uncertain=uncertain is not None,
        historical=historical is not None,
        hypothetical=hypothetical is not None,
        family=family is not None,
        cue=cue,
    )


def _sentence_at(note: Note, start: int, end: int) -> Sentence:
    """The sentence a place stands in; the place alone where none does (a heading)."""
    index = bisect_right(note.sentences, start, key=lambda sentence: sentence.start) - 1
    if index >= 0 and note.sentences[index].end > start:
        return note.sentences[index]
    return Sentence(start, end, "")


def _view(text: str, sentence: Sentence, start: int, end: int) -> _View:
    low = max(sentence.start, start - _BEFORE)
    high = min(max(sentence.end, end), end + _AFTER)
    return _View(text[low:start], text[start:end], text[end:high], low, start, end)


def _section_says(note: Note, sentence: Sentence, names: tuple[str, ...]) -> _Cue:
    """The heading of the section, where the section alone says so."""
    if sentence.section not in names:
        return None
    index = bisect_right(note.sections, sentence.start, key=lambda section: section.start) - 1
    start = note.sections[index].start
    if cues.LEAVES_HISTORY.search(note.text, start, min(sentence.end, start + _HISTORY)):
        return None
    return heading_words(note.text, note.sections[index].start, sentence.start)


def _denied(view: _View) -> _Cue:
    sign = cues.SIGN_DENIES.search(view.before)
    if sign:
        return view.at + sign.start(), view.at + sign.end()
    if cues.SIGN_AFFIRMS.search(view.before):
        return None
    return (
        _reached(view, _DENIAL)
        or _reached(view, _BARE_NOT)
        or _behind(view, cues.DENIED_AFTER)
        or _behind(view, cues.DENIED_LIST)
    )


def _doubted(view: _View) -> _Cue:
    sign = cues.SIGN_DOUBTS.search(view.before)
    if sign:
        return view.at + sign.start(), view.at + sign.end()
    return _reached(view, _DOUBT) or _behind(view, cues.DOUBTED_AFTER)


def _past(view: _View) -> _Cue:
    return _reached(view, _PAST) or _reached(view, _JUST_PAST) or _behind(view, cues.DATED_AFTER)


def _of_another(view: _View) -> _Cue:
    return _reached(view, _OTHERS) or _behind(view, cues.KIN_AFTER)


def _behind(view: _View, pattern: re.Pattern[str]) -> _Cue:
    found = pattern.match(view.after)
    return (view.end + found.start(), view.end + found.end()) if found else None


def _reached(view: _View, kind: _Reach) -> _Cue:
    """The nearest cue before the mention, or opening it, with nothing between that ends its reach."""
    opening = kind.cue.match(view.inside)
    if opening and not kind.false.match(view.inside):
        return view.start, view.start + opening.end()
    for low, high in _true_cues(view.before, kind):
        gap = view.before[high:]
        if kind.ends.search(view.before, high) or ";" in gap or len(gap.split()) > kind.most_words:
            return None
        return view.at + low, view.at + high
    return None


def _true_cues(text: str, kind: _Reach) -> Iterator[tuple[int, int]]:
    """Cues that no look-alike covers, nearest first."""
    false = [found.span() for found in kind.false.finditer(text)]
    spans = [found.span() for found in kind.cue.finditer(text)]
    for low, high in reversed(spans):
        if not any(start <= low and high <= end for start, end in false):
            yield low, high
