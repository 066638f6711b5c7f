"""Reply values: statements, evidence, calls and memory as plain JSON values, for documents and bundles alike."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from codeward.assistant.memory import Memory
from codeward.assistant.reply import Call, Evidence, Statement
from codeward.core.faults import BadInput

Values = dict[str, Any]


def statement_values(statement: Statement) -> Values:
    """One statement with its sources and its evidence."""
    return {
        "text": statement.text,
        "sources": [source.as_dict() for source in statement.sources],
        "role": statement.role,
        "passage": statement.passage,
        "evidence": [_evidence(item) for item in statement.evidence],
    }


def _evidence(item: Evidence) -> Values:
    return {
        "subject": item.subject,
        "name": item.name,
        "value": item.value,
        "how": item.how,
        "since": item.since.isoformat() if item.since else None,
        "until": item.until.isoformat() if item.until else None,
        "source": item.source.as_dict() if item.source else None,
    }


def call_values(call: Call) -> Values:
    """One call to a tool."""
    return {"service": call.service, "arguments": dict(call.arguments)}


def memory_values(memory: Memory) -> Values:
    """What a follow-up starts from; empty fields are left out."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(memory).items() if value}


def read_memory(values: Any) -> Memory:
    """Memory of values as written above; BadInput where they are not."""
    lists = {item.name: "tuple" in str(item.type) for item in fields(Memory)}
    if not isinstance(values, dict) or not values.keys() <= lists.keys():
        raise BadInput("what the question before was about cannot be read: it was written by another version")
    for name, value in values.items():
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if not (fits if lists[name] else isinstance(value, str)):
            raise BadInput(f"what the question before was about cannot be read: {name}")
    given: dict[str, Any] = {name: tuple(value) if lists[name] else value for name, value in values.items()}
    return Memory(**given)
