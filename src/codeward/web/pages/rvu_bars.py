"""Relative value bars: one stacked bar a setting, drawn to one scale, beside the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.core.answers import Fact
from codeward.core.sources import Source

WIDTH = 1000
_PARTS = (
    ("work", "Work", "work_rvu", "work_rvu"),
    ("expense", "Practice expense", "pe_nonfacility_rvu", "pe_facility_rvu"),
    ("malpractice", "Malpractice", "malpractice_rvu", "malpractice_rvu"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar: what it is, its value, where it begins and how wide it is in the drawing."""

    kind: str
    label: str
    value: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One setting: its parts, their total, and the amount with its arithmetic where one is paid."""

    place: str
    segments: tuple[Segment, ...]
    total: str
    amount: str
    na: bool
    source: Source | None

    @property
    def words(self) -> str:
        """The bar for those who cannot see it."""
        parts = ", ".join(f"{item.label.lower()} {item.value}" for item in self.segments)
        return f"{self.place}: {self.total} RVU, of which {parts}"


def rvu_bars(facts: dict[str, Fact]) -> tuple[Bar, ...]:
    """Both settings to one scale; none when the file gives no relative value."""
    totals = [_number(facts.get(f"total_{place}_rvu")) for place in ("nonfacility", "facility")]
    most = max(totals)
    if not most:
        return ()
    return (
        _bar("Office (non-facility)", "nonfacility", facts, most, 2),
        _bar("Facility", "facility", facts, most, 3),
    )


def _number(fact: Fact | None) -> Decimal:
    return Decimal(str(fact.value)) if fact else Decimal()


def _bar(label: str, place: str, facts: dict[str, Fact], most: Decimal, column: int) -> Bar:
    segments, x = [], Decimal()
    for part in _PARTS:
        value = _number(facts.get(part[column]))
        width = value / most * WIDTH
        segments.append(Segment(part[0], part[1], str(value), round(x), round(x + width) - round(x)))
        x += width
    total, amount = facts[f"total_{place}_rvu"], facts.get(f"amount_{place}")
    paid = str(amount.value) if amount else ""
    return Bar(label, tuple(segments), str(total.value), paid, f"na_{place}" in facts, total.source)
