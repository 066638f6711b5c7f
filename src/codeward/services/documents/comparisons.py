"""Comparisons of codes as plain JSON values."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.services.compare_codes import CodeComparison, ComparedFact
from codeward.services.documents.answers import Document


def comparison_document(found: CodeComparison) -> Document:
    """A comparison as plain JSON values."""
    return {
        "first": _side(found, 0),
        "second": _side(found, 1),
        "differences": found.differences,
        "same": found.equal,
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "facts": [_fact(item) for item in section.facts],
                "tables": [
                    {
                        "name": item.name,
                        "caption": item.caption,
                        "verdict": item.verdict,
                        "first_total": item.first_total,
                        "second_total": item.second_total,
                        "only_first": list(item.only_first),
                        "only_second": list(item.only_second),
                    }
                    for item in section.tables
                ],
                "first_missing": list(section.first_missing),
                "second_missing": list(section.second_missing),
            }
            for section in found.sections
        ],
    }


def _side(found: CodeComparison, at: int) -> Document:
    answer = (found.first, found.second)[at]
    page = answer.value
    return {
        "system": page.code.system,
        "code": page.code.shown,
        "on": answer.as_of.isoformat(),
        "status": page.status,
        "title": page.title,
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _fact(item: ComparedFact) -> Document:
    return {
        "name": item.name,
        "label": item.label,
        "verdict": item.verdict,
        "first": [_value(fact) for fact in item.first],
        "second": [_value(fact) for fact in item.second],
    }


def _value(fact: Fact) -> Document:
    return {"value": fact.value, "source": fact.source.as_dict() if fact.source else None}
