"""Answers: a value as of a date of service with the facts, sources and warnings that stand behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from codeward.core.sources import Source

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something the reader must know before relying on the answer: a gap, a stale edition, an unknown date."""

    dataset: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a file says: a name, a value in the file's own terms, what it means in words, and where it stands.

    `name` is for programs, `label` for people; `source` is None only for what was worked out, and then `meaning`
    says how.
    """

    name: str
    value: str | int | bool | None
    source: Source | None
    label: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """What every service returns; `not_loaded` names the datasets that would have said more."""

    value: Value
    as_of: date
    sources: tuple[Source, ...] = ()
    warnings: tuple[Caveat, ...] = ()
    not_loaded: tuple[str, ...] = field(default=())
