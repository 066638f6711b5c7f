"""Body mass: the BMI code beside a weight diagnosis, from the number that the note gives (Guidelines I.B.14)."""

from __future__ import annotations

import re

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.edition import Edition

REASON = "BMI {}, reported only beside a weight diagnosis, here {} (Guidelines I.B.14)"
_BMI = re.compile(r"\b(?:BMI|body mass index)\b[^\d\n]{0,12}(\d{2}(?:\.\d{1,2})?)", re.I)
_CHILD = re.compile(r"\b(?:1?\d)[- ]?(?:y/?o\b|years?[- ]old|yr old)|\b(?:infant|newborn|month[- ]old)\b", re.I)
_WEIGHT = ("E66", "E65", "E40", "E41", "E43", "E44", "E46", "R634", "R635", "R636", "F500")
_HIGHEST = ((45, "Z6841"), (50, "Z6842"), (60, "Z6843"), (70, "Z6844"))


def add_body_mass(drafts: Drafts, text: str, edition: Edition) -> None:
    """Add the code of an adult's BMI; children's go by percentile, which the note would have to give."""
    weight = next((item for item in drafts.accepted if item.code.value.startswith(_WEIGHT)), None)
    found = _BMI.search(text)
    if weight is None or found is None or _CHILD.search(text):
        return
    entry = edition.entry(_code(float(found.group(1))))
    if entry is not None and entry.billable:
        code = Code("icd-10-cm", entry.code)
        reason = REASON.format(found.group(1), weight.code.shown)
        why, spans = "number in the note", [found.span()]
        drafts.add(Draft(code, entry.title, weight.score, True, why, reason, "measure", spans))


def _code(value: float) -> str:
    if value < 20:
        return "Z681"
    if value < 40:
        return f"Z68{int(value)}"
    return next((code for below, code in _HIGHEST if value < below), "Z6845")
