"""The sheet: a claim being priced, its lines with their factors so far, and what the reader must know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from codeward.core.claims import Claim, ClaimLine, Factor, PaidLine, Payment
from codeward.core.sources import Source
from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.pricing.cents import NOTHING, WHOLE, cents, percent
from codeward.services.pricing.schedules import Schedules
from codeward.store.library import Found, Library

if TYPE_CHECKING:
    from codeward.services.pricing.indices import Indices


@dataclass
class Sheet:
    """One claim on its way to a payment; `denied` gives for a line number the rule that denies the line."""

    library: Library
    claim: Claim
    denied: Mapping[int, str]
    warnings: dict[str, None] = field(default_factory=dict)
    views: dict[date, Schedules] = field(default_factory=dict)
    indices: dict[date, Indices] = field(default_factory=dict)

    def on(self, day: date) -> Schedules:
        """The schedules of a day."""
        if day not in self.views:
            self.views[day] = Schedules(self.library, day)
        return self.views[day]

    def warn(self, text: str) -> None:
        """Something the reader must know, said once."""
        self.warnings[text] = None

    def payment(self, lines: Iterable[OpenLine]) -> Payment:
        """The lines in claim order, their sum, and every warning and caveat."""
        paid = tuple(line.paid() for line in lines)
        for view in self.views.values():
            for caveat in view.caveats.values():
                self.warn(caveat.text)
        total = sum((line.amount for line in paid if line.amount is not None), NOTHING)
        return Payment(paid, total, tuple(self.warnings))


@dataclass(eq=False)
class OpenLine:
    """One line on its way: `unit` is one procedure's money and `count` how many there are; `amount` is the line's.

    `technical` and `expense` are the parts of `unit` that reductions of tests and of therapy take from;
    `technical_total` is the technical part of `amount`. A line whose price is settled (denied, bundled, of another
    schedule, or without any price) takes no part in what is done to several lines together. `sides` is 1.5 where
    `unit` was raised to both sides.
    """

    sheet: Sheet
    line: ClaimLine
    view: Schedules
    factors: list[Factor] = field(default_factory=list)
    row: Found[RvuRow] | None = None
    unit: Decimal = NOTHING
    technical: Decimal = NOTHING
    expense: Decimal = NOTHING
    count: int | Decimal = 1
    sides: Decimal = WHOLE
    amount: Decimal | None = None
    technical_total: Decimal = NOTHING
    settled: bool = False

    @property
    def whole_count(self) -> int:
        """How many procedures the line stands for, at least one."""
        return max(1, int(self.count))

    def has(self, *modifiers: str) -> bool:
        """Whether the line carries any of the modifiers."""
        return any(item in self.line.modifiers for item in modifiers)

    def add(self, name: str, value: object, source: Source | None = None) -> None:
        """Show one step."""
        self.factors.append(Factor(name, str(value), source))

    def warn(self, text: str) -> None:
        """A warning that names the line."""
        self.sheet.warn(f"line {self.line.number} ({self.line.code}): {text}")

    def settle(self, amount: Decimal | None, name: str, value: object, source: Source | None = None) -> None:
        """End the line's pricing at an amount and the reason for it."""
        self.add(name, value, source)
        self.amount, self.settled = amount, True

    def leave_unpriced(self, name: str, why: str, source: Source | None = None) -> None:
        """No amount can be told: say why, as a factor and as a warning."""
        self.settle(None, name, why, source)
        self.warn(f"not priced: {why}")

    def scale(self, name: str, share: Decimal, source: Source | None = None, note: str = "") -> None:
        """Pay a share of the amount."""
        self.add(name, percent(share) + (f", {note}" if note else ""), source)
        if self.amount is not None:
            self.amount = cents(self.amount * share)
            self.technical_total = cents(self.technical_total * share)

    def take_off(self, sum_off: Decimal, technical: Decimal = NOTHING) -> None:
        """Reduce the amount, and its technical part, by sums of money."""
        assert self.amount is not None
        self.amount = cents(self.amount - sum_off)
        self.technical_total = cents(self.technical_total - technical)

    def paid(self) -> PaidLine:
        """What the line is allowed, as a value."""
        units = self.line.units
        each = cents(self.amount / units) if self.amount is not None and units > 0 else None
        return PaidLine(self.line.number, self.line.code, self.amount, tuple(self.factors), each)


def still_open(lines: Iterable[OpenLine]) -> list[OpenLine]:
    """Lines that have an amount and take part in adjustments."""
    return [line for line in lines if not line.settled and line.amount is not None]


def by_day(lines: Iterable[OpenLine]) -> list[list[OpenLine]]:
    """Lines of each day together."""
    days: dict[date, list[OpenLine]] = {}
    for line in lines:
        days.setdefault(line.line.day, []).append(line)
    return list(days.values())


def by_practitioner(lines: Iterable[OpenLine]) -> list[list[OpenLine]]:
    """Lines of each day and rendering practitioner together (CPM 100-04 chapter 12, section 40.6)."""
    held: dict[tuple[date, str], list[OpenLine]] = {}
    for line in lines:
        held.setdefault((line.line.day, line.sheet.claim.rendering_of(line.line)), []).append(line)
    return list(held.values())
