"""Picking: which of the given intents a question has, where words alone do not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from codeward.assistant.memory import Memory
from codeward.assistant.model.budget import Budget
from codeward.assistant.model.outgoing import data_message, order_message, question_for
from codeward.assistant.model.port import Model, ModelFault, Said, Schema

NONE = "none"
"""What a model picks when no intent fits."""
LONGEST_ANSWER = 4_000
MOST_ARGUMENTS = 12
_FENCED = re.compile(r"\s*```(?:json)?[ \t]*\n(.*)\n[ \t]*```\s*", re.DOTALL)
_TOKEN = re.compile(r"[a-z0-9]+")
_ORDERS = """Pick the one intent that the question has, out of the list in the data. Answer with a JSON object \
{{"intent": NAME, "arguments": {{}}}} and nothing else. NAME is one of: {names}. Pick {none} if no intent fits. \
Arguments may hold only what the question says, word for word; leave out what it does not say."""
Arguments = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """An intent out of those given, and the arguments a model named that were in fact said."""

    intent: str
    arguments: Arguments = ()


def pick_intent(model: Model, question: str, candidates: Sequence[tuple[str, str]], budget: Budget) -> str | None:
    """The name of one of the candidates (name, what it answers); None for none, and for every fault."""
    found = pick(model, question, candidates, budget)
    return found.intent if found else None


def pick(
    model: Model, question: str, candidates: Sequence[tuple[str, str]], budget: Budget, memory: Memory | None = None
) -> Picked | None:
    """The same with the arguments that the question or the memory holds."""
    try:
        return picked(model, question, candidates, budget, memory)
    except (ModelFault, ValueError, RecursionError):
        return None


def picked(
    model: Model, question: str, candidates: Sequence[tuple[str, str]], budget: Budget, memory: Memory | None = None
) -> Picked | None:
    """The same, with what is wrong raised: ModelFault, or ValueError for an answer in no form that is read."""
    names = [name for name, _ in candidates]
    asked = question_for(model, question)
    listed = "\n".join(f"{name}: {told}" for name, told in candidates)
    orders = order_message(_ORDERS.format(names=", ".join(names), none=NONE))
    data = data_message(f"intents:\n{listed}\nquestion: {asked}")
    said = model.complete([orders, data], schema=schema_of(names), budget=budget)
    intent, given = read_pick(said)
    return Picked(intent, grounded(given, [asked, *_said_before(memory)])) if intent in names else None


def schema_of(names: Sequence[str]) -> Schema:
    """What an answer has to look like."""
    lists = {"type": "object", "additionalProperties": {"type": "string"}}
    shape = {
        "type": "object",
        "properties": {"intent": {"type": "string", "enum": [*names, NONE]}, "arguments": lists},
        "required": ["intent"],
    }
    return Schema("picked_intent", shape)


def read_pick(said: Said) -> tuple[str, Mapping[str, Any]]:
    """Intent and arguments out of a tool call, a JSON object, or one fenced and alone; ValueError otherwise."""
    calls = set(said.calls)
    if len(calls) == 1:
        call = calls.pop()
        given = _object(call.arguments or "{}")
        intent = given.get("intent", call.name)
    else:
        text = said.text[: LONGEST_ANSWER + 1]
        fenced = _FENCED.fullmatch(text)
        given = _object(fenced[1] if fenced else text)
        intent = given.get("intent")
    arguments = given.get("arguments", {key: value for key, value in given.items() if key != "intent"})
    return str(intent), arguments if isinstance(arguments, dict) else {}


def _object(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_ANSWER:
        raise ValueError("too long")
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def grounded(given: Mapping[str, Any], said: Iterable[str]) -> Arguments:
    """The arguments whose every value was said: its letters and digits occur there as whole words in a row."""
    heard = [f" {' '.join(_TOKEN.findall(text.lower()))} " for text in said]
    kept: list[tuple[str, tuple[str, ...]]] = []
    for name, value in list(given.items())[:MOST_ARGUMENTS]:
        texts = value if isinstance(value, list) else [value]
        plain = [str(item) for item in texts if isinstance(item, str | int) and not isinstance(item, bool)]
        found = tuple(item for item in plain if _was_said(item, heard))
        if found and len(found) == len(texts):
            kept.append((str(name)[:40], found))
    return tuple(kept)


def _was_said(value: str, heard: Sequence[str]) -> bool:
    tokens = _TOKEN.findall(value.lower())
    return bool(tokens) and value.isascii() and any(f" {' '.join(tokens)} " in text for text in heard)


def _said_before(memory: Memory | None) -> list[str]:
    values = [getattr(memory, item.name) for item in fields(memory)] if memory else []
    return [text for value in values for text in ([value] if isinstance(value, str) else value)]
