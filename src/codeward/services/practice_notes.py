"""Practice notes: what no table holds, found by code, by modifier or by the words of a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

from codeward.core.answers import Caveat
from codeward.core.codes import Code, plain
from codeward.core.word_forms import WORD, stems
from codeward.datasets.practice_notes import BETWEEN, NoteRow
from codeward.services.view import View
from codeward.store.library import Found, Library
from codeward.store.releases import Release

NOTES = "practice-notes"
ANSWERS = 0.55
"""Score from which a note may be taken to answer the question; below it is at most near (measured in the tests)."""
NEAR = 0.35
"""Score below which a note has nothing to do with the question."""
_TOLD, _LIKE = 1.6, 0.33
"""A note that holds this many rare words of a question answers it from this likeness on, however long the question.

Measured on questions told in a sentence: of those without an answer, none in twenty reaches both."""

_PROCEDURE = re.compile(r"[0-9]{4}[0-9FTUMA]|[A-V][0-9]{4}")
_CODE = re.compile(r"\b(?:[0-9]{4}[0-9ftuma]|[a-v][0-9]{4}|[a-z][0-9][0-9a-z]\.[0-9a-z]{1,4})\b", re.IGNORECASE)
_CPT = re.compile(r"\b[0-9]{4}[0-9FTUMA]\b")
_DAY = re.compile(r"\b(?:(?:19|20)[0-9]{2}(?:-[0-9]{2}-[0-9]{2})?|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)\b")
_EMPTY = frozenset(
    stems(
        "a an the of to in on for with and or at by is are be was were do does did can may must should will would "
        "could i we you our my it its this that these those there what which who when where how why if as from than "
        "please tell me us about explain need get use used using have has had any some one code codes coding bill "
        "billed billable billing report reported reporting cpt hcpcs medicare mean means meaning still also so into "
        "claim valid"
    )
)
_SAME = (
    "diagnosis diagnoses dx icd", "visit encounter visits", "procedure px", "bypass override unbundle",
    "pay paid payable payment pays reimburse reimbursement", "physician doctor doc dr md provider", "telephone phone",
    "hypertension htn", "diabetes dm dm2 t2dm diabetic", "surgery operation", "emergency ed er",
    "cover covered coverage covers", "symptom symptoms signs sign", "repeat repeated again", "together both",
    "cancelled canceled", "telehealth telemedicine", "abn advance", "fracture fx", "history hx",
    "delete deleted discontinued", "modifier modifiers mod mods", "bilateral bilat", "assistant asst assist assisted",
    "observation obs", "inpatient inpt", "outpatient outpt", "hospital hosp", "discharge dc discharged",
    "mammogram mammo mammography", "postoperative postop post-op", "npp np pa", "patient pt pts beneficiary",
    "mue mues", "cancer ca malignancy", "colonoscopy colonoscopies", "supervision supervise",
    "record chart documentation", "chiropractic chiro", "anesthesia anesthesiologist",
)  # fmt: skip
"""Words that say the same in a coder's question, those of a line."""
_ONE_THING = {stem: next(stems(line)) for line in _SAME for stem in stems(line)}
_SPELLED = {"e/m": "visit", "e&m": "visit", "x{epsu}": "xe xs xp xu", "co-50": "co50", "co 50": "co50"}
_SPELT = re.compile("|".join(map(re.escape, _SPELLED)), re.IGNORECASE)
NAMED = "#"
"""Stands among the stems for whatever codes are named."""
_CODE_WEIGHT = 3.0
_CODELESS = 0.25
"""How far a note that names no code speaks of a code."""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note found for a question; `score` runs from 0 to 1, and from `ANSWERS` on the note answers it.

    `held` is the weight of the question's words that it holds: about 5 for a word that few notes have.
    """

    note: Found[NoteRow]
    score: float
    held: float = 0.0


def notes_of(view: View, code: Code) -> tuple[Found[NoteRow], ...]:
    """Notes in force that name the code, the narrowest entry first."""
    named = ((_width(item.row.codes, code), item) for item in notes_in_force(view))
    near = sorted(
        ((width, item) for width, item in named if width), key=lambda pair: (pair[0], len(items(pair[1].row.codes)))
    )
    return _cited(view, (item for _, item in near))


def notes_of_modifier(view: View, modifier: str) -> tuple[Found[NoteRow], ...]:
    """Notes in force that name the modifier: those on it first, then those that mention it among others."""
    named = [item for item in notes_in_force(view) if modifier.upper() in items(item.row.modifiers)]
    return _cited(view, sorted(named, key=lambda item: _distance(item.row, modifier.upper())))


def _distance(row: NoteRow, modifier: str) -> tuple[int, bool, bool]:
    """How far a note is from being one on the modifier alone."""
    return items(row.modifiers).index(modifier), row.topic != "modifiers", bool(row.codes)


def note(view: View, name: str) -> Found[NoteRow] | None:
    """The note of that name that holds on the day."""
    found = next((item for item in notes_in_force(view) if item.row.name == name), None)
    if found is not None:
        view.sources[found.source] = None
    return found


def find_notes(
    view: View, words: str, codes: tuple[str, ...] = (), modifiers: tuple[str, ...] = (), most: int = 5
) -> tuple[FoundNote, ...]:
    """Notes in force on the day for a question, best first; none that has nothing to do with it.

    `codes` and `modifiers` are those the question names, as typed.
    """
    index = _index_of(view.library)
    asked = index.read(words, codes, modifiers)
    scored = (FoundNote(item, *index.score(item.row, asked)) for item in notes_in_force(view))
    near = sorted((item for item in scored if item.score >= NEAR), key=lambda item: -item.score)[:most]
    _cited(view, (item.note for item in near))
    return tuple(near)


def items(cell: str) -> tuple[str, ...]:
    """The items of a list in one cell."""
    return tuple(cell.split(BETWEEN)) if cell else ()


def notes_in_force(view: View) -> list[Found[NoteRow]]:
    """Every note that holds on the day; without the AMA's terms none that names a CPT number."""
    release: Release | None = view.edition(NOTES)
    found = view.library.find(NOTES, release, view.on) if release else []
    if "ama-cpt" in view.library.licence.terms or not found:
        return found
    view.caveats[NOTES] = Caveat(NOTES, "Practice notes that name CPT numbers are left out: ama-cpt does not hold here")
    return [item for item in found if not names_cpt(item.row)]


def names_cpt(row: NoteRow) -> bool:
    """Whether anything in the note is, or looks like, a CPT number."""
    return _CPT.search(" ".join((row.title, row.statement, row.asks, row.codes, row.terms, row.document))) is not None


def _cited(view: View, found: Iterable[Found[NoteRow]]) -> tuple[Found[NoteRow], ...]:
    kept = tuple(found)
    view.sources.update(dict.fromkeys(item.source for item in kept))
    return kept


def _width(cell: str, code: Code) -> int:
    """1 where the code stands by itself, 2 in a category, 3 in a range; 0 where it is not named."""
    is_procedure = code.system in ("cpt", "hcpcs")
    return min((width for entry in _entries(cell) if (width := entry.names(code.value, is_procedure))), default=0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code, category or range, without dots."""

    is_procedure: bool
    is_range: bool
    first: str
    last: str

    def names(self, value: str, is_procedure: bool) -> int:
        """1 by itself, 2 as a category, 3 as a range, 0 not at all."""
        if self.is_procedure != is_procedure or not self.first <= value[: len(self.first)]:
            return 0
        if value[: len(self.last)] > self.last or (self.is_range and not self._is_alike(value)):
            return 0
        return 3 if self.is_range else 1 if value == self.first else 2

    def _is_alike(self, value: str) -> bool:
        """Whether the code is numbered as the range is: 0001T lies in none of 00100-01999."""
        return not self.is_procedure or (
            self.first[0].isdigit() == value[0].isdigit() and self.first[-1].isdigit() == value[-1].isdigit()
        )


@lru_cache(maxsize=4096)
def _entries(cell: str) -> tuple[_Entry, ...]:
    return tuple(_entry(item) for item in items(cell))


def _entry(text: str) -> _Entry:
    first, _, last = text.partition("-")
    return _Entry(_is_procedure(first), bool(last), plain(first), plain(last or first))


def _is_procedure(text: str) -> bool:
    return _PROCEDURE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its stems with their weights, and the codes and modifiers it names.

    `total` counts words that no note holds as one of them at most: a question told in a sentence has many.
    """

    weights: dict[str, float]
    total: float
    codes: tuple[str, ...]
    modifiers: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The stems of one note: each way to ask it, all of those with title and terms, and the statement."""

    asks: tuple[frozenset[str], ...]
    called: frozenset[str]
    said: frozenset[str]
    terms: tuple[frozenset[str], ...]


class NoteIndex:
    """The words of every note, and how rare each is among them."""

    def __init__(self, rows: Iterable[NoteRow]) -> None:
        self.words = {row.name: words_of(row) for row in rows}
        held = Counter(stem for item in self.words.values() for stem in item.called | item.said)
        self._rare = {stem: log(1 + len(self.words) / count) for stem, count in held.items()}
        self._rare[NAMED] = _CODE_WEIGHT
        self._unknown = log(1 + len(self.words))
        self._mass = {ask: sum(map(self._weight, ask)) for item in self.words.values() for ask in item.asks}

    def read(self, text: str, codes: tuple[str, ...], modifiers: tuple[str, ...]) -> Asked:
        """The stems of a question; codes are compared as codes, and modifiers as words too."""
        values = tuple(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
        named = frozenset(item.upper() for item in modifiers)
        bag = _bag(text, named) - {stem for code in values for stem in stems(code)}
        bag = bag - {NAMED} | ({NAMED} if values else set())
        weights = {stem: self._weight(stem) for stem in bag}
        foreign = sum(weight for stem, weight in weights.items() if stem not in self._rare)
        total = sum(weights.values()) - max(0.0, foreign - self._unknown)
        return Asked(weights, total, values, named, frozenset(weights))

    def score(self, row: NoteRow, asked: Asked) -> tuple[float, float]:
        """How well a note answers, 0 to 1, and the weight of the question's words that it holds.

        Likeness to a way it is asked counts a little more than how much of the question it holds.
        """
        if not asked.weights.keys() - {NAMED}:
            return 0.0, 0.0
        words = self.words[row.name]
        called = words.called & asked.stems
        weight = sum(asked.weights[stem] for stem in called)
        said = sum(asked.weights[stem] for stem in (words.said & asked.stems) - called) / 2
        most = 1.1 * weight / (asked.total + weight) + 0.45 * (weight + said) / asked.total
        if most < NEAR - _MOST_SIGN:
            return 0.0, 0.0
        credit = _credit(row, asked)
        likest = max(self._likeness(ask, asked, credit) for ask in words.asks)
        held = sum(weight * _held(stem, words, credit) for stem, weight in asked.weights.items())
        score = 0.55 * likest + 0.45 * held / asked.total + _modifier_sign(row, asked)
        if words.terms and not any(term <= asked.weights.keys() for term in words.terms):
            score *= _UNMEANT
        one_word = len(called - {NAMED}) < 2 and credit <= _CODELESS
        if asked.codes and (not credit or one_word):
            score *= _OTHER_CODES
        phrases = sum(len(term) > 1 and term <= asked.weights.keys() for term in words.terms)
        score += _PHRASE * min(phrases, 2)
        if held + phrases * self._unknown / 2 >= _TOLD * self._unknown and score >= _LIKE:
            score = max(score, ANSWERS + (score - _LIKE) / 4)
        return round(min(1.0, max(0.0, score)), 3), round(held, 1)

    def _likeness(self, ask: frozenset[str], asked: Asked, credit: float) -> float:
        common = ask & asked.stems
        if not common:
            return 0.0
        both = sum(asked.weights[stem] * (credit if stem == NAMED else 1.0) for stem in common)
        return 2 * both / (asked.total + self._mass[ask])

    def _weight(self, stem: str) -> float:
        return self._rare.get(stem, self._unknown)


_UNMEANT = 0.7
"""What is left of a score when none of the note's terms stands in the question."""
_MOST_SIGN = 0.22
"""Most that modifiers and phrases can add to a score."""
_PHRASE = 0.05
"""What each of the note's terms of several words adds when it stands in the question."""
_OTHER_CODES = 0.6
"""What is left of it when the note speaks of other codes than those named, or has one word of the question."""


def _held(stem: str, words: _Words, credit: float) -> float:
    if stem == NAMED:
        return credit
    return 1.0 if stem in words.called else 0.5 if stem in words.said else 0.0


def _credit(row: NoteRow, asked: Asked) -> float:
    """How far the note speaks of the codes that are named."""
    if not row.codes:
        return _CODELESS
    named = [
        width
        for entry in _entries(row.codes)
        for value in asked.codes
        if (width := entry.names(plain(value), _is_procedure(value)))
    ]
    return _BY_WIDTH[min(named, default=0)]


_BY_WIDTH = (0.0, 1.0, 0.9, 0.8)
"""A code named by itself, in a category, in a range."""


def _modifier_sign(row: NoteRow, asked: Asked) -> float:
    if not asked.modifiers or not row.modifiers:
        return 0.0
    own = frozenset(items(row.modifiers))
    return 0.12 if own == asked.modifiers else 0.08 if asked.modifiers & own else -0.2


def words_of(row: NoteRow) -> _Words:
    """The stems of a note."""
    own = frozenset(items(row.modifiers))
    asks = tuple(_bag(ask, own) for ask in items(row.asks))
    terms = tuple(
        term for item in items(row.terms) if (term := _bag(item.upper() if item.upper() in own else item, own))
    )
    called = frozenset().union(*asks, *terms, _bag(row.title, own))
    return _Words(asks, called, _bag(row.statement, own), terms)


def _bag(text: str, modifiers: frozenset[str]) -> frozenset[str]:
    """The stems of a text less those that say nothing; modifiers in capitals count, days do not, codes are one."""
    kept = {word.lower() for word in WORD.findall(text) if word in modifiers}
    bare, codes = _CODE.subn(" ", _DAY.sub(" ", _SPELT.sub(lambda found: _SPELLED[found[0].lower()], text)))
    found = {_ONE_THING.get(stem, stem) for stem in stems(bare) if stem not in _EMPTY}
    return frozenset(found | kept | ({NAMED} if codes else set()))


@lru_cache(maxsize=4)
def _index_of(library: Library) -> NoteIndex:
    return NoteIndex(found.row for found in library.history(NOTES))
