"""Both sides: what modifier 50, or LT and RT on two lines, makes of one side's amount, by the bilateral indicator.

CPM 100-04 chapter 12, section 40.7: 0 and 2 pay one service, 1 pays 150 %, 3 pays each side in full.
"""

from __future__ import annotations

from decimal import Decimal

from codeward.services.pricing.cents import NOTHING, cents, percent
from codeward.services.pricing.sheet import OpenLine, by_practitioner, still_open

SHARES = {"1": Decimal("1.5"), "3": Decimal(2)}
DISTINCT = ("59", "XE", "XP", "XS", "XU", "76", "77", "79")
WORDS = {
    "0": "indicator 0: one service is paid",
    "1": "indicator 1",
    "2": "indicator 2: the value is already that of both sides",
    "3": "indicator 3: each side in full",
    "9": "indicator 9: the idea of two sides does not apply",
}


def count_procedures(line: OpenLine) -> None:
    """Set how many procedures the line bills, and raise one unit to both sides where modifier 50 does so."""
    assert line.row is not None
    line.count = line.line.units
    if not _both_on_one_line(line):
        return
    indicator = line.row.row.bilateral
    share = SHARES.get(indicator, Decimal(1))
    line.add("both sides", f"{percent(share)}, {WORDS.get(indicator, indicator)}", line.row.source)
    if line.has("LT") and line.has("RT") and line.count == 2:
        line.count = 1
    if indicator == "3":
        line.count *= 2
    elif indicator == "1":
        line.sides = share
        line.unit, line.technical = cents(line.unit * share), cents(line.technical * share)
        line.expense = cents(line.expense * share)
    elif indicator not in ("0", "2"):
        line.warn(f"modifier 50 does not apply to this code (bilateral indicator {indicator or 'blank'}): paid once")


def _both_on_one_line(line: OpenLine) -> bool:
    return line.has("50") or (line.has("LT") and line.has("RT"))


def _is_one_side(line: OpenLine) -> bool:
    """One side of one procedure: a line said to be another procedure is no other side."""
    return not _both_on_one_line(line) and not line.has(*DISTINCT)


def sides(lines: list[OpenLine]) -> list[tuple[OpenLine, OpenLine]]:
    """Lines of one code, day and practitioner of which one names the left and one the right side."""
    pairs = []
    for together in by_practitioner(still_open(lines)):
        left = [line for line in together if line.has("LT") and _is_one_side(line)]
        right = [line for line in together if line.has("RT") and _is_one_side(line)]
        for one in left:
            other = next((item for item in right if item.line.code == one.line.code), None)
            if other is not None:
                right.remove(other)
                pairs.append(_in_claim_order(one, other))
    return pairs


def _in_claim_order(one: OpenLine, other: OpenLine) -> tuple[OpenLine, OpenLine]:
    return (one, other) if one.line.number <= other.line.number else (other, one)


def pay_sides(lines: list[OpenLine]) -> list[tuple[OpenLine, OpenLine]]:
    """Pay both sides on two lines as one line with 50 would be; returns the pairs that count as one procedure."""
    as_one = []
    for first, second in sides(lines):
        assert second.row is not None
        indicator = second.row.row.bilateral
        if indicator in ("0", "2"):
            note = f"other side of line {first.line.number}: {WORDS[indicator]}"
            second.settle(NOTHING, "both sides", note, second.row.source)
        elif indicator == "1":
            second.scale("both sides", Decimal("0.5"), second.row.source, f"other side of line {first.line.number}")
            as_one.append((first, second))
    return as_one
