"""Reading the word index: the arrays mapped into memory, and tantivy asked for the phrases that share words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from codeward.core.faults import NotLoaded
from codeward.store.word_index import layout

Rows = np.ndarray[Any, np.dtype[np.int64]]
_MAY_WEIGHT = 0.25
"""What a word that a phrase may say counts when candidates are drawn; the ranking judges anew."""
_ARRAYS = (
    layout.CODES, layout.CODE_WORDS, layout.PHRASES, layout.SAID, layout.MAY_SAY, layout.FAMILIES, layout.FAMILY_STARTS,
)  # fmt: skip


class WordIndex:
    """The word index of one library; safe to share between threads. Rows are places in its arrays.

    `code_words`, `said` and `may_say` hold numbers of stems, 0 for none; `rarity` is the weight of each stem by its
    number; `spellings` has, for each word as it is written, in how many texts it stands and its stem. What is said of
    codes stands in columns, one value a row.
    """

    def __init__(self, folder: Path) -> None:
        place = folder / layout.FOLDER
        try:
            words = json.loads((place / layout.WORDS).read_text(encoding="utf-8"))
            arrays = [np.load(place / name, mmap_mode="r").view(np.ndarray) for name in _ARRAYS]
            index = tantivy.Index.open(str(place / layout.INDEX))
        except (OSError, ValueError) as error:
            raise NotLoaded(f"{folder} has no readable word index ({error}): build it again") from None
        codes, self.code_words, self.phrases, self.said, self.may_say, self._families, self._starts = arrays
        self._read_columns(codes)
        self.systems: list[str] = words["systems"]
        self.datasets: list[str] = words["datasets"]
        self.episodes: list[str] = words["episodes"]
        self.spellings: dict[str, tuple[int, str]] = words["spellings"]
        self.numbers = {stem: number for number, stem in enumerate(words["stems"], start=1)}
        self.rarity = np.array(words["rarity"], np.float32)
        self._searcher, self._schema = index.searcher(), index.schema
        self.words_of_category = lru_cache(maxsize=512)(self._words_of_category)
        self.in_force = lru_cache(maxsize=64)(self._in_force)
        self._keys = lru_cache(maxsize=16)(self._read_keys)

    def _read_columns(self, codes: np.ndarray[Any, Any]) -> None:
        self._codes = codes
        self._texts = codes["code"].astype("U10").tolist()
        self.first_day, self.last_day = codes["first_day"].copy(), codes["last_day"].copy()
        self.system: list[int] = codes["system"].tolist()
        self.dataset: list[int] = codes["dataset"].tolist()
        self.billable: list[bool] = codes["billable"].tolist()
        self.parent: list[int] = codes["parent"].tolist()
        self.family_of: list[int] = codes["family"].tolist()
        self.side: list[int] = codes["side"].tolist()
        self.episode: list[int] = codes["episode"].tolist()
        self.trimester: list[int] = codes["trimester"].tolist()
        self.other: list[bool] = codes["other"].tolist()
        self.chapter: list[int] = codes["chapter"].tolist()
        self.vague: list[bool] = codes["vague"].tolist()

    def phrases_with(self, words: Mapping[str, float], pool: str, most: int) -> Rows:
        """Rows of phrases of a pool that say most of the weighted stems, best by BM25 first."""
        clauses = []
        for stem, weight in words.items():
            for name, factor in ((pool, 1.0), (f"{pool}_may", _MAY_WEIGHT)):
                query = tantivy.Query.term_query(self._schema, name, stem, "freq")
                clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight * factor)))
        if not clauses:
            return np.zeros(0, np.int64)
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), most, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array(rows, np.int64)

    def _in_force(self, day: int) -> list[bool]:
        """For each row whether its code holds on a day, given as an ordinal."""
        found: list[bool] = ((self.first_day <= day) & (self.last_day >= day)).tolist()
        return found

    def members(self, row: int) -> list[int]:
        """Rows of the codes of this code's family, itself among them; the code alone where families do not apply."""
        number = self.family_of[row]
        if number < 0:
            return [row]
        found: list[int] = self._families[self._starts[number] : self._starts[number + 1]].tolist()
        return found

    def code_at(self, row: int) -> tuple[str, str]:
        """System and code of a row."""
        return self.systems[self.system[row]], self._texts[row]

    def code_text(self, row: int) -> str:
        """The code of a row."""
        text: str = self._texts[row]
        return text

    def row_of(self, system: str, code: str) -> int | None:
        """The row of a code; None where no loaded edition ever had it."""
        rows = self.beginning_with(system, code)
        return rows[0] if rows and self.code_text(rows[0]) == code else None

    def beginning_with(self, system: str, text: str) -> range:
        """Rows of a system's codes that begin with a text, in order of the codes."""
        if system not in self.systems:
            return range(0)
        start, keys = self._keys(self.systems.index(system))
        first = int(np.searchsorted(keys, text.encode(), "left"))
        last = int(np.searchsorted(keys, text.encode() + b"~", "left"))
        return range(start + first, start + last)

    def _read_keys(self, system: int) -> tuple[int, np.ndarray[Any, Any]]:
        column = self._codes["system"]
        start, stop = (int(np.searchsorted(column, system, side)) for side in ("left", "right"))
        return start, np.ascontiguousarray(self._codes["code"][start:stop])

    def _words_of_category(self, category: str) -> dict[int, list[int]]:
        """For each stem of the titles of a category's billable diagnoses, the rows that have it."""
        found: dict[int, list[int]] = {}
        for row in self.beginning_with("icd-10-cm", category):
            if self.billable[row]:
                for number in self.code_words[row].tolist():
                    if number:
                        found.setdefault(number, []).append(row)
        return found
