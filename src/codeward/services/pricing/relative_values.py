"""Relative values: the fee schedule amount of one unit, from the row of the code and its component.

(work x index + practice expense x index + malpractice x index) x conversion factor, to the cent (42 CFR 414.20).
"""

from __future__ import annotations

from decimal import Decimal

from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.pricing.cents import NOTHING, cents
from codeward.services.pricing.conversion import conversion_factor, wants_qualifying
from codeward.services.pricing.indices import Indices, indices_of
from codeward.services.pricing.places import HOSPITAL, in_facility
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

RVU = "mpfs-rvu"
COMPONENTS = ("26", "TC")


def rows_of(line: OpenLine) -> list[Found[RvuRow]]:
    """All rows of the code under the factor that applies to the practitioner."""
    wanted = wants_qualifying(line)
    return [found for found in line.view.find(RVU, code=line.line.code) if found.row.qualifying == wanted]


def row_of(line: OpenLine, rows: list[Found[RvuRow]]) -> Found[RvuRow] | None:
    """The row of the component the line bills: 26, TC, 53 where there is one, else the whole service."""
    asked = [item for item in COMPONENTS if line.has(item)]
    if len(asked) == 2:
        return None
    stopped = next((found for found in rows if found.row.modifier == "53"), None)
    if stopped is not None and line.has("53"):
        return stopped
    wanted = asked[0] if asked else _part_of_setting(line, rows)
    found = next((found for found in rows if found.row.modifier == wanted), None)
    return found or _itself(rows, wanted)


def _part_of_setting(line: OpenLine, rows: list[Found[RvuRow]]) -> str:
    """Of a test with two parts a hospital is paid the technical one; everybody else bills the whole."""
    parted = any(found.row.modifier == "TC" for found in rows)
    return "TC" if parted and line.sheet.claim.setting == HOSPITAL else ""


def _itself(rows: list[Found[RvuRow]], wanted: str) -> Found[RvuRow] | None:
    """The only row of a code that is nothing but the technical or professional part (indicators 3 and 2)."""
    kinds = {"TC": "3", "26": "2"}
    return next((found for found in rows if not found.row.modifier and found.row.pctc == kinds.get(wanted)), None)


def price_unit(line: OpenLine, rows: list[Found[RvuRow]]) -> None:
    """Set what one unit of the line is worth, with its technical and practice expense parts."""
    found = line.row
    assert found is not None
    facility = in_facility(line)
    expense = _expense(line, found.row, facility)
    indices = indices_of(line.sheet, line.view)
    row, source = found.row, found.source
    line.add("work RVU", row.work, source)
    line.add(f"practice expense RVU, {'facility' if facility else 'non-facility'}", expense, source)
    line.add("malpractice RVU", row.malpractice, source)
    line.add("work index (GPCI)", f"{indices.work}, {indices.name}", indices.source)
    line.add("practice expense index (GPCI)", indices.expense, indices.source)
    line.add("malpractice index (GPCI)", indices.malpractice, indices.source)
    factor = conversion_factor(line, found)
    in_dollars = expense * indices.expense * factor
    rest = (row.work * indices.work + row.malpractice * indices.malpractice) * factor
    line.unit, line.expense = cents(rest + in_dollars), cents(in_dollars)
    line.technical = _technical(line, rows, facility, indices, factor)
    line.add("fee schedule amount of one unit", line.unit)


def _expense(line: OpenLine, row: RvuRow, facility: bool) -> Decimal:
    """The practice expense of the setting; the other one, and a warning, where the file says NA."""
    here, there = row.pe_nonfacility, row.pe_facility
    absent, name = row.na_nonfacility, "a non-facility setting"
    if facility:
        here, there, absent, name = there, here, row.na_facility, "a facility"
    if not absent and here is not None:
        return here
    line.warn(f"the file says NA for {name}: priced with the other practice expense; a contractor may deny it there")
    return there if there is not None else NOTHING


def _technical(line: OpenLine, rows: list[Found[RvuRow]], facility: bool, indices: Indices, factor: Decimal) -> Decimal:
    """The technical part of one unit: all of a technical service, the TC row's amount inside a whole service."""
    assert line.row is not None
    row = line.row.row
    if row.modifier == "TC" or row.pctc == "3":
        return line.unit
    part = next((found.row for found in rows if found.row.modifier == "TC"), None)
    if row.modifier or part is None:
        return NOTHING
    expense = part.pe_facility if facility and not part.na_facility else part.pe_nonfacility
    values = part.work * indices.work + (expense or NOTHING) * indices.expense + part.malpractice * indices.malpractice
    return min(line.unit, cents(values * factor))
