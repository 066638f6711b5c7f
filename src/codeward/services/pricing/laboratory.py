"""Laboratory tests: the national rate of the clinical laboratory fee schedule, times units."""

from __future__ import annotations

from codeward.datasets.clfs import LaboratoryRow
from codeward.services.laboratory_fees import CLFS
from codeward.services.pricing.cents import cents
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

WAIVED = "QW"


def price_test(line: OpenLine) -> bool:
    """Settle a line that the laboratory schedule has; whether it does."""
    rows: list[Found[LaboratoryRow]] = line.view.find(CLFS, code=line.line.code)
    wanted = WAIVED if line.has(WAIVED) else ""
    found = next((item for item in rows if item.row.modifier == wanted), rows[0] if rows else None)
    if found is None:
        return False
    if found.row.indicator == "L":
        line.leave_unpriced("laboratory rate", "no national rate: the contractor prices the test", found.source)
        return True
    line.add("laboratory rate", found.row.rate, found.source)
    line.settle(cents(found.row.rate * line.line.units), "units", f"{line.line.units.normalize():f}")
    return True
