"""The physician fee schedule's own order: every adjustment to a practitioner's lines, one after the other."""

from __future__ import annotations

from codeward.services.pricing.anesthesia import price_anesthesia
from codeward.services.pricing.bilateral import count_procedures, pay_sides
from codeward.services.pricing.cents import cents
from codeward.services.pricing.charge import hold_to_charge, say_sequestration
from codeward.services.pricing.diagnostics import reduce_tests, reduce_therapy
from codeward.services.pricing.elsewhere import not_loaded, price_elsewhere
from codeward.services.pricing.endoscopy import pay_families
from codeward.services.pricing.equipment_age import reduce_for_equipment
from codeward.services.pricing.outpatient_cap import hold_to_cap
from codeward.services.pricing.portions import apply_portion
from codeward.services.pricing.practitioners import apply_practitioner
from codeward.services.pricing.ranking import rank_procedures
from codeward.services.pricing.relative_values import RVU, price_unit, row_of, rows_of
from codeward.services.pricing.roles import apply_role
from codeward.services.pricing.sheet import OpenLine, still_open
from codeward.services.pricing.statuses import BY_VALUES, ELSEWHERE, settle_by_status, settle_paid_if_alone


def price_practitioner(lines: list[OpenLine]) -> None:
    """Price a practitioner's lines in the order of docs/decisions/0012."""
    for line in lines:
        if not line.settled:
            open_line(line)
    settle_paid_if_alone(lines)
    adjust(lines)
    for line in lines:
        if line.amount:
            hold_to_charge(line)
            say_sequestration(line)


def adjust(lines: list[OpenLine]) -> None:
    """Everything that happens to amounts from relative values, up to the charge."""
    for line in still_open(lines):
        apply_portion(line)
    for line in still_open(lines):
        count_procedures(line)
        line.amount = cents(line.unit * line.count)
        line.technical_total = cents(line.technical * line.count)
        if line.count != 1:
            line.add("units", f"{line.count:f}")
    as_one = pay_sides(lines)
    pay_families(lines)
    rank_procedures(lines, as_one)
    reduce_tests(lines)
    reduce_therapy(lines)
    for step in (hold_to_cap, reduce_for_equipment, apply_role, apply_practitioner):
        for line in still_open(lines):
            step(line)


def open_line(line: OpenLine) -> None:
    """Find what pays for a line, and price one unit of it."""
    rows = rows_of(line)
    if not rows:
        _without_row(line)
        return
    found = row_of(line, rows)
    status = (found or rows[0]).row.status
    if found is None and status in BY_VALUES:
        asked = " and ".join(item for item in ("26", "TC") if line.has(item))
        why = f"the relative value file has no row for this code with {asked}"
        line.leave_unpriced("relative values", why, rows[0].source)
    elif status in BY_VALUES:
        line.row = found
        _by_values(line)
    elif status == "J":
        price_anesthesia(line)
    elif status not in ELSEWHERE or not price_elsewhere(line, "asp" if status == "E" else "clfs"):
        settle_by_status(line, found or rows[0])


def _by_values(line: OpenLine) -> None:
    found = line.row
    assert found is not None
    line.add("status", found.row.status, found.source)
    if not (found.row.total_nonfacility or found.row.total_facility):
        why = f"status {found.row.status} without relative values: the contractor prices it"
        line.leave_unpriced("relative values", why, found.source)
        return
    if found.row.status == "R":
        line.warn("coverage is restricted (status R): paid only under the conditions of its coverage rule")
    price_unit(line, rows_of(line))
    line.amount = line.unit
    _say_when_days_cross_editions(line)


def _without_row(line: OpenLine) -> None:
    """A code the physician schedule does not have, or no schedule for the day or the factor asked for."""
    day = line.line.day
    if line.view.find(RVU, code=line.line.code):
        which = "qualifying APM participants" if line.sheet.claim.qualifying else "others than qualifying participants"
        line.leave_unpriced("relative values", f"the relative value file for {which} is not loaded for {day}")
    elif price_elsewhere(line, "dmepos"):
        return
    elif not line.view.has(RVU):
        line.leave_unpriced("relative values", f"no relative value file is loaded for {day}")
    else:
        line.leave_unpriced("relative values", f"no loaded fee schedule has it on {day}{not_loaded(line)}")


def _say_when_days_cross_editions(line: OpenLine) -> None:
    last = line.line.last_day
    if last is not None and line.sheet.on(last).edition(RVU) != line.view.edition(RVU):
        line.warn(f"the span to {last} crosses editions: priced whole by that of {line.line.day}")
