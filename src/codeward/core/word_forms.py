"""Word forms: the words of a text with their places, and what remains of a word when its ending is taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
_ENDINGS = (
    ("itides", "itis"),
    ("osis", "os"),
    ("oses", "os"),
    ("otic", "os"),
    ("asis", "as"),
    ("ases", "as"),
    ("esis", "es"),
    ("eses", "es"),
    ("etic", "et"),
    ("etes", "et"),
    ("ensive", "ens"),
    ("ension", "ens"),
    ("emic", "em"),
    ("emia", "em"),
    ("ies", "y"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
)
"""What an ending becomes; the nouns and adjectives of medical Greek share what is left (stenosis, stenotic)."""
_SHORTEST = 4


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word in small letters without accents and without its ending; short words and numbers stay."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))
    if len(plain) < _SHORTEST or not plain.isalpha():
        return plain
    for ending, left in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) > 1:
            return plain[: -len(ending)] + left
    return _without_suffix(plain)


def _without_suffix(word: str) -> str:
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def stems(text: str) -> Iterator[str]:
    """The stems of the words of a text, in order."""
    return (stem(found.group()) for found in WORD.finditer(text))
