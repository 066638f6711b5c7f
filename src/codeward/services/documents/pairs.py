"""Checked pairs as plain JSON values."""

from __future__ import annotations

from codeward.core.answers import Answer
from codeward.services.check_pair import PairCheck, PairEdit, PairVerdict
from codeward.services.documents.answers import Document, fact_document


def pair_document(answer: Answer[PairCheck]) -> Document:
    """A checked pair as plain JSON values."""
    found = answer.value
    return {
        "a": found.a.value,
        "b": found.b.value,
        "on": answer.as_of.isoformat(),
        "setting": found.asked.setting,
        "edit": _edit(found.asked.edit),
        "bypass_modifiers": [item.code for item in found.bypass],
        "carried_by": found.carried_by,
        "verdict": found.asked.verdict,
        "read_in": _table(found.asked),
        "history": [_edit(item) for item in found.asked.others],
        "other_setting": {
            "setting": found.other.setting,
            "verdict": found.other.verdict,
            "edit": _edit(found.other.edit),
            "read_in": _table(found.other),
        },
        "add_ons": [
            {
                "add_on": item.add_on,
                "primary": item.primary,
                "edit_type": item.edit_type,
                "note": item.note,
                "source": item.source.as_dict(),
            }
            for item in found.add_ons
        ],
        "unit_limits": [{"code": code, **fact_document(fact)} for code, fact in found.limits],
        "policy_manual": [
            {
                "chapter": item.chapter,
                "paragraph": item.number,
                "page": item.label,
                "text": item.text,
                "source": item.source.as_dict(),
            }
            for item in found.passages
        ],
        "not_checked": [{"rule": item.rule, "reason": item.reason} for item in found.not_checked],
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _edit(edit: PairEdit | None) -> Document | None:
    if edit is None:
        return None
    return {
        "column1": edit.column1,
        "column2": edit.column2,
        "modifier_indicator": edit.indicator,
        "effective": edit.since.isoformat() if edit.since else None,
        "deleted": edit.until.isoformat() if edit.until else None,
        "rationale": edit.rationale,
        "standing": edit.standing,
        "source": edit.source.as_dict(),
    }


def _table(verdict: PairVerdict) -> Document | None:
    return {"dataset": verdict.dataset, "edition": verdict.edition} if verdict.edition else None
