"""Portions: what a modifier leaves of one unit: shares of the global package, stopped and reduced services."""

from __future__ import annotations

from decimal import Decimal

from codeward.core.sources import Source
from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.pricing.cents import NOTHING, WHOLE, cents, percent
from codeward.services.pricing.sheet import OpenLine

BY_REPORT = {
    "52": "a reduced service (52) is priced by report: the records decide how much was done",
    "53": "a stopped service (53) is priced by report: the file has no row for this code with 53",
}


def apply_portion(line: OpenLine) -> None:
    """Reduce one unit to the share the modifiers bill (CPM 100-04 chapter 12, sections 20.4.6, 40.2 and 40.4)."""
    assert line.row is not None
    row = line.row.row
    for modifier, why in BY_REPORT.items():
        if line.has(modifier) and row.modifier != modifier:
            line.leave_unpriced(f"modifier {modifier}", why)
            return
    if line.has("22"):
        line.warn("more work than usual (22): priced as usual; a contractor may pay more after reading the records")
    if line.has("54", "55", "56"):
        _split(line, row)
    elif line.has("78"):
        _return_to_theatre(line, row)


def _split(line: OpenLine, row: RvuRow) -> None:
    """Surgery and care after it by different physicians; the share before surgery goes with the surgery."""
    if not _has_shares(row):
        line.warn("54, 55 and 56 split a global package of 10 or 90 days, which this code has not: priced whole")
        return
    share = NOTHING
    if line.has("54"):
        share += row.preoperative + row.intraoperative
    if line.has("55"):
        share += row.postoperative
        line.warn("care after surgery (55) is paid by the days each physician gave it: priced for all of them")
    if not share:
        line.settle(NOTHING, "modifier 56", "not paid separately: the surgeon's share holds it", _source(line))
        return
    names = " and ".join(item for item in ("54", "55") if line.has(item))
    _take(line, f"share of the global package, {names}", min(share, WHOLE))


def _return_to_theatre(line: OpenLine, row: RvuRow) -> None:
    """An unplanned return to the operating room (78) is paid the share of the operation alone."""
    if _has_shares(row):
        _take(line, "share of the operation alone, 78", row.intraoperative)


def _has_shares(row: RvuRow) -> bool:
    return bool(row.preoperative or row.intraoperative or row.postoperative)


def _take(line: OpenLine, name: str, share: Decimal) -> None:
    line.add(name, percent(share), _source(line))
    line.unit = cents(line.unit * share)
    line.technical = cents(line.technical * share)


def _source(line: OpenLine) -> Source | None:
    return line.row.source if line.row else None
