"""Meaning: how near in meaning a question is to each wording, where the library has meanings and the extra is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from codeward.services.search.question import Question, spelled_out
from codeward.services.search.spelling import Speller
from codeward.store.library import Library
from codeward.store.meaning.embedder import Vectors, embedder
from codeward.store.meaning.vectors import Meanings, Rows
from codeward.store.word_index.layout import KIND_AT

MIDDLING = 0.5
"""A cosine that speaks neither for a wording nor against it, as having none."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector beside the meanings of a library."""

    asked: Vectors
    meanings: Meanings
    _titles: dict[int, float] = field(default_factory=dict)

    def of(self, rows: Rows) -> Vectors:
        """The cosine of each phrase with the question, above MIDDLING; 0 where it has no meaning."""
        cosines = self.meanings.near(self.asked, rows)
        return np.where(cosines == 0, 0, cosines - MIDDLING).astype(np.float32)

    def of_title(self, family: int) -> float:
        """The cosine of a family's title with the question: titles stand first among phrases, one a family."""
        if family not in self._titles:
            cosine = self.meanings.cosine(self.asked, family) if family >= 0 else MIDDLING
            self._titles[family] = cosine - MIDDLING
        return self._titles[family]

    def nearest(self, most: int) -> Rows:
        """Rows of the nearest phrases, the nearest first."""
        return self.meanings.nearest(self.asked, most)


def is_there(library: Library) -> bool:
    """Whether questions are compared by meaning: the library has meanings, and the extra is installed."""
    return library.meanings is not None and embedder() is not None


def nearness(library: Library, text: str, question: Question, speller: Speller) -> Nearness | None:
    """How near a question is to every wording; None where the library has no meanings or nothing can embed.

    What has no word of any code set (a number, slips of the keyboard) has no meaning either.
    """
    meanings = library.meanings
    model = embedder() if meanings is not None else None
    if meanings is None or model is None or not _is_known(question, speller):
        return None
    return Nearness(model.embed(spelled_out(text, speller)), meanings)


def _is_known(question: Question, speller: Speller) -> bool:
    return any(one in speller.numbers and not one.isdigit() for one in question.weights())


def meaning_alone(library: Library, on: date, most: int) -> Callable[[str], list[str]] | None:
    """A search by nothing but titles of ICD-10-CM codes in force and their meaning, to measure beside search.

    None where the library has no meanings or nothing can embed. Of a family its unspecified or first code is found.
    """
    meanings, model = library.meanings, embedder()
    if meanings is None or model is None:
        return None
    index = library.word_index
    there = index.in_force(on.toordinal())

    def ask(text: str) -> list[str]:
        found = list[str]()
        for phrase in meanings.nearest(model.embed(text), most * 8).tolist():
            is_title = index.phrases["kind"][phrase] == KIND_AT["title"]
            family = index.members(int(index.phrases["code"][phrase])) if is_title else []
            held = [row for row in family if there[row] and index.billable[row]] or [
                row for row in family if there[row]
            ]
            found += [index.code_text(row) for row in sorted(held, key=lambda row: not index.vague[row])[:1]]
        return list(dict.fromkeys(found))[:most]

    return ask
