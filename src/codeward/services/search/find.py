"""Find: a code however typed, words however meant, over everything that has a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from codeward.core.answers import Answer
from codeward.core.codes import Code, plain, readings
from codeward.core.faults import BadInput
from codeward.services.search.chips import Chip, chips_of
from codeward.services.search.meaning import nearness
from codeward.services.search.narrowing import Narrowing
from codeward.services.search.question import read_question
from codeward.services.search.ranking import Ranked, rank
from codeward.services.search.reasons import reason
from codeward.services.search.spelling import Speller
from codeward.services.view import View
from codeward.store.library import Library
from codeward.store.search import DocumentRow, document_of, documents_with_code
from codeward.store.word_index.read import WordIndex

_LONGEST = 300
_BEHIND = {
    "icd-10-cm": "icd-10-cm",
    "icd-10-pcs": "icd-10-pcs",
    "hcpcs": "hcpcs",
    "cpt": "service-categories",
    "modifier": "modifiers",
    "pos": "pos",
    "taxonomy": "nucc-taxonomy",
}
FACET_POOL = 400
_WITH_CHIPS = 10
_EXACT, _AMONG_WORDS, _BEGINS = 100.0, 99.0, 60.0
_HALF = 4.0
"""The weighed score that is shown as 50."""
_LEAST, _MATCHES = 0.3, 0.6
"""Shares of the best score: below the first nothing is shown, from the second on a code counts as a match,
as it does whose wording says all that was asked."""
_SAYS_ALL = 0.9
_AMONG = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One code found, and why; `chips` are the axes the question left open (the first hits have them)."""

    code: Code
    title: str
    billable: bool | None
    score: float
    why: str
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits and how many of each system matched (counted over the first few hundred)."""

    query: str
    hits: tuple[Hit, ...]
    facets: dict[str, int]


def search(
    library: Library,
    text: str,
    on: date,
    system: str | None = None,
    *,
    billable: bool = False,
    chapter: str = "",
    most: int = 10,
) -> Answer[SearchResult]:
    """Codes whose number or words match, best first; `chapter` is the number of an ICD-10-CM chapter.

    Raises BadInput for an empty or overlong text.
    """
    text = _readable(text)
    asked = _Asked(library, text, on, system, billable, chapter)
    shown = asked.hits(most)
    view = View(library, on)
    for name in {hit.code.system for hit in shown}:
        view.edition(_BEHIND[name])
    return view.answer(SearchResult(text, shown, asked.facets()))


def _readable(text: str) -> str:
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not text:
        raise BadInput("nothing to search for: give a code or words")
    if len(text) > _LONGEST:
        raise BadInput(f"the text is {len(text)} characters long: at most {_LONGEST} are searched")
    return text


@lru_cache(maxsize=2)
def speller_of(index: WordIndex) -> Speller:
    """The speller of a word index, made once; two, since a new library may be opened beside the old."""
    return Speller(index.spellings, index.numbers)


@lru_cache(maxsize=8)
def _closed(library: Library) -> frozenset[int]:
    """The numbers of datasets that may not be read under the terms that hold."""
    names = library.licence.closed
    return frozenset(at for at, name in enumerate(library.word_index.datasets) if name in names)


class _Asked:
    """One search: what was found by number and by words, before the limits that were asked for."""

    def __init__(self, library: Library, text: str, on: date, system: str | None, billable: bool, chapter: str) -> None:
        self._library, self._on, self._system, self._billable, self._chapter = library, on, system, billable, chapter
        self._index = library.word_index
        self._question = read_question(text, speller_of(self._index))
        self._narrowing = Narrowing(self._index, self._question, on.toordinal())
        self._numbered = _by_code(library, text, on)
        near = nearness(library, text, self._question, speller_of(self._index))
        ranked = rank(self._index, self._question, self._narrowing, nearness=near)
        known = {self._index.row_of(hit.code.system, hit.code.value) for hit in self._numbered}
        closed = _closed(library)
        least = ranked[0].score * _LEAST if ranked else 0.0
        self._ranked = [
            item
            for item in ranked
            if item.score > least and self._index.dataset[item.row] not in closed and item.row not in known
        ]

    def hits(self, most: int) -> tuple[Hit, ...]:
        """The best hits within the limits, by number before by words."""
        numbered = [hit for hit in self._numbered if self._wanted(hit)]
        found = sorted(numbered, key=lambda hit: -hit.score)[:most]
        for item in self._ranked:
            if len(found) >= most and _by_words(item.score) < found[-1].score:
                break
            hit = self._hit(item)
            if hit is not None and self._wanted(hit):
                found.append(hit)
        best = sorted(found, key=lambda hit: -hit.score)[:most]
        return tuple(self._with_chips(hit) if at < _WITH_CHIPS else hit for at, hit in enumerate(best))

    def facets(self) -> dict[str, int]:
        """How many codes of each system match, the limit to a system aside."""
        least = self._ranked[0].score * _MATCHES if self._ranked else 0.0
        counted = Counter(
            self._index.systems[self._index.system[item.row]]
            for item in self._ranked
            if (item.score >= least or item.implied > _SAYS_ALL)
            and (not self._billable or self._index.billable[item.row])
        )
        counted.update(hit.code.system for hit in self._numbered if not self._billable or hit.billable is not False)
        return dict(counted)

    def _hit(self, item: Ranked) -> Hit | None:
        system, code = self._index.code_at(item.row)
        row = document_of(self._library, system, code, self._on)
        if row is None:
            return None
        return _shown(row, _by_words(item.score), reason(self._library, self._index, self._question, item))

    def _wanted(self, hit: Hit) -> bool:
        if (self._system and hit.code.system != self._system) or (self._billable and hit.billable is False):
            return False
        return not self._chapter or self._chapter_of(hit) == self._chapter

    def _chapter_of(self, hit: Hit) -> str:
        row = self._index.row_of(hit.code.system, hit.code.value) if hit.code.system == "icd-10-cm" else None
        return str(self._index.chapter[row]) if row is not None else ""

    def _with_chips(self, hit: Hit) -> Hit:
        row = self._index.row_of(hit.code.system, hit.code.value) if hit.code.system == "icd-10-cm" else None
        if row is None:
            return hit
        return replace(hit, chips=chips_of(self._index, self._question, self._narrowing, row, self._title))

    def _title(self, row: int) -> str:
        found = document_of(self._library, *self._index.code_at(row), self._on)
        return found.title if found else ""


def _by_words(score: float) -> float:
    """A weighed score on the scale of 0 to 100."""
    return 100.0 * max(0.0, score) / (max(0.0, score) + _HALF)


def _by_code(library: Library, text: str, on: date) -> list[Hit]:
    """The text as a code or the beginning of one; else the codes that stand among its words."""
    value = plain(text)
    if not any(letter.isdigit() for letter in value) and len(value) != 2:
        return []
    exact = {code.system for code in readings(text)}
    hits = []
    for row in documents_with_code(library, value, on, FACET_POOL):
        same = row.code == value and row.system in exact
        score = _EXACT if same else _BEGINS - (len(row.code) - len(value)) + (0.5 if row.billable else 0)
        hits.append(_shown(row, score, "code" if same else f"code begins with {value}"))
    return hits or list(_among(library, text, on))


def _among(library: Library, text: str, on: date) -> Iterable[Hit]:
    words = _AMONG.findall(text)
    for word in words if len(words) > 1 else ():
        if len(word) > 2 and any(letter.isdigit() for letter in word):
            for code in readings(word):
                row = document_of(library, code.system, code.value, on)
                if row is not None:
                    yield _shown(row, _AMONG_WORDS, "code")


def _shown(row: DocumentRow, score: float, why: str) -> Hit:
    billable = None if row.billable is None or row.system in ("cpt", "hcpcs") else bool(row.billable)
    return Hit(Code(row.system, row.code), row.title, billable, round(score, 3), why)
