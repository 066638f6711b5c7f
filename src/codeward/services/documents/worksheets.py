"""Worksheets as plain JSON values, the shapes that scripts and other programs depend on."""

from __future__ import annotations

from collections.abc import Iterable

from codeward.core.answers import Answer
from codeward.services.documents.answers import Document
from codeward.services.worksheets.fields import Field
from codeward.services.worksheets.kinds import Kind
from codeward.services.worksheets.values import Worksheet


def worksheet_document(answer: Answer[Worksheet]) -> Document:
    """One worked worksheet."""
    sheet = answer.value
    return {
        "kind": sheet.kind,
        "on": sheet.on.isoformat(),
        "lines": [{"code": line.shown, "units": line.units, "about": line.about} for line in sheet.lines],
        "because": list(sheet.because),
        "reasons": [
            {"text": item.text, "document": item.document, "sources": [source.as_dict() for source in item.sources]}
            for item in sheet.reasons
        ],
        "checks": [
            {
                "code": item.code,
                "check": item.name,
                "result": item.result,
                "text": item.text,
                "sources": [source.as_dict() for source in item.sources],
            }
            for item in sheet.checks
        ],
        "warnings": [
            *({"dataset": "", "text": text} for text in sheet.warnings),
            *({"dataset": item.dataset, "text": item.text} for item in answer.warnings),
        ],
        "not_loaded": list(answer.not_loaded),
        "sources": [source.as_dict() for source in answer.sources],
    }


def kinds_document(kinds: Iterable[Kind]) -> Document:
    """Every worksheet with what it asks for."""
    return {
        "kinds": [
            {
                "kind": kind.name,
                "title": kind.title,
                "summary": kind.summary,
                "fields": [_field(f) for f in kind.fields],
            }
            for kind in kinds
        ]
    }


def _field(field: Field) -> Document:
    return {
        "name": field.name,
        "label": field.label,
        "expects": field.expects,
        "shape": field.shape,
        "columns": [column.name for column in field.columns],
    }
