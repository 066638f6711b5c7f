"""Subjects: under which words documents speak of a procedure, for where no code list is loaded."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_LEFT_OUT = re.compile(r"\bexclud|\bexcept\b|\bother than\b")
_WORD = re.compile(r"[a-z0-9]+")


def words_for(code: str) -> tuple[str, ...]:
    """Ways in which titles may name a procedure, each a few words; empty where the table has none for it."""
    return _by_code().get(code, ())


def has_words(title: str, words: str) -> bool:
    """Whether every word begins one of the title's, less what the title says it leaves out (`Excludes ... Mohs`)."""
    inside = _WORD.findall(_LEFT_OUT.split(title.lower(), maxsplit=1)[0])
    return all(any(part.startswith(word) for part in inside) for word in _WORD.findall(words.lower()))


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads(files(__package__).joinpath("subjects.toml").read_text("utf-8"))["subject"]
    return {code: tuple(row["words"]) for row in rows for run in row["codes"].split() for code in _codes(run)}


def _codes(run: str) -> list[str]:
    """`17311-17315` as its five codes, letters kept in their place."""
    first, _, last = run.partition("-")
    if not last:
        return [first]
    lead = first[:1] if first[0].isalpha() else ""
    return [
        f"{lead}{number:0{5 - len(lead)}d}" for number in range(int(first[len(lead) :]), int(last[len(lead) :]) + 1)
    ]
