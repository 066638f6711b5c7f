"""Word pieces: a text as the numbers that a BERT model knows its words, and parts of rarer words, by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from codeward.core.faults import NotLoaded

VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
"""Of the vocabulary of uncased English BERT (Google, Apache License 2.0), one piece a line, in order of its number."""
FIRST, LAST, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 48
"""Pieces kept of a text; the longest hundredth of ICD-10-CM titles has 30."""
_LONGEST_WORD = 100
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


@cache
def vocabulary() -> dict[str, int]:
    """The number of every piece; NotLoaded where the file is not the one the model was made with."""
    data = (resources.files("codeward.store.meaning") / "vocab.txt").read_bytes()
    if hashlib.sha256(data).hexdigest() != VOCABULARY_SHA256:
        raise NotLoaded("store/meaning/vocab.txt is not the vocabulary of the model: install Codeward again")
    return {piece: number for number, piece in enumerate(data.decode().splitlines())}


def pieces(text: str) -> list[int]:
    """A text's pieces between the marks of its beginning and end: lower case, no accents, each sign a word."""
    known = vocabulary()
    found = [number for word in _words(text) for number in _pieces(word)]
    return [known[FIRST], *found[: LONGEST - 2], known[LAST]]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text[: LONGEST * 20].lower())
    kept = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return _WORD.findall(kept)


@lru_cache(maxsize=32_768)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest known beginning, then the longest known part that follows it; unknown as a whole where none fits."""
    known, found, start = vocabulary(), list[int](), 0
    if len(word) > _LONGEST_WORD:
        return (known[UNKNOWN],)
    while start < len(word):
        lead = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if lead + word[start:end] in known), 0)
        if not end:
            return (known[UNKNOWN],)
        found.append(known[lead + word[start:end]])
        start = end
    return tuple(found)
