"""Writing the word index: codes, families and phrases as arrays, and tantivy's index over the phrases."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from codeward.core.word_forms import stem
from codeward.store.word_index import layout
from codeward.store.word_index.phrases import Phrase, diagnosis_phrases, spellings, text_words
from codeward.store.word_index.titles import Title, read_title, side_of

DIAGNOSES, PROCEDURES = "icd-10-cm", "icd-10-pcs"
HEAP = 256_000_000
_COUNTED = ("title", "main term", "index", "inclusion", "text")
"""Kinds of phrases over which the rarity of a word is counted; tables repeat their words thousands of times."""


@dataclass
class _Codes:
    """Every code of the library once, in the order of its row in the arrays."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    at: dict[tuple[str, str], int] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    chapters: dict[str, str] = field(default_factory=dict)

    @cached_property
    def episodes(self) -> list[str]:
        """What seventh characters say, in order, the empty text first."""
        return sorted({title.episode for title in self.titles} | {""})

    @cached_property
    def systems(self) -> list[str]:
        """The code systems, in order."""
        return sorted({row[0] for row in self.rows})

    @cached_property
    def datasets(self) -> list[str]:
        """The datasets that documents were written from, in order."""
        return sorted({row[7] or "" for row in self.rows})

    def header(self, at: int) -> int:
        """The row of the header right above a diagnosis code; -1 where there is none, and for other codes."""
        system, code, *_ = self.rows[at]
        return self.at.get((DIAGNOSES, self.parents.get(code, "")), -1) if system == DIAGNOSES else -1

    def above(self, at: int) -> Iterator[int]:
        """Rows of the headers above a diagnosis code, nearest first."""
        while (at := self.header(at)) >= 0:
            yield at


def write_word_index(db: sqlite3.Connection, folder: Path) -> None:
    """Write the index of the documents in `db` into the library's folder, and the wordings it shows into `db`."""
    place = folder / layout.FOLDER
    (place / layout.INDEX).mkdir(parents=True)
    present = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
    codes = _read_codes(db, present)
    families = _families(codes)
    phrases = [*_own_phrases(codes, families), *_leading(codes, diagnosis_phrases(db, present))]
    numbers, rarity = _rarity(phrases, codes)
    _write_codes(place, codes, families, numbers)
    _write_phrases(place, phrases, numbers, rarity)
    _write_words(place, codes, phrases, numbers, rarity)
    _write_tantivy(place, [phrase for _, phrase in phrases])
    db.execute("create table wording (id integer primary key, text text)")
    db.executemany("insert into wording values (?, ?)", ((at, item.label) for at, (_, item) in enumerate(phrases)))
    db.commit()


def _read_codes(db: sqlite3.Connection, present: list[str]) -> _Codes:
    codes = _Codes()
    query = (
        "select system, code, title, terms, billable, min(first_day), max(last_day), dataset, "
        "max(last_day || printf('%09d', id)) from document group by system, code order by system, code"
    )
    for row in db.execute(query):
        codes.at[row[0], row[1]] = len(codes.rows)
        codes.rows.append(row)
        codes.titles.append(read_title(row[2] or "") if row[0] == DIAGNOSES else Title((), side_of(row[2] or "")))
    if "icd_10_cm" in present:
        # SQLite takes the other columns from the row with the largest `last_day`.
        query = "select code, {0}, max(last_day) from icd_10_cm where {0} is not null group by code"
        codes.parents = {code: parent for code, parent, _ in db.execute(query.format("parent"))}
        codes.chapters = {code: chapter for code, chapter, _ in db.execute(query.format("chapter"))}
    return codes


def _families(codes: _Codes) -> list[list[int]]:
    """Rows of each family: diagnosis codes of a category whose titles name the same, whatever the axes."""
    families: dict[tuple[object, ...], list[int]] = {}
    for at, (row, title) in enumerate(zip(codes.rows, codes.titles, strict=True)):
        if row[0] == DIAGNOSES:
            families.setdefault((row[1][:3], frozenset(title.words), title.other), []).append(at)
    return list(families.values())


def _own_phrases(codes: _Codes, families: list[list[int]]) -> list[tuple[int, Phrase]]:
    """A family's title once, and the text of every code outside the classification of diseases."""
    found = []
    for members in families:
        first = members[0]
        title, row = codes.titles[first], codes.rows[first]
        may = [word for above in codes.above(first) for word in codes.titles[above].words]
        may += [word for member in members for word in codes.titles[member].carried]
        found.append((first, Phrase(title.words, tuple(may), "title", row[1], row[2] or "", title.other, title.head)))
    for at, row in enumerate(codes.rows):
        if row[0] != DIAGNOSES:
            said, may_say = text_words(row[2] or "", row[3] or "")
            kind = "procedure" if row[0] == PROCEDURES else "text"
            found.append((at, Phrase(said, may_say, kind, row[1], row[2] or "")))
    return found


def _leading(codes: _Codes, phrases: Iterable[Phrase]) -> list[tuple[int, Phrase]]:
    """Phrases whose printed code some loaded edition has; what its title says may be said besides."""
    found = []
    for phrase in phrases:
        at = codes.at.get((DIAGNOSES, phrase.code))
        if at is not None and phrase.words:
            may = (*phrase.may_say, *codes.titles[at].words)
            found.append((at, replace(phrase, may_say=may)))
    return found


def _rarity(phrases: list[tuple[int, Phrase]], codes: _Codes) -> tuple[dict[str, int], np.ndarray[Any, Any]]:
    """The number of every stem, from 1, and how rare each is (inverse document frequency; 0 for none)."""
    numbers: dict[str, int] = {}
    counts: dict[str, int] = defaultdict(int)
    counted = 0
    for _, phrase in phrases:
        for word in (*phrase.words, *phrase.may_say):
            numbers.setdefault(word, len(numbers) + 1)
        if phrase.kind in _COUNTED:
            counted += 1
            for word in set(phrase.words):
                counts[word] += 1
    for title in codes.titles:
        for word in title.words:
            numbers.setdefault(word, len(numbers) + 1)
    rarity = np.zeros(len(numbers) + 1, np.float32)
    for word, number in numbers.items():
        rarity[number] = math.log(1 + (counted + 0.5) / (counts.get(word, 0) + 0.5))
    return numbers, rarity


def _write_codes(place: Path, codes: _Codes, families: list[list[int]], numbers: dict[str, int]) -> None:
    table = np.zeros(len(codes.rows), layout.CODE_ROW)
    words = np.zeros((len(codes.rows), layout.CODE_WIDTH), np.uint16)
    family_of = {at: number for number, members in enumerate(families) for at in members}
    for at, (row, title) in enumerate(zip(codes.rows, codes.titles, strict=True)):
        system, code, _, _, billable, first, last, dataset, _ = row
        days = (date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())
        chapter = int(codes.chapters.get(code, 0)) if system == DIAGNOSES else 0
        axes = (title.side, codes.episodes.index(title.episode), title.trimester, title.other, title.vague)
        table[at] = (
            codes.systems.index(system), code.encode(), *days, billable != 0, codes.header(at),
            family_of.get(at, -1), *axes, codes.datasets.index(dataset or ""), chapter,
        )  # fmt: skip
        held = [numbers[word] for word in title.words][: layout.CODE_WIDTH]
        words[at, : len(held)] = held
    np.save(place / layout.CODES, table)
    np.save(place / layout.CODE_WORDS, words)
    np.save(place / layout.FAMILIES, np.array([at for members in families for at in members], np.int32))
    np.save(place / layout.FAMILY_STARTS, np.cumsum([0, *map(len, families)], dtype=np.int32))


def _write_phrases(
    place: Path, phrases: list[tuple[int, Phrase]], numbers: dict[str, int], rarity: np.ndarray[Any, Any]
) -> None:
    table = np.zeros(len(phrases), layout.PHRASE_ROW)
    said = np.zeros((len(phrases), layout.SAID_WIDTH), np.uint16)
    may_say = np.zeros((len(phrases), layout.MAY_WIDTH), np.uint16)
    for at, (code, phrase) in enumerate(phrases):
        first = [numbers[word] for word in dict.fromkeys(phrase.words)][: layout.SAID_WIDTH]
        more = [numbers[word] for word in dict.fromkeys(phrase.may_say) if word not in phrase.words]
        said[at, : len(first)] = first
        may_say[at, : len(more[: layout.MAY_WIDTH])] = more[: layout.MAY_WIDTH]
        table[at] = (
            code,
            layout.KIND_AT[phrase.kind],
            phrase.other,
            float(rarity[first].sum()),
            numbers.get(phrase.head, 0),
        )
    np.save(place / layout.PHRASES, table)
    np.save(place / layout.SAID, said)
    np.save(place / layout.MAY_SAY, may_say)


def _write_words(
    place: Path,
    codes: _Codes,
    phrases: list[tuple[int, Phrase]],
    numbers: dict[str, int],
    rarity: np.ndarray[Any, Any],
) -> None:
    shown = (item.label for _, item in phrases if item.kind in (*_COUNTED, "neoplasm"))
    words = {
        "stems": list(numbers),
        "rarity": [round(float(value), 4) for value in rarity],
        "spellings": {word: [count, stem(word)] for word, count in spellings(shown).items()},
        "episodes": codes.episodes,
        "systems": codes.systems,
        "datasets": codes.datasets,
    }
    (place / layout.WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


def schema() -> tantivy.Schema:
    """A field a pool for what must be said, one for what may be said."""
    builder = tantivy.SchemaBuilder()
    for pool in layout.POOLS:
        for name in (pool, f"{pool}_may"):
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", stored=False, fast=True)
    return builder.build()


def _write_tantivy(place: Path, phrases: list[Phrase]) -> None:
    index = tantivy.Index(schema(), path=str(place / layout.INDEX))
    writer = index.writer(HEAP, 1)
    for row, phrase in enumerate(phrases):
        pool = layout.pool_of(phrase.kind)
        may_say = (word for word in dict.fromkeys(phrase.may_say) if word not in phrase.words)
        fields = {pool: " ".join(dict.fromkeys(phrase.words)), f"{pool}_may": " ".join(may_say)}
        writer.add_document(tantivy.Document(**fields, row=row))
    writer.commit()
    writer.wait_merging_threads()
