"""Remedies: what to do about a finding of a batch, found again by the rule whose sentence it says."""

from __future__ import annotations

import re
from functools import cache

from codeward.rules.rule import Rule, rules
from codeward.store.findings import BatchFinding

_SLOT = re.compile(r"\\\{\w+\\\}")


def remedy_of(finding: BatchFinding) -> str:
    """The remedy of the rule behind a finding; empty where two rules with different remedies say the same."""
    found = {
        rule.remedy
        for rule, sentence in _spoken(finding.rule)
        if rule.severity == finding.severity and sentence.fullmatch(finding.message)
    }
    if len(found) != 1:
        return ""
    return found.pop().format(code=finding.code, with_code=finding.with_code, primaries="").strip()


@cache
def _spoken(name: str) -> list[tuple[Rule, re.Pattern[str]]]:
    """The rules of an id, and what their sentences look like with anything in their slots."""
    return [(rule, re.compile(_SLOT.sub(".*", re.escape(rule.say)), re.DOTALL)) for rule in rules() if rule.id == name]
