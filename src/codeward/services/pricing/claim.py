"""A claim's payment: each setting's schedules over the lines that no rule denies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from codeward.core.claims import Claim, ClaimLine, Payment
from codeward.core.faults import BadInput
from codeward.services.pricing.cents import NOTHING
from codeward.services.pricing.charge import hold_to_charge, say_sequestration
from codeward.services.pricing.drugs import price_drug
from codeward.services.pricing.elsewhere import not_loaded
from codeward.services.pricing.equipment import price_equipment
from codeward.services.pricing.hospital import price_hospital
from codeward.services.pricing.physician import price_practitioner
from codeward.services.pricing.sheet import OpenLine, Sheet
from codeward.services.pricing.surgical_center import price_surgical_center
from codeward.store.library import Library


def price_claim(library: Library, claim: Claim, denied: Mapping[int, str]) -> Payment:
    """What Medicare's schedules allow for each line of a claim as of its day, before deductible and cost share.

    `denied` gives for a line number the rule that denies the line: it is paid nothing and takes no part in what is
    done to several lines together. A line that cannot be priced has no amount, and a warning says why.
    BadInput for a setting that is none of core.claims.SETTINGS.
    """
    sheet = Sheet(library, claim, denied)
    lines = [_start(sheet, line) for line in claim.lines]
    if claim.payer and claim.payer != "medicare":
        sheet.warn(f"priced by Medicare's schedules; {claim.payer} may pay by others")
    if claim.setting not in _SETTINGS:
        raise BadInput(f"{claim.setting!r} is no setting: expected one of {', '.join(_SETTINGS)}")
    _SETTINGS[claim.setting](lines)
    return sheet.payment(lines)


def _start(sheet: Sheet, line: ClaimLine) -> OpenLine:
    opened = OpenLine(sheet, line, sheet.on(line.day))
    rule = sheet.denied.get(line.number)
    if rule is not None:
        opened.settle(NOTHING, "denied by", rule)
    elif line.day == date.min:
        opened.leave_unpriced("date of service", "the line has no date of service")
    elif line.units <= 0:
        opened.leave_unpriced("units", "the units are not more than zero")
    return opened


def _price_supplier(lines: list[OpenLine]) -> None:
    """Price a supplier's lines: the equipment schedule, else the drug file."""
    for line in lines:
        if not line.settled and not price_equipment(line) and not price_drug(line):
            why = f"neither the equipment schedule nor the drug file has it{not_loaded(line)}"
            line.leave_unpriced("equipment fee", why)
        if line.amount:
            hold_to_charge(line)
            say_sequestration(line)


_SETTINGS: dict[str, Callable[[list[OpenLine]], None]] = {
    "practitioner": price_practitioner,
    "outpatient-hospital": price_hospital,
    "asc": price_surgical_center,
    "dme": _price_supplier,
}
