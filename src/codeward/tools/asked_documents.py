"""Asked documents: a reply of the assistant as plain JSON values."""

from __future__ import annotations

from typing import Any

from codeward.assistant.bundle import Bundle
from codeward.assistant.replay import Comparison
from codeward.assistant.reply import Reply
from codeward.assistant.reply_values import call_values, statement_values

Document = dict[str, Any]


def reply_document(reply: Reply) -> Document:
    """A reply; the question stands there as it was kept, with identifiers masked."""
    return {
        "question": reply.question,
        "kind": reply.kind,
        "answer": reply.text,
        "claims": [statement_values(item) for item in reply.statements],
        "calls": [call_values(item) for item in reply.calls],
        "model": reply.model,
        "as_of": reply.as_of.isoformat(),
        "topic": reply.topic,
        "intent": reply.intent,
        "understood": reply.understood,
        "warnings": list(reply.warnings),
        "not_loaded": list(reply.not_loaded),
        "next_questions": list(reply.next_questions),
        "sources": [source.as_dict() for source in reply.sources],
    }


def replay_document(bundle: Bundle, own_key: bool, compared: tuple[Comparison, ...]) -> Document:
    """What became of a bundle's answer: the library in use first, then its own where that is another."""
    return {
        "question": bundle.question,
        "made": bundle.body["made"],
        "on": bundle.body["on"],
        "answer": bundle.body["answer"],
        "public_key": bundle.public_key,
        "own_key": own_key,
        "same": compared[0].is_same,
        "comparisons": [_comparison(item) for item in compared],
    }


def _comparison(item: Comparison) -> Document:
    return {
        "library": item.library,
        "in_use": item.in_use,
        "same": item.is_same,
        "lines": [
            {"part": line.part, "state": line.state, "before": line.before, "after": line.after} for line in item.lines
        ],
    }
