"""Sequelae: a deficit that a stroke left behind is reported by one code of category I69 (Guidelines I.C.9.d)."""

from __future__ import annotations

import re
from dataclasses import replace

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.edition import Edition

REASON = "What a stroke left behind, reported with its cause by one code (Guidelines I.C.9.d.1)"
BEHIND = "The stroke lies behind; what it left is reported by category I69 (Guidelines I.C.9.d.2)"
_STROKE = r"(?:stroke|CVA|cerebral infarct\w*|cerebrovascular accident|cerebral artery infarct\w*)"
_LEFT_BEHIND = re.compile(
    rf"\b(?:after|following|from|due to|secondary to|since|late effects? of|sequelae? of)\b[^.;\n]{{0,40}}\b{_STROKE}\b"
    rf"|\b{_STROKE}\b[^.;\n]{{0,40}}\bwith (?:residual|persistent|remaining)\b"
    rf"|\b(?:post[- ]stroke|residual)\b[^.;\n]{{0,80}}\b{_STROKE}\b",
    re.I,
)
_DEFICITS = (
    ("G8191", "I69351"), ("G8192", "I69352"), ("G8193", "I69353"), ("G8194", "I69354"), ("G8190", "I69359"),
    ("G8101", "I69351"), ("G8102", "I69352"), ("G8103", "I69353"), ("G8104", "I69354"), ("G8111", "I69351"),
    ("G8112", "I69352"), ("G8113", "I69353"), ("G8114", "I69354"), ("R4701", "I69320"), ("R4702", "I69321"),
    ("R471", "I69322"), ("R4782", "I69323"), ("R131", "I69391"), ("R29810", "I69392"), ("R270", "I69393"),
    ("R278", "I69393"), ("R414", "I69312"), ("R411", "I69311"), ("R4184", "I69319"),
)  # fmt: skip
"""Beginnings of the codes of deficits and what they are after a cerebral infarction."""
_AROUND = 160


def report_sequelae(drafts: Drafts, text: str, edition: Edition) -> None:
    """Turn the deficits that the note lays to a past stroke into codes of I69, and the stroke itself down."""
    found = [draft for draft in drafts.accepted if _target(draft.code.value) and _is_left_behind(draft, text)]
    for draft in found:
        entry = edition.entry(_target(draft.code.value))
        if entry is not None and entry.billable:
            code = Code("icd-10-cm", entry.code)
            drafts.add(replace(draft, code=code, title=entry.title, reason=REASON, spans=list(draft.spans)))
            draft.turn_down(REASON)
    if any(draft.code.value.startswith("I69") for draft in drafts.accepted):
        for draft in drafts.accepted:
            if draft.code.value.startswith("I63"):
                draft.turn_down(BEHIND)


def _target(code: str) -> str:
    return next((target for beginning, target in _DEFICITS if code.startswith(beginning)), "")


def _is_left_behind(draft: Draft, text: str) -> bool:
    """Whether words about the deficit lay it to a stroke; what stands in other lines does not count."""
    for start, end in draft.spans:
        low = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
        high = text.find("\n", end)
        around = text[low : min(len(text) if high < 0 else high, end + _AROUND)]
        if _LEFT_BEHIND.search(around):
            return True
    return False
