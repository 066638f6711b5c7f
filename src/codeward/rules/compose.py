"""Compose: a rule as one SELECT over its fact, the same text for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterable

from codeward.rules.facts import CITES, DAYS, NUMBERS
from codeward.rules.rule import Rule

FINDING_COLUMNS = ("claim", "row_id", "line", "other_line", "rule_number", "code", "with_code", "message", "cited")
"""What every engine returns of a finding; `cited` is `dataset:row` by row, blank between."""
_PAIRED = frozenset({"pair_fact", "earlier_fact", "repeated_fact"})
_SLOT = re.compile(r"\{(\w+)\}")


def selection(rule: Rule) -> str:
    """The SELECT that finds what the rule says."""
    other = "other_line" if rule.grain in _PAIRED else "cast(null as integer)"
    return (
        f"select claim, row_id, line, {other} as other_line, {rule.number} as rule_number, code, with_code, "
        f"{_sentence(rule.say)} as message, {_cited(rule.cites)} as cited from {rule.grain} where {condition(rule)}"
    )


def condition(rule: Rule) -> str:
    """The predicate with what the rule's header adds: settings, payers and dates of service."""
    parts = [f"({rule.when})"]
    if rule.settings:
        parts.append(f"setting in ({_listed(rule.settings)})")
    if rule.except_payers:
        parts.append(f"payer not in ({_listed(rule.except_payers)})")
    if rule.since:
        parts.append(f"day >= '{rule.since}'")
    if rule.until:
        parts.append(f"day <= '{rule.until}'")
    return " and ".join(parts)


def union(rules: Iterable[Rule]) -> str:
    """Several rules as one statement."""
    return "\nunion all\n".join(selection(rule) for rule in rules)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _sentence(text: str) -> str:
    """A sentence with slots as a concatenation: texts as they are, numbers and days spelt alike by every engine."""
    pieces = []
    for at, piece in enumerate(_SLOT.split(text)):
        if at % 2:
            pieces.append(_spelt(piece))
        elif piece:
            pieces.append("'" + piece.replace("'", "''") + "'")
    return " || ".join(pieces) or "''"


def _spelt(name: str) -> str:
    if name in NUMBERS:
        return f"spell({name})"
    if name in DAYS:
        return f"spell_day({name})"
    return f"coalesce({name}, '')"


def _cited(names: tuple[str, ...]) -> str:
    parts = [
        f"case when {CITES[name].row} is null then '' else {CITES[name].dataset} || ':' || spell({CITES[name].row}) "
        "|| ' ' end"
        for name in names
    ]
    return " || ".join(parts) or "''"
