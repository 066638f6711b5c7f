"""Same words: which stems a word of a note may stand for, and which say nothing alone."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from codeward.core.word_forms import stem
from codeward.services.vocabulary.read_vocabulary import vocabulary, words_of
from codeward.store.concepts import STOP


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in (*_table("same_words.toml")["groups"], *vocabulary().word_groups):
        members = frozenset(stem(word) for word in group)
        for member in members:
            found[member] = found.get(member, frozenset()) | members
    return found


def same_as(word: str) -> frozenset[str]:
    """The stem of a word and every stem that means the same."""
    own = stem(word)
    return _groups().get(own, frozenset()) | {own}


@cache
def says_nothing_alone() -> frozenset[str]:
    """Stems that are no condition unless something stands with them."""
    return frozenset(stem(word) for word in _table("alone.toml")["words"])


LONGEST_KEY = 4
"""Words of the longest entries of the vocabulary that are looked for."""
_SHORT = 2


def meaning(typed: list[str]) -> frozenset[str]:
    """The stems of the official words that an abbreviation or lay phrase stands for; none where it is no such entry."""
    held, capitals = vocabulary(), tuple(typed)
    key = tuple(word for text in typed for word in words_of(text))
    found = held.capitals.get(capitals) or held.expansions.get(key, ())
    short = len(typed) == 1 and len(typed[0]) <= _SHORT and not typed[0].isupper()
    return frozenset(stem(word) for word in found[0] if word not in STOP) if found and not short else frozenset()


def _table(name: str) -> dict[str, Any]:
    folder = resources.files("codeward.services.suggest.tables")
    return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
