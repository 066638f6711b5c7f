"""Words: a text as the words that the index knows, the same way when it is built and when it is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

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
_ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth",
    "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth", "11th": "eleventh", "12th": "twelfth",
}  # fmt: skip
_SMALL_WORDS = """
of the and or in to a an for by on at from as is be its s has was were are this that which their these than
"""
PASSED_OVER = frozenset(_SMALL_WORDS.split())
"""Words that tell codes apart nowhere."""
_STEMMER = snowballstemmer.stemmer("english")


def typed_words(text: str) -> list[str]:
    """The words of a text: lower case, accents folded, possessives dropped, Roman numbers and ordinals made plain."""
    found: list[str] = []
    for word in _WORD.findall(_plain(text)):
        found.append(_numbered(word, found[-1] if found else ""))
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    spelt = _WITH.sub(" with ", _WITHOUT.sub(" without ", letters))
    return _AMOUNT.sub(r"\1 \2", _OWNERS.sub("", spelt))


def _numbered(word: str, before: str) -> str:
    if word in _LONE_ROMAN and before in NUMBERED:
        return _LONE_ROMAN[word]
    return _ROMAN.get(word) or _ORDINALS.get(word, word)


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word has in common with its other forms; short words and those with figures stay whole."""
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return word
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words that may tell codes apart, in order."""
    return [stem(word) for word in typed_words(text) if word not in PASSED_OVER]
