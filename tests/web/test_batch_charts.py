"""Charts of a batch: one scale, nothing lost for being small, and no money where none is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from codeward.services.batches import Outcome
from codeward.services.batches.outcome import RuleCount, Share
from codeward.web.pages.batch_charts import WIDTH, months, provider_bars, risk_bars, rule_bars

NOTHING = Outcome(0, 0, 0, 0, 0, (), 0, Decimal(0), Decimal(0), (), (), 0, (), (), (), "x")


def test_bars_are_to_one_scale_and_what_is_not_nothing_is_seen() -> None:
    counts = tuple(
        RuleCount(name, severity, count, 1, Decimal(charge))
        for name, severity, count, charge in (
            ("A", "warn", 9000, "5.00"), ("B", "deny", 4500, "10.00"), ("C", "deny", 1, "0.00")
        )
    )  # fmt: skip
    outcome = replace(NOTHING, by_rule=counts, charged=Decimal(100))
    assert [(bar.name, bar.width) for bar in rule_bars(outcome)] == [
        ("▲ A", WIDTH), ("✕ B", WIDTH // 2), ("✕ C", 4)
    ]  # fmt: skip
    assert [(bar.name, bar.figure) for bar in risk_bars(outcome)] == [("B", "$10.00")]


def test_months_without_lines_keep_their_place() -> None:
    outcome = replace(
        NOTHING,
        charged=Decimal(9),
        by_month=(Share("2023-12", 5, 1, Decimal(2)), Share("2024-02", 5, 2, Decimal(4))),
    )
    drawn = months(outcome)
    assert drawn is not None and (drawn.first, drawn.last, drawn.most) == ("2023-12", "2024-02", "$4.00")
    assert [(item.name, item.height) for item in drawn.columns] == [("2023-12", 150), ("2024-02", 300)]
    assert drawn.columns[1].x > 2 * WIDTH / 3
    assert months(NOTHING) is None


def test_without_charges_lines_are_drawn_and_no_dollar_stands() -> None:
    outcome = replace(NOTHING, by_provider=(Share("1234567893", 9, 3, Decimal(0)), Share("", 9, 1, Decimal(0))))
    assert [(bar.name, bar.figure) for bar in provider_bars(outcome)] == [
        ("1234567893", "3 lines"), ("not given", "1 line")
    ]  # fmt: skip
