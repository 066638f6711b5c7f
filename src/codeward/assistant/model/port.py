"""Port: what the assistant asks of a language model, whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from codeward.assistant.model.budget import Budget
from codeward.core.faults import Fault

SYSTEM, USER = "system", "user"


class ModelFault(Fault):
    """Why a model gave nothing that can be used, in a few words; the answer already computed stands."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `role` is system or user."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call as the model wrote it: a name and its arguments as JSON text, neither of them trusted."""

    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Said:
    """All that a model said in one call."""

    text: str
    calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """The JSON schema that an answer has to keep; `name` is what servers want it called by."""

    name: str
    shape: Mapping[str, Any] = field(default_factory=dict)


class Model(Protocol):
    """One model at one address. Every call keeps within its budget and raises ModelFault for whatever goes wrong."""

    @property
    def name(self) -> str:
        """The model's name, as shown beside its wording."""

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, stream: bool = False, budget: Budget
    ) -> Said:
        """The whole answer, by JSON schema where one is given; `stream` only says how it travels."""

    def pieces(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """The text of the answer as it comes; ModelFault may follow what was already given."""
