"""What new editions touch, as plain JSON values."""

from __future__ import annotations

from codeward.core.sources import Source
from codeward.services.documents.answers import Document
from codeward.services.taken_codes import Taken
from codeward.services.touched import Touch, Touched
from codeward.services.what_changed import Change


def touched_document(taken: Taken, found: Touched) -> Document:
    """What was taken and what touches it, as plain JSON values."""
    return {
        "taken": {
            "form": taken.form,
            "codes": [
                {"system": code.system, "code": code.shown, "dates": [item.isoformat() for item in sorted(days)]}
                for code, days in taken.codes.items()
            ],
            "passed_over": taken.passed_over,
        },
        "touched": [_touch(item) for item in found.touches],
        "untouched": [code.shown for code in found.untouched],
        "unlisted": [code.shown for code in found.unlisted],
        "not_compared": list(found.not_compared),
    }


def _touch(touch: Touch) -> Document:
    known = touch.known
    return {
        "dataset": known.dataset.id,
        "before": known.before.edition,
        "after": known.after.edition,
        "effective": known.after.effective.isoformat(),
        "not_loaded_between": [item.isoformat() for item in known.missing],
        "codes": [code.shown for code in touch.codes],
        "total": touch.total,
        "both_sides": touch.both,
        "changed_as_every_row": touch.alike,
        "rows": [_row(item) for item in touch.rows],
    }


def _row(change: Change) -> Document:
    return {
        "change": change.change,
        "key": dict(change.key),
        "columns": {cell.name: [cell.before, cell.after] for cell in change.cells},
        "before_source": _source(change.before),
        "after_source": _source(change.after),
    }


def _source(source: Source | None) -> Document | None:
    return source.as_dict() if source else None
