"""Related codes as plain JSON values."""

from __future__ import annotations

from codeward.core.answers import Answer
from codeward.services.documents.answers import Document, table_document
from codeward.services.relations.values import Basis, Relations


def relations_document(answer: Answer[Relations]) -> Document:
    """Every basis by itself, and the maps that do not exist."""
    found = answer.value
    return {
        "system": found.code.system,
        "code": found.code.shown,
        "title": found.title,
        "to": found.to or None,
        "on": answer.as_of.isoformat(),
        "relations": [_basis(item) for item in found.bases],
        "no_map": [{"to": item.target, "text": item.text} for item in found.no_maps],
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _basis(basis: Basis) -> Document:
    return {
        "basis": basis.name,
        "title": basis.title,
        "to": list(basis.targets),
        "standing": basis.standing,
        "means": basis.means,
        "codes": [{"system": code.system, "code": code.shown} for code in basis.codes],
        "tables": [table_document(item) for item in basis.tables],
        "said": list(basis.said),
        "not_loaded": list(basis.missing),
    }
