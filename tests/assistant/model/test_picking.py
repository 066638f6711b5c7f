"""A model picks one of the given intents or none, and no argument that nobody said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from codeward.assistant.memory import Memory
from codeward.assistant.model.budget import Budget
from codeward.assistant.model.picking import grounded, pick, pick_intent
from codeward.assistant.model.port import Message, ModelFault, Said, Schema, ToolCall

INTENTS = [("pair", "two codes together"), ("units", "units a day")]
ASKED = "Patient: Zebulon Quimby, MRN: 00412345, DOB 03/04/1951. Is 17311 payable?"
LOOK = {"intent": "pair", "arguments": {"code": "17311"}}


@dataclass
class Scripted:
    """Says what it was given to say."""

    says: Said | ModelFault
    local: bool = True
    name: str = "scripted"
    heard: list[Message] = field(default_factory=list)

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, stream: bool = False, budget: Budget
    ) -> Said:
        self.heard += messages
        if isinstance(self.says, ModelFault):
            raise self.says
        return self.says

    def pieces(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        yield self.complete(messages, budget=budget).text


def _fenced(text: str) -> str:
    return f"```json\n{text}\n```"


@pytest.mark.parametrize(
    "said",
    [
        Said(json.dumps(LOOK)),
        Said(_fenced(json.dumps(LOOK))),
        Said("", (ToolCall("pair", '{"code": "17311"}'),)),
        Said("", (ToolCall("pick", json.dumps(LOOK)),)),
        Said("", (ToolCall("pair", '{"code": "17311"}'),) * 3),
    ],
    ids=["json", "fenced", "tool call", "intent in a call", "the same call thrice"],
)
def test_every_usual_form_is_read(said: Said) -> None:
    picked = pick(Scripted(said), "17311 with 11102?", INTENTS, Budget())
    assert picked is not None
    assert (picked.intent, picked.arguments) == ("pair", (("code", ("17311",)),))


@pytest.mark.parametrize(
    "said",
    [
        Said("pair"),
        Said('{"intent": "delete-everything"}'),
        Said('{"intent": "none"}'),
        Said('{"intent": ["pair"]}'),
        Said('{"intent": null}'),
        Said('["pair"]'),
        Said(f"I think: {_fenced(json.dumps(LOOK))}"),
        Said(f"{_fenced(json.dumps(LOOK))}\n{_fenced(json.dumps(LOOK))}"),
        Said("", (ToolCall("pair", "{}"), ToolCall("units", "{}"))),
        Said("", (ToolCall("pair", "[]"),)),
        Said("", (ToolCall("fetch_url", '{"url": "http://x"}'),)),
        Said("[" * 100_000),
        Said('{"intent": "pair", "x": "' + "y" * 9_000 + '"}'),
        Said(" " * 1_000_000),
        Said("`" * 1_000_000),
        ModelFault("status 500"),
    ],
)
def test_everything_else_is_no_pick(said: Said | ModelFault) -> None:
    assert pick_intent(Scripted(said), "17311 with 11102?", INTENTS, Budget()) is None


def test_only_what_was_said_is_kept_of_the_arguments() -> None:
    given = {
        "code": "17311", "other": "11102", "date": "2023-04-01", "both": ["17311", "68900"], "two": "17311, 11102",
        "part": "731", "yes": True, "nested": {"a": "17311"}, "state": "FL", "dx": "L57.0", "far": "17312",
    }  # fmt: skip
    kept = dict(grounded(given, ["Is 17311 paid with modifier 59 for L57.0?", "FL", "11102"]))
    assert kept == {"code": ("17311",), "other": ("11102",), "state": ("FL",), "dx": ("L57.0",)}


def test_the_memory_counts_as_said() -> None:
    said = Said('{"intent": "units", "arguments": {"code": "17312", "state": "TX"}}')
    picked = pick(Scripted(said), "And how many units?", INTENTS, Budget(), Memory(codes=("17312",)))
    assert picked is not None
    assert picked.arguments == (("code", ("17312",)),)


@pytest.mark.parametrize("local", [True, False])
def test_identifiers_are_covered_and_go_to_no_other_machine(local: bool) -> None:
    model = Scripted(Said('{"intent": "pair"}'), local=local)
    found = pick_intent(model, ASKED, INTENTS, Budget())
    assert found == ("pair" if local else None)
    sent = " ".join(message.text for message in model.heard)
    assert bool(sent) is local
    assert not any(part in sent for part in ("Quimby", "00412345", "03/04"))
