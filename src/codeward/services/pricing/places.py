"""Places: whether the place of service gets the facility or the non-facility practice expense."""

from __future__ import annotations

from codeward.datasets.pos import PlaceRow
from codeward.services.pricing.sheet import OpenLine
from codeward.store.library import Found

POS = "pos"
HOSPITAL = "outpatient-hospital"


def in_facility(line: OpenLine) -> bool:
    """Whether a facility bears the cost (CPM 100-04 chapter 12, section 20.4.2); an unknown place is said.

    What a hospital's outpatients get outside OPPS, as therapy, is paid at the non-facility amount (ch. 5, section 10).
    """
    if line.sheet.claim.setting == HOSPITAL:
        return False
    place = line.sheet.claim.place_of(line.line).strip().zfill(2)
    if place == "00":
        line.warn("no place of service is given: priced as non-facility (POS 11)")
        return False
    found: Found[PlaceRow] | None = line.view.first(POS, code=place)
    if found is None:
        line.warn(f"{place} is no place of service in force on {line.line.day}: priced as non-facility")
        return False
    facility = found.row.rate == "facility"
    line.add("place of service", f"{place}, {'facility' if facility else 'non-facility'}", found.source)
    return facility
