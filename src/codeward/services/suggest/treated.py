"""Treated: whether the note names a drug that a listed chronic condition is treated with (Guidelines IV.I, IV.J)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from codeward.services.suggest.drafts import Draft
from codeward.services.suggest.tables import read_table

TREATED = "Chronic and under treatment with {} by the note (Guidelines IV.I, IV.J)"
_STOPPED = re.compile(
    r"\b(?:stop\w*|discontinu\w*|held|hold|holding|off|allerg\w*|intoleran\w*|declin\w*|avoid\w*|never|not?)\b"
    r"[^.;,\n]{0,25}$",
    re.I,
)
_ASIDE = re.compile(
    r"\bnot (?:addressed|discussed|reviewed|relevant)\b|\bfollowed elsewhere\b|\bmanaged elsewhere\b", re.I
)


@dataclass(frozen=True, slots=True)
class Treatment:
    """Drugs (a pattern over their names) and the beginnings of codes of what they are taken for."""

    drugs: re.Pattern[str]
    conditions: tuple[str, ...]


def treatment_named(draft: Draft, text: str) -> str:
    """The drug that treats a condition, as written; empty where the note names none or sets the condition aside."""
    if any(_ASIDE.search(text[start : end + 60].split("\n", maxsplit=1)[0]) for start, end in draft.spans):
        return ""
    for treatment in _treatments():
        if draft.code.value.startswith(treatment.conditions):
            for found in treatment.drugs.finditer(text):
                if not _STOPPED.search(text[max(found.start() - 60, 0) : found.start()]):
                    return found.group()
    return ""


@cache
def _treatments() -> tuple[Treatment, ...]:
    return tuple(
        Treatment(re.compile(rf"\b(?:{'|'.join(row['drugs'])})\b", re.I), tuple(row["conditions"]))
        for row in read_table("treated")["treatment"]
    )
