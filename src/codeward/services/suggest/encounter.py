"""Encounter: rules over all candidates of a note together, by the ICD-10-CM Official Guidelines."""

from __future__ import annotations

from functools import cache

from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.tables import read_table

INTEGRAL = "A sign or symptom that is routinely part of {}, which is reported (Guidelines I.B.5)"
UNSITED = "The note does not say where the growth is; the code for an unknown site is for one that was looked for"
LESS = "{} says more; codes are reported to the highest level of detail (Guidelines I.B.2)"


def keep_the_narrower(drafts: Drafts) -> None:
    """An unspecified code gives way to one of its category that says more of the same condition."""
    for draft in drafts.accepted:
        if not _gaps(draft):
            continue
        more = next((item for item in drafts.accepted if item is not draft and _says_more(item, draft)), None)
        if more is not None:
            draft.turn_down(LESS.format(more.code.shown))


def _gaps(draft: Draft) -> int:
    """How much a code leaves open: what its title calls unspecified, or says that nothing was said of."""
    title = draft.title.lower()
    return title.count("unspecified") + (draft.code.value[3:] in ("9", "90")) + title.count("without")


def _says_more(one: Draft, other: Draft) -> bool:
    """Within a category; of two that differ in their last character alone, `with` says more than `without`."""
    if "without" in other.title and one.code.value[:-1] != other.code.value[:-1] and not _is_open(other):
        return False
    return one.code.value[:3] == other.code.value[:3] and _gaps(one) < _gaps(other)


def _is_open(draft: Draft) -> bool:
    return "unspecified" in draft.title.lower() or draft.code.value[3:] in ("9", "90")


def keep_the_sited(drafts: Drafts) -> None:
    """A growth named without its site gives way to one of the same behaviour whose site the note says."""
    for draft in drafts.accepted:
        sited = _SITED.get(draft.code.value)
        more = next((item for item in drafts.accepted if sited and _is_sited(item, draft, sited)), None)
        if more is not None:
            draft.turn_down(LESS.format(more.code.shown))


def keep_one_examination(drafts: Drafts) -> None:
    """A child's examination is not an adult's too; findings that are said belong to the one that is reported."""
    child = next((item for item in drafts.accepted if item.code.value.startswith("Z0012")), None)
    for draft in drafts.accepted:
        if child is not None and draft.code.value in ("Z0000", "Z0001"):
            draft.turn_down(LESS.format(child.code.shown))


def turn_down_unsited(drafts: Drafts) -> None:
    """A growth whose site the note does not say is not reported; an unknown primary site would be said to be one."""
    for draft in drafts.accepted:
        if draft.code.value in _GROWTHS and "unknown" not in draft.why.lower():
            draft.missing = ("site",)
            draft.turn_down(UNSITED)


_GROWTHS = frozenset({"C800", "C801", "C799", "D369", "D489", "D499"})
_SITED = {
    "C801": ("C0", "C1", "C2", "C3", "C4", "C5", "C6", "C70", "C71", "C72", "C73", "C74", "C75", "C76"),
    "C800": ("C0", "C1", "C2", "C3", "C4", "C5", "C6", "C70", "C71", "C72", "C73", "C74", "C75", "C76"),
    "C799": ("C77", "C78", "C79"),
    "D369": ("D1", "D2", "D3"),
    "D489": ("D37", "D38", "D39", "D40", "D41", "D42", "D43", "D44", "D48"),
    "D499": ("C", "D"),
    "I749": ("I82", "I26", "I63", "I24"),
    "T148XXA": ("S",),
    "T148XXD": ("S",),
    "T1490XA": ("S", "T0", "T2", "T3"),
    "T1490XD": ("S", "T0", "T2", "T3"),
}
"""Codes for a growth of unknown site, and the beginnings of those that name it."""


_NO_GROWTHS = tuple(f"D{number}" for number in range(5, 9))


def _is_sited(one: Draft, other: Draft, beginnings: tuple[str, ...]) -> bool:
    value = one.code.value
    return one is not other and value not in _SITED and value[:2] not in _NO_GROWTHS and value.startswith(beginnings)


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
    return tuple((tuple(row["symptoms"]), tuple(row["diseases"])) for row in read_table("symptoms")["routine"])
