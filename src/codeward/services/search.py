"""Search: codes however typed, words, beginnings of words and misspelt words, over everything that has a text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from codeward.core.answers import Answer
from codeward.core.codes import Code, plain, readings
from codeward.core.faults import BadInput
from codeward.services.view import View
from codeward.store.library import Library
from codeward.store.search import (
    DocumentRow,
    documents_with_code,
    documents_with_words,
    known_word,
    words_like,
)

_WORD = re.compile(r"[^\W_]+")
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One code found, and why."""

    code: Code
    title: str
    billable: bool | None
    score: float
    why: str


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
    most: int = 10,
) -> Answer[SearchResult]:
    """Codes whose number or words match, best first; BadInput for an empty or overlong text."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not text:
        raise BadInput("nothing to search for: give a code or words")
    if len(text) > _LONGEST:
        raise BadInput(f"the text is {len(text)} characters long: at most {_LONGEST} are searched")
    found = {hit.code: hit for hit in (*_by_code(library, text, on), *_by_words(library, text, on))}
    hits = sorted(found.values(), key=lambda hit: -hit.score)
    wanted = [hit for hit in hits if not billable or hit.billable is not False]
    facets = dict(Counter(hit.code.system for hit in wanted))
    shown = tuple(hit for hit in wanted if system in (None, hit.code.system))[:most]
    view = View(library, on)
    for name in {hit.code.system for hit in shown}:
        view.edition(_BEHIND[name])
    return view.answer(SearchResult(text, shown, facets))


def _by_code(library: Library, text: str, on: date) -> list[Hit]:
    value = plain(text)
    if not any(letter.isdigit() for letter in value) and len(value) != 2:
        return []
    exact = {code.system for code in readings(text)}
    hits = []
    for row in documents_with_code(library, value, on, FACET_POOL):
        same = row.code == value and row.system in exact
        score = 100.0 if same else 60.0 - (len(row.code) - len(value)) + (0.5 if row.billable else 0)
        hits.append(_hit(row, score, "code" if same else f"code begins with {value}"))
    return hits


def _by_words(library: Library, text: str, on: date) -> list[Hit]:
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return []
    groups, notes = zip(
        *(_spelt(library, word, last=at == len(words) - 1) for at, word in enumerate(words)), strict=True
    )
    corrected = [note for note in notes if note]
    why = f"spelling: {', '.join(corrected)}" if corrected else "words"
    rows = documents_with_words(library, [group for group in groups if group], on, FACET_POOL, every=True)
    if not rows and len(words) > 1:
        rows = documents_with_words(library, [group for group in groups if group], on, FACET_POOL, every=False)
        why = "some of the words"
    return [_hit(row, _score(row, words), _why(row, words, why)) for row in rows]


def _spelt(library: Library, word: str, *, last: bool) -> tuple[list[str], str]:
    """The index words to look for instead of a typed one, and what was corrected.

    The last word may be unfinished; an unknown one is replaced by the nearest known words (a transposed pair of
    letters counts as one slip).
    """
    if known_word(library, word):
        return [word, f"{word}*"] if last and len(word) > 2 else [word], ""
    if last and words_like(library, word, len(word)):
        return [f"{word}*"], ""
    if len(word) < 4 or word.isdigit():
        return [word], ""
    pool = dict(words_like(library, word[0], 1))
    slips = 1 if len(word) < 7 else 2
    near = extract(word, pool.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=slips, limit=20)
    least = min((item[1] for item in near), default=0)
    best = sorted((item for item in near if item[1] == least), key=lambda item: -pool[item[0]])[:3]
    return ([item[0] for item in best], f"{word} read as {best[0][0]}") if best else ([word], "")


def _score(row: DocumentRow, words: list[str]) -> float:
    """Text relevance; short titles that hold every word, and billable codes, come first among equals."""
    title = set(_WORD.findall(row.title.lower()))
    share = sum(word in title for word in words) / max(len(title), 1)
    return min(50.0, -row.rank + 8 * share + row.weight)


def _why(row: DocumentRow, words: list[str], why: str) -> str:
    if why != "words" or all(word[:4] in row.title.lower() for word in words):
        return "title" if why == "words" else why
    term = next((term for term in row.terms.split("; ") if all(word[:4] in term.lower() for word in words)), "")
    return f"inclusion term: {term}" if term and row.system == "icd-10-cm" else "description"


def _hit(row: DocumentRow, score: float, why: str) -> Hit:
    billable = None if row.billable is None else bool(row.billable)
    if row.system in ("cpt", "hcpcs"):
        billable = None
    return Hit(Code(row.system, row.code), row.title, billable, round(score, 3), why)
