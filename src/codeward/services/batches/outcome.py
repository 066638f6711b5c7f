"""Outcome: the summary that a scrub wrote, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from codeward.services.batches.folder import Batch
from codeward.store.findings import providers_at_risk

PROVIDERS = 100
"""Providers named, those with most at risk first."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule and severity: how often, on how many claims, and the charges of the lines its findings are about.

    A line with several findings of the rule is in the charges once for each.
    """

    rule: str
    severity: str
    findings: int
    claims: int
    charge: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """One provider or month: its lines, those that a rule denies, and what those charge in dollars."""

    name: str
    lines: int
    lines_at_risk: int
    at_risk: Decimal


@dataclass(frozen=True, slots=True)
class Unmet:
    """A check that was not made on so many lines."""

    rule: str
    reason: str
    lines: int


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One reason why checks were not made, with every rule it concerns and on how many lines."""

    reason: str
    rules: tuple[tuple[str, int], ...]

    @property
    def lines(self) -> int | None:
        """On how many lines, where that is the same for all of the rules."""
        found = {lines for _, lines in self.rules}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scrub came to; `denied` lines charge `at_risk` dollars of the `charged`, each line counted once."""

    lines: int
    claims: int
    rejected_rows: int
    rejected_claims: int
    findings: int
    by_severity: tuple[tuple[str, int], ...]
    denied: int
    at_risk: Decimal
    charged: Decimal
    by_rule: tuple[RuleCount, ...]
    by_provider: tuple[Share, ...]
    providers: int
    by_month: tuple[Share, ...]
    not_checked: tuple[Unmet, ...]
    editions: tuple[tuple[str, str], ...]
    library: str

    @property
    def verdict(self) -> str:
        """As for a claim: clean only where nothing was left unchecked, no row was set aside and a claim was judged."""
        if any(count for severity, count in self.by_severity if severity != "info"):
            return "findings"
        left = self.not_checked or self.rejected_rows or not self.claims
        return "incomplete" if left else "clean"

    @property
    def unchecked(self) -> tuple[Unchecked, ...]:
        """What was not checked, a reason once, those of most lines first."""
        found: dict[str, list[tuple[str, int]]] = {}
        for item in self.not_checked:
            found.setdefault(item.reason, []).append((item.rule, item.lines))
        reasons = (Unchecked(reason, tuple(rules)) for reason, rules in found.items())
        return tuple(sorted(reasons, key=lambda item: -max(lines for _, lines in item.rules)))


def read_outcome(batch: Batch) -> Outcome:
    """The outcome of a batch that is done."""
    by_provider, providers = providers_at_risk(batch.result("risk.parquet"), PROVIDERS)
    told = json.loads(batch.result("summary.json").read_text(encoding="utf-8"))
    return Outcome(
        lines=told["lines"],
        claims=told["claims"],
        rejected_rows=told["rejected_rows"],
        rejected_claims=told["rejected_claims"],
        findings=told["findings"],
        by_severity=tuple(told["by_severity"].items()),
        denied=told["at_risk"]["lines"],
        at_risk=Decimal(told["at_risk"]["charge"]),
        charged=Decimal(told["at_risk"]["charged"]),
        by_rule=tuple(_rule(item) for item in told["by_rule"]),
        by_provider=tuple(Share(*row) for row in by_provider),
        providers=providers,
        by_month=tuple(_month(item) for item in told["by_month"]),
        not_checked=tuple(Unmet(item["rule"], item["reason"], item["lines"]) for item in told["not_checked"]),
        editions=tuple((name, edition) for name, held in told["editions"].items() for edition in held),
        library=told["library"],
    )


def _rule(item: dict[str, Any]) -> RuleCount:
    return RuleCount(item["rule"], item["severity"], item["findings"], item["claims"], Decimal(item["charge"]))


def _month(item: dict[str, Any]) -> Share:
    return Share(item["month"] or "", item["lines"], item["lines_at_risk"], Decimal(item["at_risk"]))
