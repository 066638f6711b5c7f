"""Concepts: every phrase by which the ICD-10-CM names a condition, as a set of word stems with the code it leads to.

Phrases come out of the index and the table of neoplasms (paths, cross references followed), the inclusion terms and
the titles of the tabular list. Phrases of all loaded editions are kept: they help to find, and whoever answers holds
each code against the edition in force.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from codeward.core.codes import plain
from codeward.core.faults import NotLoaded
from codeward.core.word_forms import stem, stems
from codeward.store.library import Library

SCHEMA = """
create table concept (key text, words text, code text, kind text, phrase text, optional text);
"""
INDEX = "create index concept_key on concept (key)"
MOST_WORDS = 7
_PARTS = "STVWXY"
"""Chapters in which a term of one word names a part of the body or a thing (trachea, axis), not what happened."""
_MOST_READINGS = 6
_OR = re.compile(r"([^\W_]{4,}) (?:or|and/or) ([^\W_]{4,})")
_AND = re.compile(r"([^\W_]{4,}) (?:or|and) ([^\W_]{4,})")
"""In titles `and` means either, too (Guidelines I.A.14)."""
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
    "stage grade any type types part parts site sites those region regions"
)
STOP = frozenset(form for word in _STOP.split() for form in (word, stem(word))) - {"no", "not", "type"}
"""Words that say nothing in a phrase; `without`, `no` and `not` do."""
_BARE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SPECIFIED = re.compile(r"\bspecified\b", re.I)
_NEC = re.compile(r" (?:nec|nos)\b")
_SIDED = re.compile(r"\b(right|left|bilateral|encounter|sequela|trimester)\b", re.I)
_UNUSABLE = re.compile(
    r"\b(other|classified|any condition|code to|code first|omit code|see|elsewhere|conditions in)\b", re.I
)
_KINDS = {
    ("history", "family"): "family",
    ("history", "personal"): "history",
    ("status",): "status",
    ("presence",): "presence",
    ("long-term",): "longterm",
}
_ENCOUNTERS = frozenset(
    [
        "admission",
        "aftercare",
        "attention",
        "checking",
        "checkup",
        "consultation",
        "counseling",
        "encounter",
        "examination",
        "fitting",
        "follow-up",
        "maintenance",
        "observation",
        "removal",
        "request",
        "screening",
        "supervision",
        "test",
        "vaccination",
        "immunization",
        "care",
        "therapy",
        "replacement",
        "preoperative",
        "evaluation",
    ]
)
"""Main terms under which stand reasons to be seen rather than conditions."""
_GROWTHS = (("metastasis", "~secondary"), ("malignancy", "~malignant"))
"""Names of growths that the index has only with what follows them."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A phrase: its words as stems, the code it leads to, where it is from, how it is printed.

    `optional` are nonessential modifiers, which may stand with it.
    """

    words: frozenset[str]
    code: str
    kind: str
    phrase: str
    optional: frozenset[str] = frozenset()


def words_of(text: str) -> frozenset[str]:
    """The stems of a phrase that say something."""
    return frozenset(item for item in stems(text) if item not in STOP)


_PART = re.compile(r"\bwithout\b|\bwith\b|,|;|>")


def said_and_lacking(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title or path by whether they are said or, behind a `without`, lacking."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    lacking, at = False, 0
    for mark in _PART.finditer(text.lower()):
        parts[lacking].append(text[at : mark.start()])
        lacking, at = mark.group() == "without", mark.end()
    parts[lacking].append(text[at:])
    return words_of(" ".join(parts[False])), words_of(" ".join(parts[True]))


def write_concepts(db: sqlite3.Connection) -> None:
    """Fill the table of concepts from the datasets of ICD-10-CM that are there."""
    present = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
    db.executescript(SCHEMA)
    found: dict[tuple[frozenset[str], str, str], Concept] = {}
    for phrase in _phrases(db, present):
        if 0 < len(phrase.words) <= MOST_WORDS:
            found.setdefault((phrase.words, phrase.code, phrase.kind), phrase)
    counts = Counter(word for phrase in found.values() for word in phrase.words)
    db.execute("begin")
    db.executemany("insert into concept values (?, ?, ?, ?, ?, ?)", (_row(phrase, counts) for phrase in found.values()))
    db.execute("commit")
    db.execute(INDEX)


def _row(phrase: Concept, counts: Counter[str]) -> tuple[str, str, str, str, str, str]:
    """A phrase is kept under its rarest word, so that a frequent one does not bring half the index along."""
    key = min(phrase.words, key=lambda word: (counts[word], word))
    optional = " ".join(sorted(phrase.optional - phrase.words))
    return key, " ".join(sorted(phrase.words)), phrase.code, phrase.kind, phrase.phrase, optional


def _phrases(db: sqlite3.Connection, present: set[str]) -> Iterator[Concept]:
    if "icd_10_cm_index" in present:
        yield from _of_index(db)
    if "icd_10_cm_neoplasms" in present:
        yield from _of_neoplasms(db)
    if "icd_10_cm" in present:
        yield from _of_titles(db)
    if "icd_10_cm_notes" in present:
        yield from _of_inclusions(db)


def _of_titles(db: sqlite3.Connection) -> Iterator[Concept]:
    for code, title in db.execute("select distinct code, title from icd_10_cm where length(code) < 7"):
        text = _BARE.sub(" ", title)
        if not _SIDED.search(text) and not _UNUSABLE.search(text):
            for words in _either(text, _AND):
                yield Concept(words, code, "title", title)


def _of_inclusions(db: sqlite3.Connection) -> Iterator[Concept]:
    rows = db.execute("select distinct owner, text from icd_10_cm_notes where kind = 'inclusion' and level = 'code'")
    for code, title in rows:
        text = _BARE.sub(" ", title)
        if not _UNUSABLE.search(text):
            for words in _either(text):
                if len(words) > 1 or code[0] not in _PARTS:
                    yield Concept(words, code, "inclusion", title)


@dataclass(frozen=True, slots=True)
class _Term:
    levels: tuple[str, ...]
    code: str
    see: str
    also: str
    modifiers: str


def _of_index(db: sqlite3.Connection) -> Iterator[Concept]:
    rows = db.execute(
        "select distinct path, coalesce(code, ''), coalesce(see, ''), coalesce(see_also, ''), "
        "coalesce(modifiers, '') from icd_10_cm_index"
    )
    terms = [_Term(tuple(path.split(" > ")), *cells) for path, *cells in rows]
    places = {_place(term.levels): term for term in reversed(terms)}
    grown = [phrase for term in terms for phrase in _growths(term)]
    grown += [Concept(words_of(word), sign, "morphology", word) for word, sign in _GROWTHS]
    yield from grown
    names = {phrase.words for phrase in grown}
    for term in terms:
        yield from (phrase for phrase in _of_term(term, places) if phrase.words not in names)


def _growths(term: _Term) -> Iterator[Concept]:
    """What the index calls a growth and sends to the table of neoplasms for its site."""
    sign = _behaviour(term.see) or _behaviour(term.also)
    if sign and len(term.levels) <= 2:
        for words in _readings(term.levels):
            yield Concept(words, sign, "morphology", " > ".join(term.levels))


def _of_term(term: _Term, places: dict[str, _Term]) -> Iterator[Concept]:
    code = term.code or _followed(term.see, places, 3) or _followed(term.also.removeprefix("also "), places, 3)
    kind, rest = _kind_of(term.levels)
    if not code or _is_for_the_specified(term.levels):
        return
    optional = words_of(term.modifiers)
    for words in _readings(rest):
        yield Concept(words, plain(code), kind, ", ".join(term.levels), optional)


def _behaviour(see: str) -> str:
    """The column of the table of neoplasms that a cross reference without a site of its own sends to."""
    parts = [part.strip() for part in see.removeprefix("also ").split(",")]
    if parts[0].lower() not in ("neoplasm", "tumor") or "skin" in parts:
        return ""
    return next((_NAMED[part] for part in parts if part in _NAMED), "")


def _is_for_the_specified(levels: tuple[str, ...]) -> bool:
    """Whether a path is for what is specified and has no code of its own: words of a note cannot say that."""
    return any(_SPECIFIED.search(level) for level in levels)


def _kind_of(levels: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """What sort of statement a path is, and the path without the words that only say so."""
    lowered = tuple(level.lower() for level in levels)
    for beginning, kind in _KINDS.items():
        if lowered[: len(beginning)] == beginning and len(levels) > len(beginning):
            return kind, levels[len(beginning) :]
    return ("encounter" if lowered[0].split(",")[0].split(" ")[0] in _ENCOUNTERS else "index"), levels


def _readings(levels: Sequence[str]) -> Iterator[frozenset[str]]:
    """The sets of words that a path stands for: each form of each of its levels with each of the others."""
    forms = [_forms(level, main=at == 0) for at, level in enumerate(levels)]
    for chosen in islice(product(*forms), _MOST_READINGS):
        words = frozenset().union(*chosen)
        if words:
            yield words


def _forms(level: str, *, main: bool) -> list[frozenset[str]]:
    """`Ulcer, ulcerated` is either; `Fracture, traumatic` is a fracture; `atrial or auricular` is either."""
    text = _BARE.sub(" ", level).split(", including")[0]
    first, *others = (part.strip() for part in text.split(","))
    kin = [other for other in others if other[:3].lower() == first[:3].lower()]
    if (main and others == ["traumatic"]) or (kin and len(kin) == len(others)):
        return [words for form in (first, *kin) for words in _either(form)]
    return list(_either(text))


def _either(text: str, link: re.Pattern[str] = _OR) -> Iterator[frozenset[str]]:
    """A text with `A or B` read as each of the two."""
    found = link.search(text)
    if found is None:
        yield words_of(text)
        return
    for side in (found.group(1), found.group(2)):
        yield words_of(f"{text[: found.start()]} {side} {text[found.end() :]}")


def _place(levels: Iterable[str]) -> str:
    first, *rest = levels
    return _NEC.sub("", ", ".join((first.split(",")[0], *rest)).lower())


def _followed(see: str, places: dict[str, _Term], left: int) -> str:
    """The code behind a cross reference, through further ones."""
    target = places.get(_NEC.sub("", see.lower())) if see else None
    if target is None or not left:
        return ""
    return target.code or _followed(target.see, places, left - 1)


def _of_neoplasms(db: sqlite3.Connection) -> Iterator[Concept]:
    columns = ", ".join(BEHAVIOURS)
    for path, *codes in db.execute(f"select distinct path, {columns} from icd_10_cm_neoplasms"):
        levels = path.split(" > ")[1:]
        if _is_for_the_specified(levels):
            continue
        text = _BARE.sub(" ", " ".join(levels))
        for code, sign in zip(codes, BEHAVIOURS.values(), strict=True):
            if code:
                for words in list(_readings(levels)) or [frozenset[str]()]:
                    yield Concept(words | {sign}, plain(code), "neoplasm", f"Neoplasm, {text}".strip(", "))


def concepts_under(library: Library, keys: Iterable[str]) -> dict[str, list[Concept]]:
    """Concepts by the word they are kept under; NotLoaded where the library was built before there were any."""
    db = library.db
    if db.execute("select 1 from sqlite_master where name = 'concept'").fetchone() is None:
        raise NotLoaded(f"{library.folder} has no phrases to read notes by: build it again")
    wanted, found = sorted(set(keys)), dict[str, list[Concept]]()
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        marks = ", ".join("?" * len(some))
        for key, words, code, kind, phrase, optional in db.execute(
            f"select key, words, code, kind, phrase, optional from concept where key in ({marks})", some
        ):
            found.setdefault(key, []).append(_concept(words, code, kind, phrase, optional))
    return found


def _concept(words: str, code: str, kind: str, phrase: str, optional: str) -> Concept:
    return Concept(frozenset(words.split(" ")), code, kind, phrase, frozenset(optional.split()))
