"""The vocabulary, read once: abbreviations, lay words, drug names and phrases, and the official words they mean."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

Words = tuple[str, ...]
KINDS = {
    "abbreviations": "abbreviation",
    "lay_words": "lay word",
    "drug_names": "drug",
    "clinical_phrases": "phrase",
}
"""The file of each kind of entry, and the name of the kind as sentences say it."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What stands for what. Keys and expansions are words as `words_of` gives them.

    `expansions` holds the official words for what is typed, the likeliest first. `kinds` says of each key whether it is
    an "abbreviation", "lay word", "drug" or "phrase". `capitals` holds what is an abbreviation only where it is typed
    in capitals ("ALL", "HAS"); its keys are in capitals. `word_groups` are single words that mean the same in titles.
    """

    expansions: Mapping[Words, tuple[Words, ...]]
    kinds: Mapping[Words, str]
    capitals: Mapping[Words, tuple[Words, ...]]
    word_groups: tuple[Words, ...]


def words_of(text: str) -> Words:
    """The words of a text: lower case, accents off, all punctuation as blanks ("Crohn's" is two words)."""
    plain = text if text.isascii() else _without_accents(text)
    return tuple(_WORD.findall(plain.lower()))


@cache
def vocabulary() -> Vocabulary:
    """The whole vocabulary. An apostrophe in a key may be left out: "crohns disease" is found as "crohn's disease"."""
    expansions: dict[Words, tuple[Words, ...]] = {}
    kinds: dict[Words, str] = {}
    for name, kind in KINDS.items():
        for typed, meant in _entries(name):
            for key in _spellings(typed):
                expansions[key], kinds[key] = meant, kind
    capitals = {tuple(typed.split()): meant for typed, meant in _entries("capitals")}
    groups = tuple(tuple(group) for group in tomllib.loads(_text("word_forms"))["groups"])
    return Vocabulary(MappingProxyType(expansions), MappingProxyType(kinds), MappingProxyType(capitals), groups)


def entries_written(name: str) -> dict[str, list[str]]:
    """One file of entries as it is written, each on a line of its own: `key = ["expansion", ...]`.

    Seven thousand lines take the TOML parser 90 ms and this 15; a test holds the two to the same result.
    """
    lines = [line for line in _text(name).splitlines() if line and line[0] != "#"]
    halves = [line.partition(" = ") for line in lines]
    meant = json.loads(f"[{','.join(right for _, _, right in halves)}]")
    return dict(zip((left.strip('"') for left, _, _ in halves), meant, strict=True))


def _text(name: str) -> str:
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _entries(name: str) -> Iterator[tuple[str, tuple[Words, ...]]]:
    for typed, meant in entries_written(name).items():
        yield typed, tuple(words_of(text) for text in meant)


def _spellings(typed: str) -> set[Words]:
    if "'" not in typed:
        return {words_of(typed)}
    return {words_of(typed), words_of(typed.replace("'", ""))}


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
