"""Segments of a claim and its lines (loops 2300 and 2400)."""

from __future__ import annotations

from datetime import date

from codeward.core.claims import Finding
from codeward.ingest.claims.x12.hand import MOST_CLAIMS, Hand, Step
from codeward.ingest.claims.x12.open_claim import OpenClaim, OpenLine
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.segments import spoken
from codeward.ingest.claims.x12.values import Diagnosis, day, diagnosis, number, pointers, procedure

_FIRST = ("ABK", "BK")
_OTHER = ("ABF", "BF", "ABN", "BN")
_BESIDE = frozenset(
    ("ABJ", "BJ", "APR", "PR", "BR", "BQ", "BBR", "BBQ", "CAH", "BE", "BF", "BG", "BH", "BI", "BO", "BP", "DR", "TC")
)
"""Composites of HI that are no diagnosis of the claim: admitting, reason for visit, procedures, anesthesia, conditions,
occurrences, values, DRG, treatment codes."""
_PROCEDURES = ("HC", "HP", "ER", "IV", "WK", "ZZ", "AD")
_MEASURES = {"P": ("UN", "MJ", "F2"), "I": ("UN", "DA", "F2")}
_NDC = 11


def begin_claim(hand: Hand, e: list[str]) -> None:
    """CLM: a claim begins."""
    hand.finish_claim()
    place = hand.place("CLM")
    claim = hand.claim = OpenClaim(place, spoken(e[1].strip()))
    if hand.subscriber is None:
        claim.faults.append(finding("X12.SEGMENT", f"{place}: a claim without a subscriber (HL*22) above it"))
    hand.level, hand.line, hand.entity = "M", None, ""
    claim.total = number(e[2])
    if claim.total is None:
        claim.faults.append(finding("X12.TOTAL", f"{place}: CLM02 is {e[2]!r}, expected an amount"))
    where = [*e[5].upper().split(hand.component), "", ""]
    claim.pos, claim.qualifier, claim.frequency = where[0], where[1], where[2]
    _check_unique(hand, claim)


def _check_unique(hand: Hand, claim: OpenClaim) -> None:
    if claim.claim_id in hand.ids:
        message = f"{claim.place}: claim id {claim.claim_id} is used twice in this transaction set"
        claim.faults.append(finding("X12.ID", message, code=claim.claim_id, severity="warn"))
    elif claim.claim_id and len(hand.ids) < MOST_CLAIMS:
        hand.ids.add(claim.claim_id)
    elif claim.claim_id and not hand.uncompared:
        hand.uncompared = True
        message = (
            f"{claim.place}: more than {MOST_CLAIMS} claims in a transaction set; ids from here on are not compared"
        )
        hand.loose(finding("X12.ID", message, severity="warn"))


def _diagnoses(hand: Hand, e: list[str]) -> None:
    """HI: diagnoses in order, the principal one first; what else HI carries is passed over."""
    claim = hand.claim
    if claim is None or hand.level not in "MO":
        hand.misplaced("HI", "diagnoses outside of a claim's head")
        return
    for text in e[1:]:
        if text:
            _diagnose(hand, claim, diagnosis(text, hand.component))


def _diagnose(hand: Hand, claim: OpenClaim, found: Diagnosis) -> None:
    if found.qualifier in _FIRST:
        if claim.diagnoses:
            _fault_of_hi(hand, claim, f"{found.qualifier} {found.code} is not the first diagnosis", found.code)
    elif found.qualifier in _OTHER:
        if not claim.diagnoses:
            _fault_of_hi(hand, claim, "the first diagnosis has not the qualifier ABK", found.code)
    else:
        if found.qualifier not in _BESIDE:
            _fault_of_hi(hand, claim, f"unknown qualifier {found.qualifier!r}", "")
        return
    if claim.diagnosis_place is None:
        claim.diagnosis_place = hand.place("HI")
        claim.icd_9 = found.qualifier[:1] != "A"
    if not found.well_formed or (found.dotted and hand.modern):
        why = "is written without a dot in an 837" if found.dotted else "does not have the form of a diagnosis"
        _fault_of_hi(hand, claim, f"{found.code!r} {why}", found.code)
    claim.diagnoses.append(found.code)


def _fault_of_hi(hand: Hand, claim: OpenClaim, problem: str, code: str) -> None:
    claim.faults.append(finding("X12.HI", f"{hand.place('HI')}: {problem}", code=code))


def _reference(hand: Hand, e: list[str]) -> None:
    """REF: CLIA number, the claim that is replaced, the billing provider's tax id."""
    key = hand.level + e[1]
    if key == "MX4" and hand.claim is not None:
        hand.claim.clia = e[2].upper()
    elif key == "LX4" and hand.line is not None:
        hand.line.clia = e[2].upper()
    elif key == "MF8" and hand.claim is not None:
        hand.claim.original = bool(e[2])
    elif key in ("AEI", "ASY") and hand.billing is not None:
        hand.billing.tax_id = bool(e[2])


def _date(hand: Hand, e: list[str]) -> None:
    """DTP: days of service of a line, the statement period of an institutional claim; all others are only checked."""
    if e[2] == "TM":
        return
    first, last = _span(e)
    if first is None or last is None or last < first:
        _fault_of_date(hand, e)
        first = None if last is None or first is None else first
    if e[1] == "472" and hand.line is not None:
        hand.line.day, hand.line.day_place = first, hand.place("DTP")
        hand.line.last_day = last if last != first else None
    elif e[1] == "434" and hand.claim is not None:
        hand.claim.first_day, hand.claim.last_day = first, last if last != first else None


def _span(e: list[str]) -> tuple[date | None, date | None]:
    if e[2] == "RD8":
        first, _, last = e[3].partition("-")
        return day(first), day(last)
    found = day(e[3])
    return found, found


def _fault_of_date(hand: Hand, e: list[str]) -> None:
    expected = "CCYYMMDD-CCYYMMDD, the first day first" if e[2] == "RD8" else "CCYYMMDD"
    message = f"{hand.place('DTP')}: {e[3]!r} of DTP*{e[1]} is no day, expected {expected}"
    lines = (hand.line.number,) if hand.line is not None else ()
    if hand.claim is not None:
        hand.claim.faults.append(finding("X12.DATE", message, lines=lines))
    else:
        hand.loose(finding("X12.DATE", message))


def _line_number(hand: Hand, e: list[str]) -> None:
    """LX: a line begins."""
    if hand.wanted is not None:
        hand.close_address()
    if hand.claim is None:
        hand.misplaced("LX", "a line without a claim (CLM) above it")
        return
    _begin_line(hand, hand.claim, "LX")
    expected = len(hand.claim.lines)
    if e[1].lstrip("0") != str(expected):
        message = f"{hand.place('LX')}: LX01 is {e[1]!r}, expected {expected}"
        hand.claim.faults.append(finding("X12.LINES", message, lines=(expected,)))


def _begin_line(hand: Hand, claim: OpenClaim, segment: str) -> OpenLine:
    hand.line = OpenLine(len(claim.lines) + 1, hand.place(segment))
    claim.lines.append(hand.line)
    hand.level = "L"
    return hand.line


def _served_line(hand: Hand, segment: str) -> OpenLine | None:
    """The line a service belongs to; a line of its own where its LX is missing, none where the claim is."""
    claim, line = hand.claim, hand.line
    if claim is None:
        hand.misplaced(segment, "a service without a claim (CLM) above it")
        return None
    if line is None or line.served:
        hand.misplaced(segment, "a service without LX before it; it is read as a line of its own")
        line = _begin_line(hand, claim, segment)
    line.served, line.place = True, hand.place(segment)
    return line


def _professional(hand: Hand, e: list[str]) -> None:
    """SV1: procedure, charge, measure, units, place of service, pointers."""
    line = _served_line(hand, "SV1")
    if line is None or hand.claim is None:
        return
    faults = hand.claim.faults
    _read_procedure(hand, line, e[1], faults)
    _read_amounts(hand, line, (e[2], e[3], e[4]), faults)
    line.pos = e[5]
    found = pointers(e[7], hand.component)
    if found is None:
        message = f"{line.place}: {e[7]!r} is no list of diagnosis pointers, expected numbers"
        faults.append(finding("X12.POINTER", message, lines=(line.number,)))
        found = ()
    line.pointers = found


def _institutional(hand: Hand, e: list[str]) -> None:
    """SV2: revenue code, procedure, charge, measure, units; a line may have no procedure."""
    line = _served_line(hand, "SV2")
    if line is None or hand.claim is None:
        return
    line.revenue_code = e[1]
    if e[2]:
        _read_procedure(hand, line, e[2], hand.claim.faults)
    _read_amounts(hand, line, (e[3], e[4], e[5]), hand.claim.faults)


def _read_procedure(hand: Hand, line: OpenLine, text: str, faults: list[Finding]) -> None:
    found = procedure(text, hand.component)
    line.qualifier, line.code, line.modifiers = found.qualifier, found.code, found.modifiers
    if not found.well_formed:
        message = f"{line.place}: {found.code or 'an empty code'} does not have the form of a procedure code"
        faults.append(finding("X12.CODE", message, lines=(line.number,), code=found.code))
    if found.qualifier not in _PROCEDURES:
        message = f"{line.place}: unknown qualifier {found.qualifier!r} of the procedure, expected HC"
        faults.append(finding("X12.CODE", message, lines=(line.number,), code=found.code))
    for modifier in found.odd_modifiers:
        message = f"{line.place}: modifier {modifier!r} of {found.code} is not two letters or digits"
        faults.append(finding("X12.MODIFIER", message, lines=(line.number,), code=found.code))


def _read_amounts(hand: Hand, line: OpenLine, e: tuple[str, str, str], faults: list[Finding]) -> None:
    """Charge, measure and units of a line."""
    charge, line.measure, units = e
    line.charge, line.units = number(charge), number(units)
    if line.charge is None:
        message = f"{line.place}: the charge is {charge!r}, expected an amount"
        faults.append(finding("X12.TOTAL", message, lines=(line.number,), rarc=("M79",)))
    if line.units is None or line.units <= 0:
        message = f"{line.place}: {units!r} units of {line.code or line.revenue_code}, expected a number above 0"
        faults.append(finding("X12.UNITS", message, lines=(line.number,), code=line.code))
    measures = _MEASURES.get(hand.kind)
    if measures is not None and line.measure not in measures:
        message = f"{line.place}: units are measured in {line.measure!r}, expected {' or '.join(measures[:2])}"
        faults.append(finding("X12.UNITS", message, lines=(line.number,), code=line.code))


def _drug(hand: Hand, e: list[str]) -> None:
    """LIN: the drug of a line by its National Drug Code."""
    if hand.claim is not None and e[2] == "N4" and not (len(e[3]) == _NDC and e[3].isascii() and e[3].isdigit()):
        lines = (hand.line.number,) if hand.line is not None else ()
        message = f"{hand.place('LIN')}: {e[3]!r} is no National Drug Code, expected 11 digits"
        hand.claim.faults.append(finding("X12.CODE", message, lines=lines, rarc=("M119",)))


def _nothing(_hand: Hand, _e: list[str]) -> None:
    """Known, and nothing in it that a claim is checked by."""


CLAIM_STEPS: dict[str, Step] = {
    "HI": (_diagnoses, 1, 13),
    "REF": (_reference, 3, 5),
    "DTP": (_date, 4, 4),
    "LX": (_line_number, 2, 2),
    "SV1": (_professional, 8, 22),
    "SV2": (_institutional, 6, 11),
    "LIN": (_drug, 4, 32),
    **{
        segment: (_nothing, 1, most)
        for segment, most in (
            ("CL1", 5), ("PWK", 10), ("CN1", 7), ("AMT", 4), ("K3", 4), ("NTE", 3), ("CR1", 11), ("CR2", 13),
            ("CR3", 6), ("CR5", 19), ("CR6", 22), ("CRC", 8), ("HCP", 16), ("CAS", 20), ("OI", 7), ("MIA", 25),
            ("MOA", 10), ("SV3", 12), ("SV4", 19), ("SV5", 8), ("SV6", 8), ("SV7", 12), ("QTY", 5), ("MEA", 13),
            ("PS1", 4), ("CTP", 12), ("SVD", 7), ("LQ", 3), ("FRM", 6), ("IMM", 13), ("TOO", 4), ("DN1", 5), ("DN2", 7),
            ("TST", 12), ("UR", 2),
        )
    },
}  # fmt: skip
