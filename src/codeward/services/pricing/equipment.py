"""Equipment and supplies: the DMEPOS fee of the state, rural or not, by the modifiers that name new, used or rented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from codeward.core.states import HALVES
from codeward.datasets.dmepos import AREAS
from codeward.services.equipment_fees import DMEPOS, JURISDICTIONS
from codeward.services.localities import RURAL_ZIPS, ZIPS
from codeward.services.pricing.cents import cents
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found


def price_equipment(line: OpenLine) -> bool:
    """Settle a line that the equipment schedule has; whether it does."""
    rows = line.view.find(DMEPOS, code=line.line.code)
    if not rows:
        return False
    if _goes_elsewhere(line, rows[0]):
        return True
    found = _row(line, rows)
    if found is None:
        asked = ", ".join(sorted({_names(item.row) or "none" for item in rows}))
        line.leave_unpriced("equipment fee", f"priced by modifiers, and none given matches: {asked}", rows[0].source)
        return True
    _price(line, found)
    return True


def _goes_elsewhere(line: OpenLine, found: Found[Any]) -> bool:
    """Whether another kind of contractor takes claims for it than the one this claim goes to."""
    takes = found.row.jurisdiction
    wanted = "D" if line.sheet.claim.setting == "dme" else "L"
    if takes in (wanted, "J"):
        return False
    line.leave_unpriced("equipment fee", JURISDICTIONS.get(takes, takes), found.source)
    return True


def _names(row: Any) -> str:
    return f"{row.modifier} {row.modifier2}".strip()


def _row(line: OpenLine, rows: list[Found[Any]]) -> Found[Any] | None:
    """The row all of whose modifiers the line carries, the most exact first."""
    fit = [item for item in rows if set(_names(item.row).split()) <= set(line.line.modifiers)]
    return max(fit, key=lambda item: len(_names(item.row)), default=None)


def _price(line: OpenLine, found: Found[Any]) -> None:
    state = _state(line)
    if state not in AREAS:
        line.leave_unpriced("equipment fee", "fees differ by state: give the state or the ZIP", found.source)
        return
    rural = _is_rural(line)
    usual = getattr(found.row, f"{state.lower()}_nr")
    other = getattr(found.row, f"{state.lower()}_r")
    fee: Decimal | None = other if rural and other else usual
    if not fee:
        line.leave_unpriced("equipment fee", f"no fee is set for {state}: the contractor prices it", found.source)
        return
    if rural is None and other and other != usual:
        line.warn("whether the place is rural is not known: priced as non-rural")
    kind = "rural" if fee is other and rural else "non-rural"
    line.add("equipment fee", f"{fee}, {state} {kind} {_names(found.row)}".strip(), found.source)
    line.settle(cents(fee * line.line.units), "units", f"{line.line.units.normalize():f}")


def _state(line: OpenLine) -> str:
    claim = line.sheet.claim
    if claim.state:
        return claim.state.strip().upper()
    found = line.view.first(ZIPS, zip=claim.zip[:5]) if claim.zip else None
    return HALVES.get(found.row.state, found.row.state) if found else ""


def _is_rural(line: OpenLine) -> bool | None:
    """Whether the ZIP is on the rural list; None without a ZIP or a list."""
    if not line.sheet.claim.zip or not line.view.has(RURAL_ZIPS):
        return None
    return line.view.first(RURAL_ZIPS, zip=line.sheet.claim.zip[:5]) is not None
