"""Practice notes: what no table holds, found by code, by modifier or by the words of a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log

from codeward.core.codes import Code, plain
from codeward.core.word_forms import stems
from codeward.datasets.practice_notes import BETWEEN, NoteRow
from codeward.services.view import View
from codeward.store.library import Found, Library
from codeward.store.releases import Release

NOTES = "practice-notes"
ANSWERS = 0.55
"""Score from which a note may be taken to answer the question; below it is at most near (measured in the tests)."""
NEAR = 0.35
"""Score below which a note has nothing to do with the question."""

_PROCEDURE = re.compile(r"[0-9]{4}[0-9FTUMA]|[A-V][0-9]{4}")
_EMPTY = frozenset(
    stem
    for stem in stems(
        "a an the of to in on for with and or at by is are be was were do does did can may must should will would "
        "could i we you our my it its this that these those there what which who when where how why if as from than "
        "please tell me us about explain need get use used using have has had any some one code codes coding bill "
        "billed billing report reported reporting cpt medicare mean means meaning still also so into "
        "patient patients claim"
    )
)
_ONE_THING = {
    "dx": "diagnosi", "diagnose": "diagnosi", "icd": "diagnosi", "e": "visit", "encounter": "visit",
    "px": "procedure", "surgeri": "surgery", "hcpc": "code", "pt": "pt", "asst": "assistant",
    "modifier": "modifier", "mod": "modifier", "ed": "emergency", "er": "emergency", "asc": "asc",
    "advance": "abn", "pays": "pay", "paid": "pay", "payable": "pay", "payment": "pay", "reimburse": "pay",
    "reimbursement": "pay", "allow": "allow", "bypass": "bypass", "override": "bypass", "overrid": "bypass",
    "doctor": "physician", "provider": "physician", "surgeon": "surgeon", "phone": "telephone", "op": "op",
    "medicaid": "medicaid", "beneficiary": "patient", "cover": "cover", "coverage": "cover",
}  # fmt: skip
"""Stems that stand for the same thing in a coder's question."""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note found for a question; `score` runs from 0 to 1, and from `ANSWERS` on the note answers it."""

    note: Found[NoteRow]
    score: float


def notes_of(view: View, code: Code) -> tuple[Found[NoteRow], ...]:
    """Notes in force that name the code, the narrowest entry first."""
    named = ((_width(item.row.codes, code), item) for item in _in_force(view))
    near = sorted(((width, item) for width, item in named if width), key=lambda pair: pair[0])
    return _cited(view, (item for _, item in near))


def notes_of_modifier(view: View, modifier: str) -> tuple[Found[NoteRow], ...]:
    """Notes in force that name the modifier, those with the fewest modifiers first."""
    named = [item for item in _in_force(view) if modifier.upper() in items(item.row.modifiers)]
    return _cited(view, sorted(named, key=lambda item: len(items(item.row.modifiers))))


def note(view: View, name: str) -> Found[NoteRow] | None:
    """The note of that name that holds on the day."""
    return view.first(NOTES, name=name)


def find_notes(
    view: View, words: str, codes: tuple[str, ...] = (), modifiers: tuple[str, ...] = (), most: int = 5
) -> tuple[FoundNote, ...]:
    """Notes in force on the day for a question, best first; none that has nothing to do with it.

    `codes` and `modifiers` are those the question names, as typed.
    """
    index = _index_of(view.library)
    asked = index.read(words, codes, modifiers)
    scored = ((index.score(item.row, asked), item) for item in _in_force(view))
    near = sorted(((score, item) for score, item in scored if score >= NEAR), key=lambda pair: -pair[0])[:most]
    _cited(view, (item for _, item in near))
    return tuple(FoundNote(item, round(score, 3)) for score, item in near)


def items(cell: str) -> tuple[str, ...]:
    """The items of a list in one cell."""
    return tuple(cell.split(BETWEEN)) if cell else ()


def _in_force(view: View) -> list[Found[NoteRow]]:
    release: Release | None = view.edition(NOTES)
    return view.library.find(NOTES, release, view.on) if release else []


def _cited(view: View, found: Iterable[Found[NoteRow]]) -> tuple[Found[NoteRow], ...]:
    kept = tuple(found)
    view.sources.update(dict.fromkeys(item.source for item in kept))
    return kept


def _width(cell: str, code: Code) -> int:
    """1 where the code stands by itself, 2 in a category, 3 in a range; 0 where it is not named."""
    return min((width for entry in items(cell) if (width := _names(entry, code.shown))), default=0)


@lru_cache(maxsize=32_768)
def _names(entry: str, shown: str) -> int:
    first, _, last = entry.partition("-")
    if _is_procedure(first) != _is_procedure(shown) or (last and first[0].isdigit() != shown[0].isdigit()):
        return 0
    begin, end, value = plain(first), plain(last or first), plain(shown)
    if value == begin == end:
        return 1
    if _is_procedure(first):
        return 3 if last and begin <= value <= end and begin[-1].isdigit() == value[-1].isdigit() else 0
    inside = begin <= value[: len(begin)] and value[: len(end)] <= end
    return (3 if last else 2) if inside else 0


def _is_procedure(text: str) -> bool:
    return _PROCEDURE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its stems with their weights, and the codes and modifiers it names."""

    weights: dict[str, float]
    total: float
    text: str
    codes: tuple[str, ...]
    modifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The stems of one note: each way to ask it, all of those and the title, and the statement."""

    asks: tuple[frozenset[str], ...]
    called: frozenset[str]
    said: frozenset[str]
    terms: tuple[tuple[str, ...], ...]


class NoteIndex:
    """The words of every note, and how rare each is among them."""

    def __init__(self, rows: Iterable[NoteRow]) -> None:
        self.words = {row.name: _words(row) for row in rows}
        held = Counter(stem for item in self.words.values() for stem in item.called | item.said)
        self._rare = {stem: log(1 + len(self.words) / count) for stem, count in held.items()}
        self._unknown = log(1 + 2 * len(self.words))

    def read(self, text: str, codes: tuple[str, ...], modifiers: tuple[str, ...]) -> Asked:
        """The stems of a question; codes are compared as codes and modifiers also as words."""
        values = tuple(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
        found = _bag(text) - {stem for code in codes for stem in stems(code)}
        weights = {stem: self._rare.get(stem, self._unknown) for stem in found}
        return Asked(weights, sum(weights.values()), text, values, frozenset(item.upper() for item in modifiers))

    def score(self, row: NoteRow, asked: Asked) -> float:
        """How well a note answers, 0 to 1: likeness to a way it is asked, and how much of the question it holds."""
        if not asked.total:
            return 0.0
        words = self.words[row.name]
        likest = max(self._likeness(ask, asked) for ask in words.asks)
        share = sum(
            weight * (1.0 if stem in words.called else 0.5 if stem in words.said else 0.0)
            for stem, weight in asked.weights.items()
        )
        score = 0.55 * likest + 0.45 * share / asked.total
        return min(1.0, max(0.0, score + self._signs(row, words, asked)))

    def _likeness(self, ask: frozenset[str], asked: Asked) -> float:
        both = sum(weight for stem, weight in asked.weights.items() if stem in ask)
        if not both:
            return 0.0
        return 2 * both / (asked.total + sum(self._rare.get(stem, self._unknown) for stem in ask))

    def _signs(self, row: NoteRow, words: _Words, asked: Asked) -> float:
        """What codes, modifiers and terms that are named, or are not, say for or against the note."""
        sign = 0.0
        if asked.codes and row.codes:
            held = [entry for entry in items(row.codes) if any(_names(entry, value) for value in asked.codes)]
            sign += 0.12 if held else -0.12
        if asked.modifiers and row.modifiers:
            sign += 0.08 if asked.modifiers & set(items(row.modifiers)) else -0.2
        if words.terms and not any(all(stem in asked.weights for stem in term) for term in words.terms):
            sign -= 0.12
        return sign


def _words(row: NoteRow) -> _Words:
    asks = tuple(_bag(ask) for ask in items(row.asks))
    called = frozenset().union(*asks, _bag(row.title), _bag(" ".join(items(row.terms))))
    terms = tuple(term for item in items(row.terms) if (term := tuple(_bag(item))))
    return _Words(asks, called, _bag(row.statement), terms)


def _bag(text: str) -> frozenset[str]:
    plain_text = text.lower().replace("e/m", "visit").replace("e&m", "visit").replace("x{epsu}", "xe xs xp xu")
    return frozenset(_ONE_THING.get(stem, stem) for stem in stems(plain_text) if stem not in _EMPTY)


@lru_cache(maxsize=4)
def _index_of(library: Library) -> NoteIndex:
    return NoteIndex(found.row for found in library.history(NOTES))
