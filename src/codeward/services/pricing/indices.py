"""Indices: what the locality multiplies each relative value by, from the claim's locality, else its ZIP, else none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.services.localities import INDICES, ZIPS, Locality, place_of_zip, read_zip
from codeward.services.pricing.schedules import Schedules
from codeward.services.pricing.sheet import Sheet

NATIONAL = "national"
"""A claim's locality when national amounts are asked for."""
_ONE = Decimal("1.000")


@dataclass(frozen=True, slots=True)
class Indices:
    """The three indices of a locality; those of the nation are 1.000 and stand in no file."""

    work: Decimal
    expense: Decimal
    malpractice: Decimal
    name: str
    source: Source | None
    locality: Locality | None


_NATION = Indices(_ONE, _ONE, _ONE, "national", None, None)


def indices_of(sheet: Sheet, view: Schedules) -> Indices:
    """The indices of the claim's locality on the day; national ones are said unless they were asked for."""
    if view.on not in sheet.indices:
        sheet.indices[view.on] = _find(sheet, view)
    return sheet.indices[view.on]


def _find(sheet: Sheet, view: Schedules) -> Indices:
    if sheet.claim.locality == NATIONAL:
        return _NATION
    place = locality_of(sheet, view)
    if place is None:
        return _NATION
    if place.indices is None:
        known = view.has(INDICES)
        why = "the index file does not have it" if known else f"the practice cost indices of {view.on} are not loaded"
        sheet.warn(f"locality {place.contractor}-{place.number}: {why}; priced with national indices (1.000)")
        return _NATION
    row = place.indices.row
    name = f"{place.contractor}-{place.number} {place.name}".strip()
    return Indices(row.work, row.practice_expense, row.malpractice, name, place.indices.source, place)


def locality_of(sheet: Sheet, view: Schedules) -> Locality | None:
    """The claim's own locality, else that of its ZIP; None, with the reason said, where neither tells."""
    claim = sheet.claim
    if claim.locality:
        contractor, _, number = claim.locality.partition("-")
        return _locality(view, contractor.strip().zfill(5), number.strip().zfill(2))
    if not claim.zip:
        sheet.warn("no locality and no ZIP is given: priced with national indices (1.000)")
        return None
    try:
        zip_code, plus_four = read_zip(claim.zip)
    except BadInput as fault:
        sheet.warn(f"{fault}; priced with national indices (1.000)")
        return None
    return _of_zip(sheet, view, zip_code, plus_four)


def _locality(view: Schedules, contractor: str, number: str) -> Locality:
    """The locality with what lines are priced by; its counties are nobody's question here."""
    found = view.first(INDICES, contractor=contractor, locality=number)
    return Locality(contractor, number, found, None, None)


def _of_zip(sheet: Sheet, view: Schedules, zip_code: str, plus_four: str) -> Locality | None:
    aside = Schedules(view.library, view.on)
    place = place_of_zip(aside, zip_code, plus_four)
    view.caveats.update((name, aside.caveats[name]) for name in (ZIPS, INDICES) if name in aside.caveats)
    if place is None:
        why = "is not in the loaded file" if view.has(ZIPS) else f"cannot be placed: no ZIP file speaks for {view.on}"
        sheet.warn(f"ZIP {zip_code} {why}; priced with national indices (1.000)")
        return None
    if place.doubt:
        number = f"{place.locality.contractor}-{place.locality.number}"
        sheet.warn(f"ZIP {zip_code} lies in more than one locality: {place.doubt}; priced as {number}")
    return place.locality
