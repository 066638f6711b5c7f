"""Suggested documents: what a note suggests as plain JSON values."""

from __future__ import annotations

from codeward.core.answers import Answer
from codeward.core.notes import Candidate, CodeFound, Mention, Suggestion
from codeward.services.documents.answers import Document


def suggestion_document(answer: Answer[Suggestion]) -> Document:
    """Mentions and candidate codes; the text itself is not repeated but for the mentions."""
    found = answer.value
    return {
        "on": answer.as_of.isoformat(),
        "mentions": [_mention(item) for item in found.mentions],
        "codes": [_candidate(item) for item in found.codes],
        "masked": [{"kind": item.kind, "start": item.start, "end": item.end} for item in found.note.masked],
        "sections": [{"name": item.name, "start": item.start, "end": item.end} for item in found.note.sections],
        "left_out": list(found.left_out),
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _mention(mention: Mention) -> Document:
    standing = mention.standing
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "negated": standing.negated,
        "uncertain": standing.uncertain,
        "historical": standing.historical,
        "family": standing.family,
        "hypothetical": standing.hypothetical,
        "cue": list(standing.cue) if standing.cue else None,
        "codes": [_code(item) for item in mention.codes],
    }


def _code(found: CodeFound) -> Document:
    return {
        "system": found.code.system,
        "code": found.code.shown,
        "title": found.title,
        "score": found.score,
        "why": found.why,
    }


def _candidate(found: Candidate) -> Document:
    return {
        "system": found.code.system,
        "code": found.code.shown,
        "title": found.title,
        "score": found.score,
        "accepted": found.accepted,
        "spans": [list(span) for span in found.spans],
        "why": found.why,
        "reason": found.reason,
        "missing": list(found.missing),
        "alternatives": [_code(item) for item in found.alternatives],
        "units": found.units,
    }
