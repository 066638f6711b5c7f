"""Anesthesia: base units and time units times the locality's factor, and the share of each role.

CPM 100-04 chapter 12, section 50: a time unit is 15 minutes, to one decimal; physical status adds nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codeward.core.sources import Source
from codeward.datasets.mpfs_anesthesia import AnesthesiaRow, BaseUnitsRow
from codeward.services.anesthesia_fees import FACTORS, UNITS
from codeward.services.localities import Locality
from codeward.services.pricing.cents import cents
from codeward.services.pricing.conversion import CHANGED, wants_qualifying
from codeward.services.pricing.indices import indices_of
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

MINUTES, TENTH = Decimal(15), Decimal("0.1")
FULL, HALF = ("AA", "QZ"), ("QK", "QY", "QX")
SUPERVISED = Decimal(3)
"""Base units a physician is paid who supervises more than four procedures at once (AD)."""
_OF_2024 = (Decimal("20.4349"), Decimal("20.7739"))


def price_anesthesia(line: OpenLine) -> None:
    """Set the amount from base units, minutes and the factor; nothing where one of them is not loaded."""
    factor = _factor(line)
    if factor is None:
        return
    dollars, source, name = factor
    units = _supervised(line) if line.has("AD") else _units(line)
    if units is None:
        return
    line.add("anesthesia factor", f"{dollars}, {name}", source)
    line.unit = line.amount = cents(units * dollars)
    line.add("amount before the role", line.amount)
    _apply_role(line)
    line.settled = True


def _units(line: OpenLine) -> Decimal | None:
    base: Found[BaseUnitsRow] | None = line.view.first(UNITS, code=line.line.code)
    if base is None:
        why = "has no base units in the loaded file" if line.view.has(UNITS) else "base units are not loaded"
        line.leave_unpriced("base units", f"anesthesia: {why}")
        return None
    line.add("base units", base.row.units, base.source)
    if line.line.measure != "MJ":
        line.warn("units of anesthesia are taken for minutes, as Medicare is billed")
    time = (line.line.units / MINUTES).quantize(TENTH, ROUND_HALF_UP)
    line.add("time units", f"{time}, {line.line.units.normalize():f} minutes")
    return base.row.units + time


def _supervised(line: OpenLine) -> Decimal:
    line.add("base units, supervised (AD)", SUPERVISED)
    line.warn("one unit more is paid where the records show presence at induction (AD)")
    return SUPERVISED


def _factor(line: OpenLine) -> tuple[Decimal, Source, str] | None:
    """Dollars a unit, where it was read, and the place's name."""
    indices = indices_of(line.sheet, line.view)
    local = _local(line, indices.locality)
    found: Found[AnesthesiaRow] | None = local or line.view.first(FACTORS)
    if found is None:
        line.leave_unpriced("anesthesia factor", f"anesthesia factors are not loaded for {line.line.day}")
        return None
    if _is_of_the_other_half(found.row, line.line.day):
        why = f"the file loaded holds the factor {found.row.national}; 2024 had another on {line.line.day}"
        line.leave_unpriced("anesthesia factor", why, found.source)
        return None
    row, qualifying = found.row, wants_qualifying(line)
    if local:
        dollars = row.qualifying_factor if qualifying else row.factor
    else:
        dollars = row.qualifying_national if qualifying else row.national
    if dollars is None:
        line.leave_unpriced("anesthesia factor", "the loaded file does not have the factor asked for", found.source)
        return None
    return dollars, found.source, indices.name


def _local(line: OpenLine, place: Locality | None) -> Found[AnesthesiaRow] | None:
    if place is None:
        return None
    return line.view.first(FACTORS, contractor=place.contractor, locality=place.number)


def _is_of_the_other_half(row: AnesthesiaRow, day: date) -> bool:
    """2024 had two factors: the one of January holds until March 8 (Public Law 118-42, section 305)."""
    early, late = _OF_2024
    return day.year == 2024 and row.national == (late if day < CHANGED else early)


def _apply_role(line: OpenLine) -> None:
    if line.has(*HALF):
        name = next(item for item in HALF if line.has(item))
        line.scale(f"medical direction ({name})", Decimal("0.5"))
    elif line.has(*FULL):
        name = next(item for item in FULL if line.has(item))
        line.scale(f"personally performed ({name})", Decimal(1))
    elif not line.has("AD"):
        line.warn("no modifier says who gave the anesthesia (AA, QZ, QK, QY, QX, AD): priced in full")
