"""Charts of a batch: bars of findings and of money, drawn to one scale beside the table with the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codeward.services.batches import Outcome
from codeward.services.batches.outcome import Share
from codeward.web.pages.checked_claim import SEVERITY

WIDTH = 1000
HEIGHT = 300
RULES, PROVIDERS = 14, 12
"""Bars drawn; the tables beside them go on."""
_LEAST = 4
"""Width of the smallest bar: what is not nothing is seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its kind (a severity, or risk), its length as drawn and its figure."""

    name: str
    kind: str
    width: int
    figure: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the months: where it stands, how wide and high it is, and its figure in words."""

    name: str
    x: float
    width: float
    y: int
    height: int
    figure: str


@dataclass(frozen=True, slots=True)
class Months:
    """Columns from the first month to the last, those without lines left empty; `most` is the height of the drawing."""

    columns: tuple[Column, ...]
    first: str
    last: str
    most: str


def rule_bars(outcome: Outcome) -> tuple[Bar, ...]:
    """Findings by rule and severity, most first."""
    shown = outcome.by_rule[:RULES]
    most = max((item.findings for item in shown), default=0)
    return tuple(
        Bar(
            f"{SEVERITY[item.severity][0]} {item.rule}",
            item.severity,
            _width(item.findings, most),
            f"{item.findings:,}",
        )
        for item in shown
    )


def risk_bars(outcome: Outcome) -> tuple[Bar, ...]:
    """Charges of lines by the rule that denies them, most first."""
    denying = sorted((item for item in outcome.by_rule if item.severity == "deny"), key=lambda item: -item.charge)
    shown = [item for item in denying if item.charge][:RULES]
    most = max((item.charge for item in shown), default=Decimal(0))
    return tuple(Bar(item.rule, "deny", _width(item.charge, most), _dollars(item.charge)) for item in shown)


def provider_bars(outcome: Outcome) -> tuple[Bar, ...]:
    """Money at risk by provider, most first; by lines where nothing has a charge."""
    shown = outcome.by_provider[:PROVIDERS]
    return tuple(
        Bar(item.name or "not given", "deny", _width(value, most), figure)
        for item, value, most, figure in _risked(shown, outcome)
        if value
    )


def months(outcome: Outcome) -> Months | None:
    """Money at risk by month of service, or lines where nothing has a charge; None without any month."""
    known = [item for item in outcome.by_month if item.name]
    if not known:
        return None
    risked = {item.name: (value, figure) for item, value, _, figure in _risked(known, outcome)}
    names = _every_month(known[0].name, known[-1].name) or list(risked)
    most = max(value for value, _ in risked.values())
    step = WIDTH / len(names)
    columns = tuple(_column(name, at, step, risked[name], most) for at, name in enumerate(names) if name in risked)
    return Months(columns, names[0], names[-1], _figure(most, outcome))


def _risked(shown: Sequence[Share], outcome: Outcome) -> list[tuple[Share, Decimal, Decimal, str]]:
    values = [item.at_risk if outcome.charged else Decimal(item.lines_at_risk) for item in shown]
    most = max(values, default=Decimal(0))
    return [(item, value, most, _figure(value, outcome)) for item, value in zip(shown, values, strict=True)]


def _figure(value: Decimal, outcome: Outcome) -> str:
    return _dollars(value) if outcome.charged else f"{value:,} line{'s' if value != 1 else ''}"


def _column(name: str, at: int, step: float, risked: tuple[Decimal, str], most: Decimal) -> Column:
    value, figure = risked
    height = 0 if not value else max(round(value / most * HEIGHT), _LEAST)
    gap = step * 0.15
    return Column(name, round(at * step + gap, 1), round(step - 2 * gap, 1), HEIGHT - height, height, figure)


def _every_month(first: str, last: str, limit: int = 72) -> list[str]:
    """Months from the first to the last; none where that is too many to draw."""
    begin, end = (int(name[:4]) * 12 + int(name[5:7]) - 1 for name in (first, last))
    if end - begin >= limit:
        return []
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]


def _width(value: Decimal | int, most: Decimal | int) -> int:
    return max(round(value / most * WIDTH), _LEAST) if value else 0


def _dollars(value: Decimal) -> str:
    return f"${value:,.2f}"
