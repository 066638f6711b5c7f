"""Words: a text as the words that the index knows, the same way when it is built and when it is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from codeward.core.word_forms import stem

_WORD = re.compile(r"[a-z0-9]+")
_OWNERS = re.compile(r"(?<=[a-z])['’]s?\b")
_AMOUNT = re.compile(r"(?<![a-z0-9])(\d+)(mg|mcg|ml|cc|gm|g|kg|lb|oz|units?|iu|meq|hrs?|min)\b")
_WITHOUT, _WITH = re.compile(r"\bw/\s?o\b"), re.compile(r"\bw/")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
}  # fmt: skip
_LONE_ROMAN = {"i": "1", "v": "5", "x": "10"}
_BEFORE_NUMBERS = "type stage class grade factor phase category group level mobitz degree ckd kidney diabetes dm"
NUMBERED = frozenset(_BEFORE_NUMBERS.split())
"""Words after which a lone letter is a Roman number, and a number matters."""
_STAGED = re.compile(r"(i{2,3})([a-d])")
"""Stage IIIb is stage 3b."""
_ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth",
    "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth", "11th": "eleventh", "12th": "twelfth",
}  # fmt: skip
_SMALL_WORDS = """
of the and or in to a an for by on at from as is be its s has was were are this that which their these than
"""
PASSED_OVER = frozenset(_SMALL_WORDS.split())
"""Words that tell codes apart nowhere."""


def typed_words(text: str) -> list[str]:
    """The words of a text: lower case, accents folded, possessives dropped, Roman numbers and ordinals made plain."""
    found: list[str] = []
    for word in _WORD.findall(_plain(text)):
        found.append(_numbered(word, found[-1] if found else ""))
    return found


def _plain(text: str) -> str:
    letters = text.lower()
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if "w/" in letters:
        letters = _WITH.sub(" with ", _WITHOUT.sub(" without ", letters))
    if "'" in letters or "’" in letters:
        letters = _OWNERS.sub("", letters)
    return _AMOUNT.sub(r"\1 \2", letters)


def _numbered(word: str, before: str) -> str:
    if word in _LONE_ROMAN and before in NUMBERED:
        return _LONE_ROMAN[word]
    staged = _STAGED.fullmatch(word)
    if staged:
        return f"{len(staged[1])}{staged[2]}"
    return _ROMAN.get(word) or _ORDINALS.get(word, word)


@lru_cache(maxsize=16_384)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words that may tell codes apart, in order; steps of index paths come again and again."""
    return tuple(stem(word) for word in typed_words(text) if word not in PASSED_OVER)
