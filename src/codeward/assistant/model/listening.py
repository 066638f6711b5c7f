"""Listening: what both APIs have in common when an answer is taken apart, whole or in pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from codeward.assistant.model.port import ModelFault, Said, ToolCall

MOST_CALLS = 8
"""Tool calls kept of one answer."""
SHAPELESS = "the answer has not the form it should have"
CUT_OFF, FILTERED, BROKE_OFF = "the answer was cut off", "the answer was filtered", "the answer broke off"


class Listener(Protocol):
    """Reads the events of one streamed answer."""

    def hear(self, event: Any) -> str:
        """The text that an event adds; ModelFault for an event that says the answer failed."""

    def end(self) -> Said:
        """The whole answer; ModelFault if it did not come to its end."""


@dataclass
class Heard:
    """What a streamed answer amounts to so far; calls are kept by what the server numbers or names them with."""

    text: list[str] = field(default_factory=list)
    calls: dict[object, list[str]] = field(default_factory=dict)
    """Name and arguments of each."""

    def add_text(self, piece: object) -> str:
        """Keep a piece of text, where it is one."""
        if piece is not None and not isinstance(piece, str):
            raise ModelFault(SHAPELESS)
        self.text.append(piece or "")
        return piece or ""

    def add_call(self, key: object, name: object, arguments: object) -> None:
        """Keep a piece of a call."""
        if not isinstance(key, int | str):
            raise ModelFault(SHAPELESS)
        call = self.calls.setdefault(key, ["", ""])
        call[0] += name if isinstance(name, str) and not call[0] else ""
        call[1] += arguments if isinstance(arguments, str) else ""

    def said(self) -> Said:
        """All of it."""
        calls = [ToolCall(name, arguments) for name, arguments in self.calls.values()]
        return Said("".join(self.text), tuple(calls[:MOST_CALLS]))


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; ModelFault for anything else."""
    if not isinstance(value, dict):
        raise ModelFault(SHAPELESS)
    return value


def items(value: object) -> list[Any]:
    """A JSON list, null taken for an empty one; ModelFault for anything else."""
    if value is not None and not isinstance(value, list):
        raise ModelFault(SHAPELESS)
    return value or []
