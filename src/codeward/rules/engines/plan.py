"""Plan: the statements every engine runs, in order, from the facts and the rules."""

from __future__ import annotations

from functools import cache

from codeward.rules.compose import union
from codeward.rules.rule import rules

CASCADES = 2
"""How often the rules that follow denials are asked again: an add-on may hang on an add-on."""


@cache
def round_texts(number: int) -> tuple[str, ...]:
    """The rules of a round as statements, one for each fact they judge."""
    grains: dict[str, list[object]] = {}
    chosen = [rule for rule in rules() if rule.round == number]
    for rule in chosen:
        grains.setdefault(rule.grain, []).append(rule)
    return tuple(union(rule for rule in chosen if rule.grain == grain) for grain in grains)


@cache
def denying() -> frozenset[int]:
    """The numbers of the rules whose findings deny a line."""
    return frozenset(rule.number for rule in rules() if rule.severity == "deny")
