"""Ranking: several procedures of one practitioner on one day, the dearest in full and the others reduced.

CPM 100-04 chapter 12, section 40.6: procedures under indicators 1 to 3 rank by their amounts; an endoscopy family and
the two sides of one procedure rank as one. Add-ons are neither ranked nor reduced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from codeward.services.pricing.cents import NOTHING
from codeward.services.pricing.endoscopy import families
from codeward.services.pricing.relative_values import RVU
from codeward.services.pricing.sheet import OpenLine, by_practitioner, still_open

HALF, QUARTER = Decimal("0.5"), Decimal("0.25")
SHARES = {
    "1": (Decimal(1), HALF, QUARTER, QUARTER, QUARTER),
    "2": (Decimal(1), HALF, HALF, HALF, HALF),
    "3": (Decimal(1), HALF, HALF, HALF, HALF),
}
"""By indicator: the share of the first five; what ranks lower is paid by report, never less than half."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What takes places in the ranking: lines that count together, what one place is worth, and how many it takes."""

    lines: tuple[OpenLine, ...]
    worth: Decimal
    places: int


def rank_procedures(lines: list[OpenLine], as_one: list[tuple[OpenLine, OpenLine]]) -> None:
    """Reduce every procedure below the first of its practitioner and day."""
    for together in by_practitioner(filter(_ranks, still_open(lines))):
        entries = list(_entries(together, as_one))
        if sum(entry.places for entry in entries) > 1:
            _pay(sorted(entries, key=lambda entry: -entry.worth))
            _say_what_is_not_ranked(lines, together)
        if entries:
            _say_history(together[0])


def _ranks(line: OpenLine) -> bool:
    if line.row is None or line.row.row.multiple not in SHARES or line.row.row.global_days == "ZZZ":
        return False
    return not (line.has("55") and not line.has("54"))


def _entries(lines: list[OpenLine], as_one: list[tuple[OpenLine, OpenLine]]) -> Iterable[Ranked]:
    """Endoscopy families and pairs of sides as one, every other procedure by itself."""
    groups = [tuple(family) for family in families(lines)]
    groups += [pair for pair in as_one if all(item in lines for item in pair)]
    seen: set[OpenLine] = set()
    for group in groups:
        fresh = tuple(line for line in group if line not in seen)
        seen.update(fresh)
        if fresh:
            yield Ranked(fresh, sum((line.amount or NOTHING for line in fresh), NOTHING), 1)
    for line in lines:
        if line not in seen:
            yield Ranked((line,), line.unit, line.whole_count)


def _pay(entries: list[Ranked]) -> None:
    place = 1
    for entry in entries:
        for line in entry.lines:
            _pay_at(line, place, entry.places)
        place += entry.places


def _pay_at(line: OpenLine, first: int, places: int) -> None:
    """Pay a line for the places it takes from `first` on."""
    assert line.row is not None
    shares = SHARES[line.row.row.multiple]
    last = first + places - 1
    where = f"place {first}" if places == 1 else f"places {first} to {last}"
    if last > len(shares):
        why = f"{where} in the ranking: from the sixth procedure on payment is by report, not less than 50 %"
        line.leave_unpriced("multiple procedures", why, line.row.source)
        return
    share = sum(shares[first - 1 : last], NOTHING) / places
    line.scale("multiple procedures", share, line.row.source, where)


def _say_history(line: OpenLine) -> None:
    """Procedures of earlier claims of the day rank with these at the contractor, whatever they were paid then."""
    claim, day = line.sheet.claim, line.line.day
    for past in claim.history:
        same = past.day == day and (past.rendering_npi or past.billing_npi) == claim.rendering_of(line.line)
        rows = line.view.find(RVU, code=past.code) if same else []
        if any(found.row.multiple in SHARES and found.row.global_days != "ZZZ" for found in rows):
            line.sheet.warn(f"{past.code} of an earlier claim of {day} is not ranked with this claim's procedures")


def _say_what_is_not_ranked(lines: list[OpenLine], together: list[OpenLine]) -> None:
    unpriced = [line for line in lines if line.settled and line.amount is None and _ranks(line)]
    for line in unpriced:
        if line.line.day == together[0].line.day:
            line.warn("without an amount it takes no place in the ranking of that day's procedures")
