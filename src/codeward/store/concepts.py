"""Concepts: every phrase by which the ICD-10-CM names a condition, as a set of word stems with the code it leads to.

Phrases come out of the index and the table of neoplasms (paths, cross references followed), the inclusion terms and
the titles of the tabular list. Phrases of all loaded editions are kept: they help to find, and whoever answers holds
each code against the edition in force.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeward.core.word_forms import stem, stems

SCHEMA = """
create table concept (key text, words text, code text, kind text, phrase text);
"""
INDEX = "create index concept_key on concept (key)"
MOST_WORDS = 7
BEHAVIOURS = {
    "malignant_primary": "~malignant",
    "malignant_secondary": "~secondary",
    "in_situ": "~insitu",
    "benign": "~benign",
    "uncertain": "~uncertain",
    "unspecified": "~tumor",
}
"""Columns of the table of neoplasms and the sign that stands for each among the words of a concept."""
_NAMED = {
    "malignant": "~malignant",
    "malignant primary": "~malignant",
    "secondary": "~secondary",
    "in situ": "~insitu",
    "benign": "~benign",
    "uncertain behavior": "~uncertain",
    "unspecified behavior": "~tumor",
}
_STOP = (
    "a an the of in on at to for by with due from and or as is was are were be been no not nec nos other specified "
    "unspecified elsewhere classified see also that this which who whom has have had his her their its into onto "
    "any type types part parts site sites those"
)
STOP = frozenset(_STOP.split()) - {"no", "not", "type"}
"""Words that say nothing in a phrase; `without`, `no` and `not` do."""
_BARE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIDED = re.compile(r"\b(right|left|bilateral|encounter|sequela|trimester|stage)\b", re.I)
_UNUSABLE = re.compile(
    r"\b(other|classified|any condition|code to|code first|omit code|see|elsewhere|conditions in)\b", re.I
)
_KINDS = {
    ("history", "family"): "family",
    ("history", "personal"): "history",
    ("status",): "status",
    ("presence",): "status",
    ("transplant",): "status",
    ("long-term",): "longterm",
    ("absence",): "absence",
    ("allergy status",): "allergy",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as read: its words, the code it leads to, where it is from, and how it is printed."""

    words: frozenset[str]
    code: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A phrase as stored, its words as stems."""

    words: frozenset[str]
    code: str
    kind: str
    phrase: str


def words_of(text: str) -> frozenset[str]:
    """The stems of a phrase that say something."""
    return frozenset(item for item in stems(text) if item not in STOP)


def write_concepts(db: sqlite3.Connection) -> None:
    """Fill the table of concepts from the datasets of ICD-10-CM that are there."""
    present = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
    db.executescript(SCHEMA)
    found: dict[tuple[frozenset[str], str, str], Phrase] = {}
    for phrase in _phrases(db, present):
        if 0 < len(phrase.words) <= MOST_WORDS:
            found.setdefault((phrase.words, phrase.code, phrase.kind), phrase)
    counts = Counter(word for phrase in found.values() for word in phrase.words)
    db.execute("begin")
    db.executemany("insert into concept values (?, ?, ?, ?, ?)", (_row(phrase, counts) for phrase in found.values()))
    db.execute("commit")
    db.execute(INDEX)


def _row(phrase: Phrase, counts: Counter[str]) -> tuple[str, str, str, str, str]:
    """A phrase is kept under its rarest word, so that a frequent one does not bring half the index along."""
    key = min(phrase.words, key=lambda word: (counts[word], word))
    return key, " ".join(sorted(phrase.words)), phrase.code, phrase.kind, phrase.text


def _phrases(db: sqlite3.Connection, present: set[str]) -> Iterator[Phrase]:
    if "icd_10_cm_index" in present:
        yield from _of_index(db)
    if "icd_10_cm_neoplasms" in present:
        yield from _of_neoplasms(db)
    if "icd_10_cm" in present:
        yield from _of_titles(db)
    if "icd_10_cm_notes" in present:
        yield from _of_inclusions(db)


def _of_titles(db: sqlite3.Connection) -> Iterator[Phrase]:
    for code, title in db.execute("select distinct code, title from icd_10_cm where length(code) < 7"):
        text = _BARE.sub(" ", title)
        if not _SIDED.search(text) and not _UNUSABLE.search(text):
            yield Phrase(words_of(text), code, "title", title)


def _of_inclusions(db: sqlite3.Connection) -> Iterator[Phrase]:
    rows = db.execute("select distinct owner, text from icd_10_cm_notes where kind = 'inclusion' and level = 'code'")
    for code, title in rows:
        text = _BARE.sub(" ", title)
        if not _UNUSABLE.search(text):
            yield Phrase(words_of(text), code, "inclusion", title)


@dataclass(frozen=True, slots=True)
class _Term:
    levels: tuple[str, ...]
    code: str
    see: str
    also: str


def _of_index(db: sqlite3.Connection) -> Iterator[Phrase]:
    rows = db.execute(
        "select distinct path, coalesce(code, ''), coalesce(see, ''), coalesce(see_also, '') from icd_10_cm_index"
    )
    terms = [_Term(tuple(path.split(" > ")), code, see, also) for path, code, see, also in rows]
    places = {_place(term.levels): term for term in reversed(terms)}
    for term in terms:
        yield from _of_term(term, places)


def _of_term(term: _Term, places: dict[str, _Term]) -> Iterator[Phrase]:
    sign = _behaviour(term.see) or _behaviour(term.also)
    if sign and len(term.levels) <= 2:
        for levels in _named(term.levels):
            yield Phrase(words_of(" ".join(levels)), sign, "morphology", " > ".join(term.levels))
    if sign and len(term.levels) == 1:
        return
    code = term.code or _followed(term.see, places, 3)
    kind, rest = _kind_of(term.levels)
    if not code or _is_by_site(term.levels):
        return
    for levels in _named(rest):
        yield Phrase(words_of(" ".join(levels)), _plain(code), kind, ", ".join(term.levels))


def _behaviour(see: str) -> str:
    """The column of the table of neoplasms that a cross reference without a site of its own sends to."""
    parts = [part.strip() for part in see.removeprefix("also ").split(",")]
    if parts[0].lower() not in ("neoplasm", "tumor") or "skin" in parts:
        return ""
    rest = [part for part in parts[1:] if part not in ("by site",)]
    return _NAMED.get(rest[0], "") if len(rest) == 1 else ""


def _is_by_site(levels: tuple[str, ...]) -> bool:
    return any("specified site" in level for level in levels)


def _kind_of(levels: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """What sort of statement a path is, and the path without the words that only say so."""
    lowered = tuple(level.lower() for level in levels)
    for beginning, kind in _KINDS.items():
        if lowered[: len(beginning)] == beginning and len(levels) > len(beginning):
            return kind, levels[len(beginning) :]
    return "index", levels


def _named(levels: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A path with each form of its main term: `Ulcer, ulcerated` is either, `Fracture, traumatic` is a fracture."""
    first, *others = (part.strip() for part in levels[0].split(","))
    yield (_BARE.sub(" ", first), *levels[1:])
    for other in others:
        if other[:4].lower() == first[:4].lower():
            yield (other, *levels[1:])


def _place(levels: Iterable[str]) -> str:
    first, *rest = levels
    return ", ".join((first.split(",")[0], *rest)).lower()


def _followed(see: str, places: dict[str, _Term], left: int) -> str:
    """The code behind a cross reference, through further ones."""
    target = places.get(see.lower()) if see else None
    if target is None or not left:
        return ""
    return target.code or _followed(target.see, places, left - 1)


def _plain(code: str) -> str:
    return code.replace(".", "").rstrip("-")


def _of_neoplasms(db: sqlite3.Connection) -> Iterator[Phrase]:
    columns = ", ".join(BEHAVIOURS)
    for path, *codes in db.execute(f"select distinct path, {columns} from icd_10_cm_neoplasms"):
        levels = path.split(" > ")[1:]
        text = _BARE.sub(" ", " ".join(levels))
        for code, sign in zip(codes, BEHAVIOURS.values(), strict=True):
            if code:
                for words in _site_words(levels):
                    yield Phrase(frozenset((*words, sign)), _plain(code), "neoplasm", f"Neoplasm, {text}".strip(", "))


def _site_words(levels: list[str]) -> Iterator[frozenset[str]]:
    """A site with each form of its first word: `abdomen, abdominal` is either."""
    if not levels:
        yield frozenset()
        return
    for form in levels[0].split(",")[:3]:
        words = words_of(_BARE.sub(" ", " ".join((form, *levels[1:]))))
        if words:
            yield words


def concepts_under(db: sqlite3.Connection, keys: Iterable[str]) -> dict[str, list[Concept]]:
    """Concepts by the word they are kept under."""
    wanted, found = sorted(set(keys)), dict[str, list[Concept]]()
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        marks = ", ".join("?" * len(some))
        for key, words, code, kind, phrase in db.execute(
            f"select key, words, code, kind, phrase from concept where key in ({marks})", some
        ):
            found.setdefault(key, []).append(Concept(frozenset(words.split(" ")), code, kind, phrase))
    return found


__all__ = ["Concept", "concepts_under", "stem", "words_of", "write_concepts"]
