"""Drugs: the Part B payment limit of one dosage, times units."""

from __future__ import annotations

from codeward.datasets.asp import DrugRow
from codeward.services.drug_limits import ASP
from codeward.services.pricing.cents import cents
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found


def price_drug(line: OpenLine) -> bool:
    """Settle a line that the drug file has; whether it does."""
    found: Found[DrugRow] | None = line.view.first(ASP, code=line.line.code)
    if found is None:
        return False
    row = found.row
    limit = next((item for item in (row.limit, row.vaccine_limit, row.blood_limit) if item is not None), None)
    if limit is None:
        line.leave_unpriced("payment limit", "the drug file gives no limit", found.source)
        return True
    dosage = f" for {row.dosage}" if row.dosage else ""
    line.add("payment limit", f"{limit}{dosage}", found.source)
    if row.notes:
        line.warn(f"CMS's note in the drug file: {row.notes}")
    line.settle(cents(limit * line.line.units), "units", f"{line.line.units.normalize():f}")
    return True
