"""Dementia: beside the disease that causes it stands the code of its severity and behaviour (Guidelines I.C.5.d)."""

from __future__ import annotations

import re

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.edition import Edition

REASON = "Severity and behaviour of the dementia in {}, as the note says them (Guidelines I.A.13, I.C.5.d)"
SAID = "Said with the disease that causes it (Guidelines I.A.13)"
_CAUSES = ("G30", "G310", "G3183")
_DEMENTIA = re.compile(r"[^.\n]{0,120}\bdementia\b[^.\n]{0,120}", re.I)
_SEVERITIES = (("mild", "A"), ("moderate", "B"), ("severe", "C"))
_BEHAVIOURS = (
    (re.compile(r"\b(?:no|without)\b[^.;]{0,20}\b(?:behavio\w*|agitation)", re.I), "0"),
    (re.compile(r"\bagitat|\baggress", re.I), "11"),
    (re.compile(r"\bpsycho(?:sis|tic)|\bhallucinat|\bdelusion", re.I), "2"),
    (re.compile(r"\bdepress|\bmood disturbance", re.I), "3"),
    (re.compile(r"\banxi", re.I), "4"),
    (re.compile(r"\bwith (?:other )?behavio", re.I), "18"),
)


def add_dementia(drafts: Drafts, text: str, edition: Edition) -> None:
    """Add F02 beside Alzheimer's and kindred diseases where the note calls the condition dementia."""
    cause = next((item for item in drafts.accepted if item.code.value.startswith(_CAUSES)), None)
    said = [found.group() for found in _DEMENTIA.finditer(text)]
    if cause is None or not said:
        return
    entry = edition.entry(_code(" ".join(said))) or edition.entry("F0280")
    if entry is None or not entry.billable:
        return
    for draft in drafts.accepted:
        if draft.code.value.startswith(("F01", "F02", "F03")) and draft.code.value != entry.code:
            draft.turn_down(SAID)
    code, reason = Code("icd-10-cm", entry.code), REASON.format(cause.code.shown)
    spans, sections = list(cause.spans), set(cause.sections)
    drafts.add(
        Draft(code, entry.title, cause.score, True, "combination", reason, "combination", spans, sections=sections)
    )


def _code(said: str) -> str:
    severity = next((letter for word, letter in _SEVERITIES if re.search(rf"\b{word}\b", said, re.I)), "8")
    behaviour = next((ending for pattern, ending in _BEHAVIOURS if pattern.search(said)), "0")
    return f"F02{severity}{behaviour}"
