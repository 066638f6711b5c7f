"""Pair words: what a checked pair means, in sentences that every door says alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from codeward.core.codes import Code
from codeward.services.check_pair import BUNDLED, NO_EDIT, NOT_CHECKED, BypassModifier, PairVerdict

TABLE_NAMES = {"practitioner": "practitioner table", "outpatient-hospital": "outpatient hospital table"}
WHO = {
    "practitioner": "by the same practitioner for the same patient on the same day",
    "outpatient-hospital": "by the same hospital for the same patient on the same day",
}
_CARRIERS = {
    "either": "59, XE, XP, XS and XU count on the line of either code (Part B, since 2019-07-01, CMS CR 11168); "
    "any other modifier belongs on the line it describes.",
    "column2": "Before 2019-07-01 the modifier counts on the line of the column 2 code only.",
    "verify": "On the line of the column 2 code it counts; CR 11168, which allows either line, names the Part B system "
    "alone, so ask the contractor before you rely on column 1.",
}
_GROUPS = (
    ("A separate service", ("59", "XE", "XP", "XS", "XU", "91", "27")),
    ("A visit apart from a procedure", ("24", "25", "57")),
    ("A later procedure in a global period", ("58", "78", "79")),
)
_ANATOMIC = "Another site, named on each line (the same site on both lines is not separate)"


def verdict_words(found: PairVerdict, a: Code, b: Code, on: date) -> str:
    """What a table says of the pair, in one or two sentences."""
    name = TABLE_NAMES[found.setting]
    if found.verdict == NOT_CHECKED:
        return f"Not checked: the {name} is not loaded for {on}."
    if found.edit is None or found.verdict == NO_EDIT:
        return f"No edit between {a.value} and {b.value} is in force on {on} in the {name} ({found.edition})."
    paid, denied = found.edit.column1, found.edit.column2
    if found.verdict == BUNDLED:
        return f"{denied} is denied beside {paid} {WHO[found.setting]}, whatever the modifier ({name} {found.edition})."
    return (
        f"{denied} is denied beside {paid} {WHO[found.setting]}, unless a bypass modifier states a fact that the "
        f"records show ({name} {found.edition})."
    )


def carrier_words(carried_by: str) -> str:
    """Which line may carry the modifier, and on whose word."""
    return _CARRIERS[carried_by]


def bypass_groups(modifiers: Sequence[BypassModifier]) -> list[tuple[str, list[BypassModifier]]]:
    """Bypass modifiers by the kind of fact they state; anatomic ones last, for they are many."""
    by_code = {item.code: item for item in modifiers}
    groups = [(name, [by_code[code] for code in codes if code in by_code]) for name, codes in _GROUPS]
    named = {code for _, codes in _GROUPS for code in codes}
    return [*groups, (_ANATOMIC, [item for item in modifiers if item.code not in named])]
