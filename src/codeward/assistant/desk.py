"""Desk: where the assistant asks its questions, through the tools of the catalogue and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from codeward.assistant.reply import Call
from codeward.core.answers import Answer
from codeward.services.catalogue.tools import BY_NAME
from codeward.store.library import Library

Watch = Callable[[Call], None]
"""Told of every call before it is made, so that a page can show the steps as they run."""


def unwatched(call: Call) -> None:
    """For whoever does not show the steps."""


@dataclass
class Desk:
    """One question's calls to the services: the library, the date of service, and what was asked so far."""

    library: Library
    on: date
    watch: Watch = unwatched
    calls: list[Call] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    not_loaded: dict[str, None] = field(default_factory=dict)

    def ask(self, service: str, on: date | None = None, **given: Any) -> Answer[Any]:
        """Call a tool by its name; faults (BadInput, NotFound, NotLoaded) are the caller's to answer."""
        when = on or self.on
        told = {"on": when.isoformat(), **{name: _text(value) for name, value in given.items()}}
        call = Call(service, tuple(told.items()))
        self.calls.append(call)
        self.watch(call)
        answer = BY_NAME[service].ask(self.library, when, given)
        self.warnings.update(dict.fromkeys(item.text for item in answer.warnings))
        self.not_loaded.update(dict.fromkeys(answer.not_loaded))
        return answer

    def peek(self, service: str, **given: Any) -> Answer[Any]:
        """Call a tool to tell what is asked: no step of the answer, so neither it nor its warnings are told."""
        return BY_NAME[service].ask(self.library, self.on, given)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
