"""Encounter: rules over all candidates of a note together, by the ICD-10-CM Official Guidelines."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from codeward.services.suggest.drafts import Draft, Drafts

INTEGRAL = "A sign or symptom that is routinely part of {}, which is reported (Guidelines I.B.5)"
LESS = "{} says more; codes are reported to the highest level of detail (Guidelines I.B.2)"


def keep_the_narrower(drafts: Drafts) -> None:
    """An unspecified code gives way to one of its category that says more of the same condition."""
    for draft in drafts.accepted:
        if not _says_little(draft):
            continue
        more = next((item for item in drafts.accepted if item is not draft and _says_more(item, draft)), None)
        if more is not None:
            draft.turn_down(LESS.format(more.code.shown))


def _says_little(draft: Draft) -> bool:
    return "unspecified" in draft.title.lower() or draft.code.value[3:] in ("9", "90")


def _says_more(one: Draft, other: Draft) -> bool:
    return one.code.value[:3] == other.code.value[:3] and not _says_little(one)


def drop_integral_symptoms(drafts: Drafts) -> None:
    """A symptom is not reported beside a confirmed diagnosis that it is routinely part of."""
    confirmed = [item for item in drafts.accepted if not item.is_uncertain]
    for draft in drafts.accepted:
        explained = _diseases_of(draft.code.value)
        cause = next((item for item in confirmed if explained and item.code.value.startswith(explained)), None)
        if cause is not None:
            draft.turn_down(INTEGRAL.format(cause.code.shown))


def _diseases_of(symptom: str) -> tuple[str, ...]:
    return tuple(disease for symptoms, diseases in _routine() if symptom.startswith(symptoms) for disease in diseases)


@cache
def _routine() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    held = resources.files("codeward.services.suggest.tables").joinpath("symptoms.toml").read_text(encoding="utf-8")
    return tuple((tuple(row["symptoms"]), tuple(row["diseases"])) for row in tomllib.loads(held)["routine"])
