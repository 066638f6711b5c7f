"""Encounter: rules over all candidates of a note together, by the ICD-10-CM Official Guidelines."""

from __future__ import annotations

from codeward.services.suggest.drafts import Draft, Drafts

INTEGRAL = "A sign or symptom of {}, reported alone (Guidelines I.B.5)"
LESS = "{} says more; codes are reported to the highest level of detail (Guidelines I.B.2)"
_FAMILIES = {
    "R0": "J",
    "R1": "K",
    "R3": "N",
    "R20": "L",
    "R21": "L",
    "R22": "L",
    "R23": "L",
    "R00": "I",
    "R01": "I",
    "R03": "I",
}
"""Symptom codes and the chapter whose diagnoses explain them: only within it is a symptom taken to be integral."""


def keep_the_narrower(drafts: Drafts) -> None:
    """An unspecified code gives way to one of its category that says more."""
    for draft in drafts.accepted:
        if not _says_little(draft):
            continue
        more = next((item for item in drafts.accepted if item is not draft and _says_more(item, draft)), None)
        if more is not None:
            draft.turn_down(LESS.format(more.code.shown))


def _says_little(draft: Draft) -> bool:
    return "unspecified" in draft.title.lower() or draft.code.value[3:] in ("9", "90")


def _says_more(one: Draft, other: Draft) -> bool:
    return one.code.value[:3] == other.code.value[:3] and not _says_little(one) and one.code != other.code


def drop_integral_symptoms(drafts: Drafts) -> None:
    """A symptom is not reported beside a confirmed diagnosis of the family that explains it."""
    confirmed = [item for item in drafts.accepted if item.code.value[0] not in "RZ" and not item.missing]
    for draft in drafts.accepted:
        letter = next((_FAMILIES[key] for key in (draft.code.value[:3], draft.code.value[:2]) if key in _FAMILIES), "")
        cause = next((item for item in confirmed if letter and item.code.value.startswith(letter)), None)
        if cause is not None:
            draft.turn_down(INTEGRAL.format(cause.code.shown))
