"""Meaning: how near in meaning a question is to each wording, where the library has meanings and the extra is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from codeward.services.search.question import spelled_out
from codeward.services.search.spelling import Speller
from codeward.store.library import Library
from codeward.store.meaning.embedder import Embedder, Vectors, embedder
from codeward.store.meaning.vectors import Meanings, Rows, meanings_of


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector beside the meanings of a library."""

    asked: Vectors
    meanings: Meanings
    _titles: dict[int, float] = field(default_factory=dict)

    def of(self, rows: Rows) -> Vectors:
        """The cosine of each phrase with the question; 0 where it has no meaning."""
        return self.meanings.near(self.asked, rows)

    def of_title(self, family: int) -> float:
        """The cosine of a family's title with the question: titles stand first among phrases, one a family."""
        if family not in self._titles:
            self._titles[family] = self.meanings.cosine(self.asked, family) if family >= 0 else 0.0
        return self._titles[family]

    def nearest(self, most: int) -> Rows:
        """Rows of the nearest phrases, the nearest first."""
        return self.meanings.nearest(self.asked, most)


@lru_cache(maxsize=2)
def _kept(library: Library) -> Meanings | None:
    return meanings_of(library.folder)


def nearness(library: Library, text: str, speller: Speller) -> Nearness | None:
    """How near a question is to every wording; None where the library has no meanings or nothing can embed."""
    meanings = _kept(library)
    model = embedder() if meanings is not None else None
    if meanings is None or model is None:
        return None
    return Nearness(model.embed(spelled_out(text, speller)), meanings)
