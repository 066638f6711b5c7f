"""Statuses: what the letter of the relative value file means for payment, where relative values do not decide."""

from __future__ import annotations

from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.meanings import meaning
from codeward.services.pricing.cents import NOTHING
from codeward.services.pricing.relative_values import RVU
from codeward.services.pricing.sheet import OpenLine, still_open
from codeward.store.library import Found

BY_VALUES = ("A", "R", "T")
ELSEWHERE = ("X", "E")
"""Outside the schedule: a laboratory, drug or equipment schedule may pay."""
UNPAID = ("B", "P", "N", "I", "M", "D", "F", "G", "H", "Q")


def settle_by_status(line: OpenLine, found: Found[RvuRow]) -> None:
    """End a line whose status pays nothing, or leaves the price to the contractor or to what is not loaded."""
    status = found.row.status
    known = meaning(line.view, "status", status)
    words = f"status {status}: {known.sentence if known else 'not in our table of meanings'}"
    if status in UNPAID:
        line.settle(NOTHING, "not paid", words, found.source)
    else:
        line.leave_unpriced("not priced", words, found.source)


def settle_paid_if_alone(lines: list[OpenLine]) -> None:
    """Status T is paid only where the practitioner has nothing else payable for the patient that day."""
    for line in still_open(lines):
        if line.row is None or line.row.row.status != "T":
            continue
        beside = _payable_beside(line, lines)
        if beside:
            line.settle(NOTHING, "not paid", f"status T: {beside} is payable the same day", line.row.source)


def _payable_beside(line: OpenLine, lines: list[OpenLine]) -> str:
    """The code of another payable service of the same practitioner and day, on this claim or an earlier one."""
    claim = line.sheet.claim
    who, day = claim.rendering_of(line.line), line.line.day
    for other in still_open(lines):
        same = other.line.day == day and claim.rendering_of(other.line) == who
        if same and other.row is not None and other.row.row.status in ("A", "R"):
            return other.line.code
    for past in claim.history:
        if past.day == day and (past.rendering_npi or past.billing_npi) == who and _is_payable(line, past.code):
            return f"{past.code} of an earlier claim"
    return ""


def _is_payable(line: OpenLine, code: str) -> bool:
    return any(found.row.status in ("A", "R") for found in line.view.find(RVU, code=code))
