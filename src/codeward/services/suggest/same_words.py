"""Same words: which stems a word of a note may stand for, and which say nothing alone."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from codeward.core.word_forms import stem


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in _table("same_words.toml")["groups"]:
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


def _table(name: str) -> dict[str, Any]:
    folder = resources.files("codeward.services.suggest.tables")
    return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
