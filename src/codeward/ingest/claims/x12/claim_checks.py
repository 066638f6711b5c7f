"""What is checked of a claim as a whole: total, pointers, days, diagnoses, identifiers, lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from codeward.core.claims import Finding
from codeward.ingest.claims.x12.open_claim import OpenClaim, OpenLine, Party
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.values import ICD_10_START, places_of_service

if TYPE_CHECKING:
    from codeward.ingest.claims.x12.hand import Hand

LONGEST_ID = 20
"""Characters of CLM01 (TR3 CLM01: more is not kept by payers)."""
MOST_LINES = {"P": 50, "I": 999}
MOST_DIAGNOSES = {"P": 12, "I": 25}
_REPLACING = ("7", "8")
_SELF = "18"
_NONE = Decimal(0)


def claim_faults(hand: Hand, claim: OpenClaim) -> list[Finding]:
    """All structural faults of a claim that was read to its end, those met while reading it first."""
    faults = claim.faults
    served = [line for line in claim.lines if line.served]
    _check_total(claim, served, faults)
    _check_lines(hand, claim, served, faults)
    _check_head(hand, claim, faults)
    _check_diagnoses(hand, claim, served, faults)
    _check_parties(hand, claim, faults)
    birth = _birth(hand)
    for line in served:
        _check_day(line, claim, hand.today, birth, faults)
        if line.pointers or hand.kind != "I":
            _check_pointers(line, len(claim.diagnoses), faults)
    return faults


def _check_total(claim: OpenClaim, lines: list[OpenLine], faults: list[Finding]) -> None:
    total = _NONE
    for line in lines:
        if line.charge is None:
            return
        total += line.charge
    if claim.total is not None and total != claim.total:
        faults.append(
            finding("X12.TOTAL", f"{claim.place}: CLM02 says {claim.total}, the charges of the lines add up to {total}")
        )


def _check_lines(hand: Hand, claim: OpenClaim, served: list[OpenLine], faults: list[Finding]) -> None:
    most = MOST_LINES.get(hand.kind, 50)
    if not served:
        faults.append(finding("X12.LINES", f"{claim.place}: claim {claim.claim_id} has no service line"))
    elif len(served) > most:
        faults.append(finding("X12.LINES", f"{claim.place}: {len(served)} lines, at most {most} are allowed"))
    for line in claim.lines:
        if not line.served:
            wanted = "SV2" if hand.kind == "I" else "SV1"
            message = f"{line.place}: line {line.number} has no {wanted}; it is left out"
            faults.append(finding("X12.SEGMENT", message, lines=(line.number,)))


def _check_head(hand: Hand, claim: OpenClaim, faults: list[Finding]) -> None:
    if not claim.claim_id:
        faults.append(finding("X12.ID", f"{claim.place}: CLM01, the claim's id, is missing"))
    elif len(claim.claim_id) > LONGEST_ID:
        message = f"{claim.place}: CLM01 has {len(claim.claim_id)} characters, payers keep {LONGEST_ID}"
        faults.append(finding("X12.ID", message, severity="warn", code=claim.claim_id))
    if claim.frequency in _REPLACING and not claim.original:
        message = f"{claim.place}: frequency {claim.frequency} replaces or voids a claim, but no REF*F8 names it"
        faults.append(finding("X12.REPLACEMENT", message))
    if hand.kind == "I":
        _check_bill(claim, faults)
    elif claim.pos not in places_of_service():
        faults.append(finding("X12.POS", f"{claim.place}: {_odd_place(claim.pos)}", code=claim.pos))
    if hand.kind != "I":
        _check_line_places(claim, faults)


def _check_bill(claim: OpenClaim, faults: list[Finding]) -> None:
    if not (len(claim.pos) == 2 and claim.pos.isascii() and claim.pos.isdigit()):
        faults.append(finding("X12.TOB", f"{claim.place}: the type of bill is {claim.pos!r}, expected two digits"))


def _check_line_places(claim: OpenClaim, faults: list[Finding]) -> None:
    for line in claim.lines:
        if line.pos and line.pos not in places_of_service():
            faults.append(
                finding("X12.POS", f"{line.place}: {_odd_place(line.pos)}", lines=(line.number,), code=line.pos)
            )


def _odd_place(place: str) -> str:
    return f"there is no place of service {place}" if place else "the place of service is missing"


def _check_diagnoses(hand: Hand, claim: OpenClaim, lines: list[OpenLine], faults: list[Finding]) -> None:
    most = MOST_DIAGNOSES.get(hand.kind, 12)
    if not claim.diagnoses and hand.kind != "I":
        faults.append(finding("X12.HI", f"{claim.place}: claim {claim.claim_id} has no diagnosis (HI)"))
    elif len(claim.diagnoses) > most:
        where = claim.diagnosis_place or claim.place
        faults.append(finding("X12.HI", f"{where}: {len(claim.diagnoses)} diagnoses, at most {most} are allowed"))
    if claim.icd_9:
        days = [line.day for line in lines if line.day] or [claim.first_day or date.min]
        if max(days) >= ICD_10_START:
            message = (
                f"{claim.diagnosis_place}: ICD-9-CM (qualifiers BK, BF) on services from {ICD_10_START} on; ABK, ABF"
            )
            faults.append(finding("X12.HI", message))


def _check_parties(hand: Hand, claim: OpenClaim, faults: list[Finding]) -> None:
    billing, subscriber = hand.billing, hand.subscriber
    if billing is not None and not billing.told:
        billing.told = True
        if not billing.npi:
            message = f"{billing.place}: the billing provider (NM1*85) has no NPI"
            billing.faults.append(finding("X12.NPI", message, severity="warn", carc="206"))
        if not billing.tax_id and hand.modern:
            message = f"{billing.place}: the billing provider has no tax id (REF*EI or REF*SY)"
            billing.faults.append(finding("X12.ID", message))
    if subscriber is not None and not subscriber.told:
        subscriber.told = True
        _check_subscriber(subscriber)
    if hand.patient is None and subscriber is not None and subscriber.relation != _SELF and hand.modern:
        message = f"{claim.place}: the patient is not the subscriber (SBR02 is not 18), but no HL*23 tells who is"
        faults.append(finding("X12.HL", message))


def _check_subscriber(subscriber: Party) -> None:
    if not subscriber.member:
        message = f"{subscriber.place}: the subscriber (NM1*IL) is missing or has no member id"
        subscriber.faults.append(finding("X12.ID", message, rarc=("N382",)))
    if not subscriber.payer:
        message = f"{subscriber.place}: the payer (NM1*PR) is missing or has no name"
        subscriber.faults.append(finding("X12.ID", message, rarc=("M56",)))


def _birth(hand: Hand) -> date | None:
    patient = hand.patient or hand.subscriber
    return patient.birth if patient is not None else None


def _check_day(line: OpenLine, claim: OpenClaim, today: date | None, birth: date | None, faults: list[Finding]) -> None:
    day = line.day or claim.first_day
    if day is None:
        if line.day_place is None:
            message = f"{line.place}: line {line.number} has no day of service (DTP*472)"
            faults.append(finding("X12.DATE", message, lines=(line.number,)))
        return
    last = line.last_day or day
    if today is not None and last > today:
        where = line.day_place or line.place
        message = f"{where}: the service of line {line.number} on {last} lies after {today}"
        faults.append(finding("X12.DATE", message, lines=(line.number,)))
    if birth is not None and day < birth:
        where = line.day_place or line.place
        message = f"{where}: line {line.number} is of {day}, before the patient was born on {birth}"
        faults.append(finding("X12.DATE", message, lines=(line.number,), rarc=("N329",)))


def _check_pointers(line: OpenLine, diagnoses: int, faults: list[Finding]) -> None:
    if not line.pointers:
        message = f"{line.place}: line {line.number} points to no diagnosis (SV107)"
        faults.append(finding("X12.POINTER", message, lines=(line.number,)))
    for pointer in line.pointers:
        if not 1 <= pointer <= diagnoses:
            message = (
                f"{line.place}: line {line.number} points to diagnosis {pointer}, the claim has {diagnoses or 'none'}"
            )
            faults.append(finding("X12.POINTER", message, lines=(line.number,)))
