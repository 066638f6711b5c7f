"""Endoscopy families: codes that share a base endoscopy pay for it once.

CPM 100-04 chapter 12, section 40.6: of a family the dearest is paid in full and every other the difference between its
amount and that of the base; the base itself, beside another of its family, adds nothing.
"""

from __future__ import annotations

from decimal import Decimal

from codeward.core.claims import ClaimLine
from codeward.services.pricing.cents import NOTHING, cents
from codeward.services.pricing.relative_values import price_unit, row_of, rows_of
from codeward.services.pricing.sheet import OpenLine, Sheet, by_practitioner, still_open

FAMILY = "3"


def families(lines: list[OpenLine]) -> list[list[OpenLine]]:
    """Lines that share a base endoscopy, the base's own line among them, where there are two or more."""
    held: dict[str, list[OpenLine]] = {}
    for line in lines:
        if line.row is not None and line.row.row.multiple == FAMILY and line.row.row.endoscopic_base:
            held.setdefault(line.row.row.endoscopic_base, []).append(line)
    for line in lines:
        if line.line.code in held and line not in held[line.line.code]:
            held[line.line.code].append(line)
    return [family for family in held.values() if len(family) > 1 or family[0].whole_count > 1]


def pay_families(lines: list[OpenLine]) -> None:
    """Take the base's amount off every member of a family but the dearest."""
    for together in by_practitioner(still_open(lines)):
        for family in families(together):
            _pay(family)


def _pay(family: list[OpenLine]) -> None:
    base = _base(family)
    if base is None or base.amount is None:
        for line in family:
            line.leave_unpriced("endoscopy family", f"the base endoscopy {_code(family)} cannot be priced")
        return
    dearest = max(family, key=lambda line: line.unit)
    for line in family:
        full = 1 if line is dearest else 0
        rest = max(NOTHING, line.unit - base.unit) * (line.count - full)
        amount = cents(line.unit * full + rest)
        if line.count > full:
            name = f"endoscopy family: {line.unit} less {base.unit} for the base {base.line.code}"
            line.add(name, amount, base.row.source if base.row else None)
        line.amount = amount


def _code(family: list[OpenLine]) -> str:
    return next(line.row.row.endoscopic_base for line in family if line.row and line.row.row.endoscopic_base)


def _base(family: list[OpenLine]) -> OpenLine | None:
    """The base endoscopy in the setting of the dearest, priced but not billed."""
    first = max(family, key=lambda line: line.unit)
    own = first.line
    asked = ClaimLine(own.number, _code(family), (), Decimal(1), own.day, place_of_service=own.place_of_service)
    aside = OpenLine(Sheet(first.sheet.library, first.sheet.claim, {}, views=first.sheet.views), asked, first.view)
    rows = rows_of(aside)
    aside.row = row_of(aside, rows)
    if aside.row is None:
        return None
    price_unit(aside, rows)
    aside.amount = aside.unit
    return aside
