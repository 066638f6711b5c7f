"""A claim that was read to its end: made of what is in hand, and checked as a whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from codeward.core.claims import Claim, ClaimLine, Finding, Patient, ReadClaim
from codeward.ingest.claims.x12.claim_checks import claim_faults
from codeward.ingest.claims.x12.open_claim import OpenClaim, OpenLine, Party
from codeward.ingest.claims.x12.rules import finding

if TYPE_CHECKING:
    from codeward.ingest.claims.x12.hand import Hand

OUTPATIENT = frozenset(("12", "13", "14", "22", "23", "34", "74", "75", "76", "85", "87"))
"""Types of bill to which outpatient pair and unit edits apply (I/OCE; NCCI Policy Manual, chapter I, section W)."""
_ASC = "83"
_MEDICARE = ("MA", "MB")
_MEDICAID = "MC"
_ONE = Decimal(1)


def finished(hand: Hand, claim: OpenClaim) -> ReadClaim:
    """The claim with its faults and those of the parties above it; no claim where Codeward has no setting for it."""
    faults = claim_faults(hand, claim)
    for party in (hand.billing, hand.subscriber, hand.patient):
        if party is not None and party.faults:
            faults = [*party.faults, *faults]
    setting = _setting(hand.kind, claim.pos)
    if not setting:
        faults = [*faults, _no_setting(claim)]
    if not setting or not any(line.served for line in claim.lines):
        return ReadClaim(None, tuple(faults), f"segment {claim.place.segment}")
    return ReadClaim(_made(hand, claim, setting), tuple(faults), f"segment {claim.place.segment}")


def _setting(kind: str, bill: str) -> str:
    """Where a claim is adjudicated; empty for inpatient and other bills that no outpatient edit is for."""
    if kind != "I":
        return "practitioner"
    return "outpatient-hospital" if bill in OUTPATIENT else "asc" if bill == _ASC else ""


def _no_setting(claim: OpenClaim) -> Finding:
    bill = claim.pos or "??"
    return finding(
        "X12.SETTING",
        f"{claim.place}: claim {claim.claim_id} is of type of bill {bill}X, for which Codeward has no edits; "
        "it is not checked further",
        code=claim.claim_id,
    )


def _made(hand: Hand, claim: OpenClaim, setting: str) -> Claim:
    billing, subscriber = hand.billing, hand.subscriber
    where = claim.facility or billing
    lines = tuple([_line(line, claim) for line in claim.lines if line.served])
    return Claim(
        claim.claim_id,
        lines,
        tuple(claim.diagnoses),
        _patient(subscriber, hand.patient),
        _payer(subscriber),
        setting,
        billing.npi if billing else "",
        claim.rendering_npi,
        claim.rendering_taxonomy or (billing.taxonomy if billing else ""),
        claim.pos if hand.kind != "I" else "",
        where.state if where else "",
        where.zip if where else "",
        "",
        claim.clia or next((line.clia for line in claim.lines if line.clia), ""),
    )


def _line(line: OpenLine, claim: OpenClaim) -> ClaimLine:
    day = line.day or claim.first_day or date.min
    return ClaimLine(
        line.number,
        line.code,
        line.modifiers,
        _ONE if line.units is None else line.units,
        day,
        line.pointers,
        line.charge,
        line.rendering_npi,
        line.pos,
        line.last_day if line.day else claim.last_day,
        line.measure or "UN",
        line.revenue_code,
    )


def _patient(subscriber: Party | None, patient: Party | None) -> Patient:
    """Who was treated; dependents share the subscriber's number, so that birth date and first name tell them apart."""
    if subscriber is None:
        return Patient()
    if patient is None:
        return Patient(subscriber.id, subscriber.birth, subscriber.sex)
    born = patient.birth.isoformat() if patient.birth else ""
    return Patient(f"{subscriber.id}/{born}/{patient.first}", patient.birth, patient.sex)


def _payer(subscriber: Party | None) -> str:
    """Medicare fee for service and Medicaid by SBR09, all others by the name of 2010BB."""
    if subscriber is None:
        return ""
    if subscriber.filing in _MEDICARE:
        return "medicare"
    return "medicaid" if subscriber.filing == _MEDICAID else subscriber.payer or subscriber.filing
