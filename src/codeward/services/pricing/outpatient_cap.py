"""OPPS cap: the technical part of an imaging test is paid no more than a hospital gets for it.

Deficit Reduction Act of 2005, section 5102(b). The cap is held against the amount after the reduction for several
images (CY 2007 physician fee schedule final rule), and is published by locality alone.
"""

from __future__ import annotations

from codeward.datasets.opps_cap import CapRow
from codeward.services.pricing.cents import cents
from codeward.services.pricing.indices import indices_of
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

CAPS = "opps-cap"
IMAGING = "7"
"""Radiology, 70010 to 79999: nearly all that the cap is about; the file itself names every code."""
_ANY = {"contractor": "10112", "locality": "00"}
"""Alabama, the first locality of the file: whether a code has a cap at all is the same everywhere."""


def hold_to_cap(line: OpenLine) -> None:
    """Pay the lesser of the technical part and the cap; say so where only a locality could tell."""
    if not line.technical_total or line.count < 1 or line.amount is None:
        return
    if line.sheet.library.in_force(CAPS, line.line.day) is None:
        if line.line.code.startswith(IMAGING):
            line.warn(f"the OPPS cap on the technical part of images is not loaded for {line.line.day}")
        return
    place = indices_of(line.sheet, line.view).locality
    if place is None:
        if line.view.first(CAPS, code=line.line.code, modifier="TC", **_ANY):
            line.warn("the technical part may be held to the hospital rate (OPPS cap), which differs by locality")
        return
    where = {"contractor": place.contractor, "locality": place.number}
    found: Found[CapRow] | None = line.view.first(CAPS, code=line.line.code, modifier="TC", **where)
    if found is None:
        return
    cap = cents(found.row.nonfacility * line.count * line.sides)
    if cap < line.technical_total:
        line.add("OPPS cap on the technical part", found.row.nonfacility, found.source)
        over = line.technical_total - cap
        line.take_off(over, over)
