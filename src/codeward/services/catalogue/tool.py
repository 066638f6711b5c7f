"""Tool: one question to the services with named, typed arguments, an answer with sources, and its JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.services.documents.answers import Document
from codeward.services.documents.plain import behind, plain_document
from codeward.store.library import Library


def argument(help: str, *, default: Any = MISSING, choices: tuple[str, ...] = ()) -> Any:
    """Declare an argument: what it is in a line, its default where it may be left out, and its values if few."""
    return field(default=default, metadata={"help": help, "choices": choices})


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument as declared; `type` is str, int, bool or list (of texts)."""

    name: str
    help: str
    type: type
    required: bool
    default: Any
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """One question: its name, what it answers, the frozen dataclass of its arguments, and the service behind it.

    Every tool also takes the date of service, as `on`.
    """

    name: str
    title: str
    arguments: type
    answer: Callable[[Library, date, Any], Answer[Any]]
    about: str = ""
    """What its answer does and does not say, for models and people who choose among tools."""
    document: Callable[[Answer[Any]], Document] = plain_document

    @property
    def description(self) -> str:
        """Title and what is to be known of it, in one text."""
        return f"{self.title}. {self.about}".strip()

    @property
    def declared(self) -> tuple[Argument, ...]:
        """Its arguments in order."""
        kinds = {"str": str, "int": int, "bool": bool, "tuple[str, ...]": list}
        return tuple(
            Argument(
                item.name,
                str(item.metadata["help"]),
                kinds[str(item.type)],
                item.default is MISSING,
                None if item.default is MISSING else item.default,
                tuple(item.metadata["choices"]),
            )
            for item in fields(self.arguments)
        )

    def ask(self, library: Library, on: date, given: Mapping[str, Any]) -> Answer[Any]:
        """Check what was given against the declared arguments and ask; BadInput names the argument at fault."""
        return self.answer(library, on, self._read(given))

    def tell(self, library: Library, on: date, given: Mapping[str, Any]) -> Document:
        """The same as plain JSON values: the document of the command line, and always what stands behind it."""
        answer = self.ask(library, on, given)
        return {**behind(answer), **self.document(answer)}

    def _read(self, given: Mapping[str, Any]) -> Any:
        known = {item.name: item for item in self.declared}
        for name in given:
            if name not in known:
                raise BadInput(f"{self.name} takes no {name!r}: expected {', '.join(known) or 'no argument'}")
        missing = [item.name for item in known.values() if item.required and not given.get(item.name)]
        if missing:
            raise BadInput(f"{self.name} needs {', '.join(missing)}")
        return self.arguments(**{name: _value(self.name, known[name], value) for name, value in given.items()})


def _value(tool: str, declared: Argument, value: Any) -> Any:
    if declared.type is list:
        fits = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        value = tuple(value) if fits else value
    else:
        fits = type(value) is declared.type
    if not fits:
        wanted = "a list of texts" if declared.type is list else declared.type.__name__
        raise BadInput(f"{tool}: {declared.name} is {value!r}: expected {wanted}")
    if declared.choices and value and value not in declared.choices:
        raise BadInput(f"{tool}: {declared.name} is {value!r}: expected one of {', '.join(declared.choices)}")
    return value
