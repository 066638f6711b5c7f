"""What is structurally wrong with a claim in whatever form it came: pointers, days, units, places, modifiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codeward.core.claims import Claim, ClaimLine, Finding
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.values import places_of_service


def structural_faults(claim: Claim, today: date | None) -> tuple[Finding, ...]:
    """The faults that a front end would reject, under the ids an 837 of the claim would get them."""
    found = [fault for line in claim.lines for fault in _line_faults(claim, line, today)]
    if claim.setting == "practitioner" and claim.place_of_service:
        found += _place_faults(claim.place_of_service, ())
    return tuple(found)


def _line_faults(claim: Claim, line: ClaimLine, today: date | None) -> Iterator[Finding]:
    of_line = (line.number,)
    for pointer in line.diagnosis_pointers:
        if not 1 <= pointer <= len(claim.diagnoses):
            has = len(claim.diagnoses) or "none"
            message = f"line {line.number} points to diagnosis {pointer}, the claim has {has}"
            yield finding("X12.POINTER", message, lines=of_line)
    yield from _day_faults(claim, line, today)
    if line.units <= 0:
        yield finding(
            "X12.UNITS", f"{line.units} units of {line.code}, expected more than 0", lines=of_line, code=line.code
        )
    for modifier in line.modifiers:
        if not (len(modifier) == 2 and modifier.isascii() and modifier.isalnum()):
            message = f"modifier {modifier!r} of {line.code} is not two letters or digits"
            yield finding("X12.MODIFIER", message, lines=of_line, code=line.code)
    if claim.setting == "practitioner" and line.place_of_service:
        yield from _place_faults(line.place_of_service, of_line)


def _day_faults(claim: Claim, line: ClaimLine, today: date | None) -> Iterator[Finding]:
    last, born = line.last_day or line.day, claim.patient.birth_date
    if today is not None and last > today:
        message = f"the service of line {line.number} on {last} lies after {today}"
        yield finding("X12.DATE", message, lines=(line.number,))
    if born is not None and line.day < born:
        message = f"line {line.number} is of {line.day}, before the patient was born on {born}"
        yield finding("X12.DATE", message, lines=(line.number,), rarc=("N329",))


def _place_faults(place: str, lines: tuple[int, ...]) -> Iterator[Finding]:
    if place not in places_of_service():
        yield finding("X12.POS", f"there is no place of service {place}", lines=lines, code=place)
