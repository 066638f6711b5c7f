"""Asked documents: a reply of the assistant as plain JSON values."""

from __future__ import annotations

from typing import Any

from codeward.assistant.reply import Call, Evidence, Reply, Statement

Document = dict[str, Any]


def reply_document(reply: Reply) -> Document:
    """A reply; the question stands there as it was kept, with identifiers masked."""
    return {
        "question": reply.question,
        "kind": reply.kind,
        "answer": reply.text,
        "claims": [_claim(item) for item in reply.statements],
        "calls": [_call(item) for item in reply.calls],
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


def _claim(statement: Statement) -> Document:
    return {
        "text": statement.text,
        "sources": [source.as_dict() for source in statement.sources],
        "role": statement.role,
        "passage": statement.passage,
        "evidence": [_evidence(item) for item in statement.evidence],
    }


def _evidence(item: Evidence) -> Document:
    return {
        "subject": item.subject,
        "name": item.name,
        "value": item.value,
        "how": item.how,
        "since": item.since.isoformat() if item.since else None,
        "until": item.until.isoformat() if item.until else None,
        "source": item.source.as_dict() if item.source else None,
    }


def _call(call: Call) -> Document:
    return {"service": call.service, "arguments": dict(call.arguments)}
