"""Faults a person can act on: what is wrong, where, and what was expected."""

from __future__ import annotations

from dataclasses import dataclass


class Fault(Exception):
    """Base of every error whose one-line text is meant for the person at the keyboard."""


class BadInput(Fault):
    """What was typed or given cannot be used."""


class NotLoaded(Fault):
    """The data needed is not in the library."""


class NotFound(Fault):
    """The question was understood and the answer is that there is no such thing."""


@dataclass
class BadFile(Fault):
    """A file that cannot be trusted: the place and what was expected there."""

    file: str
    problem: str
    line: int | str | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line is not None else "")
        column = f", column {self.column!r}" if self.column else ""
        return f"{place}{column}: {self.problem}"

    def __reduce__(self) -> tuple[type[BadFile], tuple[object, ...]]:
        """Pickles with its fields, so that a reading process can hand it to the build."""
        return type(self), (self.file, self.problem, self.line, self.column)
