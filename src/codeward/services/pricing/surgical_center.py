"""Surgical centers: the rates of Addenda AA and BB by payment indicator, and the reduction for several procedures.

CPM 100-04 chapter 14, sections 40.4 (73, 74, 52) and 40.5 (several and bilateral procedures: two lines, never 50).
"""

from __future__ import annotations

from decimal import Decimal

from codeward.datasets.asc import SurgicalRow
from codeward.services.facility_fees import ANCILLARIES, PROCEDURES
from codeward.services.meanings import meaning
from codeward.services.money import money
from codeward.services.pricing.cents import NOTHING, cents
from codeward.services.pricing.charge import say_sequestration
from codeward.services.pricing.facility_modifiers import apply_stop, pay_dearest_in_full
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

EXCLUDED = "asc-ee"
UNPAID = ("B5", "C5", "D1", "D5", "E5", "K5", "L1", "M5", "M6", "N1", "X5", "Y5")


def price_surgical_center(lines: list[OpenLine]) -> None:
    """Price the lines of a surgical center's claim."""
    discounted = []
    for line in lines:
        if not line.settled and _open(line):
            discounted.append(line)
    if any(line.amount for line in lines):
        lines[0].sheet.warn("surgical center rates are national: wage indices are not loaded (50 % of a rate varies)")
    pay_dearest_in_full(discounted, "several procedures")
    for line in lines:
        if line.amount:
            if not line.settled:
                apply_stop(line)
            say_sequestration(line)


def _open(line: OpenLine) -> bool:
    """Price a line by itself; whether it is subject to the reduction for several procedures."""
    found = _row(line)
    if found is None:
        _not_listed(line)
        return False
    row = found.row
    known = meaning(line.view, "asc_pi", row.payment_indicator)
    words = f"{row.payment_indicator}: {known.sentence if known else 'not in our table of meanings'}"
    line.add("ASC payment indicator", row.payment_indicator, found.source)
    if row.payment_indicator in UNPAID:
        line.settle(NOTHING, "not paid", words, found.source)
    elif not row.rate:
        line.leave_unpriced("ASC rate", words, found.source)
    else:
        _at_rate(line, found, row.rate)
    return not line.settled and row.discounted == "Y"


def _at_rate(line: OpenLine, found: Found[SurgicalRow], rate: Decimal) -> None:
    line.add("ASC rate", money(rate), found.source)
    line.count = line.line.units
    if line.count != 1:
        line.add("units", f"{line.count:f}")
    if line.has("50"):
        line.warn("a surgical center bills both sides as two lines, LT and RT: with 50 one side is priced")
    line.unit, line.amount = rate, cents(rate * line.count)


def _row(line: OpenLine) -> Found[SurgicalRow] | None:
    return line.view.first(PROCEDURES, code=line.line.code) or line.view.first(ANCILLARIES, code=line.line.code)


def _not_listed(line: OpenLine) -> None:
    excluded = line.view.first(EXCLUDED, code=line.line.code)
    if excluded is not None:
        line.settle(NOTHING, "not paid", "Addendum EE: excluded from payment in surgical centers", excluded.source)
        return
    absent = [name for name in (PROCEDURES, ANCILLARIES) if not line.view.has(name)]
    why = f"not loaded for {line.line.day}: {', '.join(absent)}" if absent else "Addenda AA and BB do not have it"
    line.leave_unpriced("ASC rate", why)
