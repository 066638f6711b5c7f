"""Abbreviations: what one means in this note, by its spelt-out form or by what else the note speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from codeward.core.word_forms import stem
from codeward.services.suggest.tables import read_table
from codeward.services.vocabulary.read_vocabulary import words_of
from codeward.store.concepts import STOP

Stems = frozenset[str]
_SPELT_OUT = re.compile(r"((?:[A-Za-z][\w'-]{0,30}[ -]){1,7})\(([A-Z]{2,6})\)")
_NEAR_BEFORE, _NEAR_AFTER = 30, 25


class Meanings:
    """The abbreviations of one note: what each stands for where it stands, as far as we have a word on it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spelt_out = dict(_spelt_out(text))
        self._by_note: dict[str, list[tuple[str, str, bool]]] = {}

    def at(self, abbreviation: str, start: int) -> Stems | None:
        """The stems of the words it stands for at a place; empty where it is no condition there."""
        if abbreviation in self._spelt_out:
            return self._spelt_out[abbreviation]
        rows = _table().get(abbreviation)
        if rows is None:
            return None
        if abbreviation not in self._by_note:
            self._by_note[abbreviation] = [self._weighed(row, abbreviation) for row in rows]
        before = self._text[max(start - _NEAR_BEFORE, 0) : start]
        near = f"{before}{self._text[start : start + len(abbreviation) + _NEAR_AFTER]}"
        for words, cue, is_said in self._by_note[abbreviation]:
            if is_said or (cue.startswith(_NEAR) and re.search(cue.removeprefix(_NEAR), near)):
                return _stems(words)
        return Stems()

    def _weighed(self, row: list[str], abbreviation: str) -> tuple[str, str, bool]:
        """A row and whether the note at large says that it holds."""
        words, cue = row
        if cue.startswith(_NEAR):
            return words, cue, False
        others = re.sub(rf"\b{abbreviation}\b", " ", self._text)
        return words, cue, not cue or re.search(rf"\b(?:{cue})", others, re.I) is not None


_NEAR = "near: "
"""Begins a cue that must stand beside the abbreviation itself."""


def _spelt_out(text: str) -> Iterator[tuple[str, Stems]]:
    """`chronic obstructive pulmonary disease (COPD)`: the words whose first letters make the abbreviation."""
    for found in _SPELT_OUT.finditer(text):
        letters = found.group(2).lower()
        words = [word for word in re.split(r"[ -]", found.group(1)) if word]
        tail = words[-len(letters) :]
        if "".join(word[0].lower() for word in tail) == letters:
            yield found.group(2), _stems(" ".join(tail))


def _stems(words: str) -> Stems:
    return frozenset(stem(word) for word in words_of(words) if word not in STOP)


@cache
def _table() -> Mapping[str, list[list[str]]]:
    return read_table("abbreviations")
