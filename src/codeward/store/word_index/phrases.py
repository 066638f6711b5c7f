"""Phrases: every published wording that leads to a code, read out of a library that is being built."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codeward.core.codes import plain
from codeward.store.word_index.titles import EMPTY_HEADS, head_of, naming, says_other, without_sides
from codeward.store.word_index.words import stems, typed_words

KINDS = ("title", "main term", "index", "inclusion", "see", "neoplasm", "drug", "text", "procedure")
"""What a phrase is: a title, a main term of the alphabetic index, a term below one, an inclusion term or Includes note,
a term that sends the reader elsewhere, a cell of the neoplasm or drug table, the text of another code set's code, and
an ICD-10-PCS title."""

_BRACKETS = re.compile(r"\(([^()]*)\)")
_HEAD_WORDS = 3
_LONGEST_NOTE = 120
_NEWEST = "last_day = (select max(last_day) from {table})"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording: the stems that must be said, those that may be, the code it leads to (plain), and the text to show."""

    words: tuple[str, ...]
    may_say: tuple[str, ...]
    kind: str
    code: str
    label: str
    other: bool = False
    head: str = ""


def diagnosis_phrases(db: sqlite3.Connection, present: Iterable[str]) -> Iterator[Phrase]:
    """Inclusion terms, index terms and table cells of the newest loaded editions, with the codes they print.

    A code may be a header, printed with a dash in the index; what is narrower is found below it.
    """
    there = set(present)
    if "icd_10_cm_notes" in there:
        yield from _notes(db)
    cells = list(_neoplasms(db)) if "icd_10_cm_neoplasms" in there else []
    yield from cells
    tables = [table for table in ("icd_10_cm_index", "icd_10_cm_external_causes") if table in there]
    yield from _index(db, tables, cells)
    if "icd_10_cm_drugs" in there:
        yield from _drugs(db)


def _notes(db: sqlite3.Connection) -> Iterator[Phrase]:
    held = _NEWEST.format(table="icd_10_cm_notes")
    query = f"select owner, text from icd_10_cm_notes where kind in ('inclusion', 'includes') and {held} order by id"
    for owner, text in db.execute(query):
        said, may = _bracketed(text[:_LONGEST_NOTE])
        yield Phrase(tuple(naming(said)), tuple(may), "inclusion", owner, text, says_other(said), head_of(text))


def _bracketed(text: str) -> tuple[list[str], list[str]]:
    """Stems outside and inside brackets: nonessential modifiers may stand or not."""
    within = [word for part in _BRACKETS.findall(text) for word in stems(part)]
    return list(stems(_BRACKETS.sub(" ", text))), within


@dataclass(frozen=True, slots=True)
class _Term:
    path: str
    level: int
    code: str
    sent_to: str
    said: list[str]
    may: list[str]


def _terms(db: sqlite3.Connection, table: str) -> list[_Term]:
    rows = db.execute(
        f"select path, modifiers, level, code, coalesce(see, see_also) from {table} "
        f"where {_NEWEST.format(table=table)} order by id"
    ).fetchall()
    modifiers = {path: text for path, text, *_ in rows if text}
    return [
        _Term(path, level, plain(code or ""), sent or "", *_path_words(path, modifiers))
        for path, _, level, code, sent in rows
    ]


def _path_words(path: str, modifiers: dict[str, str]) -> tuple[list[str], list[str]]:
    """What a path says, and what it may say: other forms of the main term, and nonessential modifiers on the way."""
    said, may, walked = list[str](), list[str](), ""
    for depth, step in enumerate(path.split(" > ")):
        walked = f"{walked} > {step}" if walked else step
        may += stems(modifiers.get(walked, ""))
        if depth:
            said += stems(step)
            continue
        head, _, forms = step.partition(",")
        first = stems(head)
        kept = first[:_HEAD_WORDS] if len(first) <= _HEAD_WORDS or forms else first[:1]
        said += kept
        may += (*first[len(kept) :], *stems(forms))
    return said, may


def _index(db: sqlite3.Connection, tables: Sequence[str], cells: list[Phrase]) -> Iterator[Phrase]:
    terms = [term for table in tables for term in _terms(db, table)]
    known: dict[frozenset[str], str] = {}
    for term in terms:
        if term.code:
            known.setdefault(_key(term.said), term.code)
    for cell in cells:
        known.setdefault(_key(list(cell.words)), cell.code)
    for term in terms:
        code = term.code or known.get(_key(_bracketed(term.sent_to)[0]), "") if term.sent_to or term.code else ""
        if code:
            kind = "see" if not term.code else "index" if term.level else "main term"
            head = "" if term.said[:1] and term.said[0] in EMPTY_HEADS else "".join(term.said[:1])
            yield Phrase(tuple(naming(term.said)), tuple(term.may), kind, code, term.path, says_other(term.said), head)


def _key(said: list[str]) -> frozenset[str]:
    return frozenset(naming(said)) - {"with", "without"}


_COLUMNS = {
    "malignant_primary": ("malignant neoplasm", "primary"),
    "malignant_secondary": ("secondary malignant neoplasm", ""),
    "in_situ": ("carcinoma in situ", ""),
    "benign": ("benign neoplasm", ""),
    "uncertain": ("neoplasm of uncertain behavior", ""),
    "unspecified": ("neoplasm of unspecified behavior", ""),
}
_USES = {
    "accidental": ("poisoning", "accidental toxic effect overdose"),
    "self_harm": ("poisoning intentional self-harm", "toxic effect overdose"),
    "assault": ("poisoning assault", "toxic effect overdose"),
    "undetermined": ("poisoning undetermined", "toxic effect overdose"),
    "adverse_effect": ("adverse effect", ""),
    "underdosing": ("underdosing", ""),
}


def _neoplasms(db: sqlite3.Connection) -> Iterator[Phrase]:
    table = "icd_10_cm_neoplasms"
    rows = db.execute(
        f"select path, modifiers, {', '.join(_COLUMNS)} from {table} where {_NEWEST.format(table=table)} order by id"
    ).fetchall()
    modifiers = {path: text for path, text, *_ in rows if text}
    for path, _, *codes in rows:
        said, may = _path_words(path, modifiers)
        place = naming(said[1:])
        for (nature, besides), printed in zip(_COLUMNS.values(), codes, strict=True):
            if plain(printed or ""):
                words = tuple(dict.fromkeys((*place, *naming(stems(nature)))))
                label = f"{path} : {nature}"
                heads = naming(stems(nature))
                yield Phrase(words, (*may, *stems(besides)), "neoplasm", plain(printed or ""), label, head=heads[-1])


def _drugs(db: sqlite3.Connection) -> Iterator[Phrase]:
    table = "icd_10_cm_drugs"
    for path, *codes in db.execute(
        f"select path, {', '.join(_USES)} from {table} where {_NEWEST.format(table=table)} order by id"
    ):
        name = stems(path.replace(" > ", " "))
        for (use, besides), printed in zip(_USES.values(), codes, strict=True):
            if plain(printed or ""):
                words = tuple(dict.fromkeys((*name, *stems(use))))
                yield Phrase(words, tuple(stems(besides)), "drug", plain(printed or ""), f"{path} : {use}")


def text_words(title: str, terms: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stems of a code's text outside the classification of diseases, and of what stands beside it.

    A side is an axis here too: its word may be said.
    """
    every = tuple(dict.fromkeys(stems(title)))
    said = tuple(without_sides(every))
    return said, (*(word for word in every if word not in said), *dict.fromkeys(stems(terms)))


def spellings(texts: Iterable[str]) -> dict[str, int]:
    """Every word as it is written in the texts, and in how many of them."""
    found: dict[str, int] = {}
    for text in texts:
        for word in set(typed_words(text)):
            found[word] = found.get(word, 0) + 1
    return found
