"""Segments of the levels above a claim: billing provider, subscriber and patient (loops 2000A, 2000B, 2000C)."""

from __future__ import annotations

from collections.abc import Callable

from codeward.ingest.claims.x12.hand import Hand, Step, Wanted
from codeward.ingest.claims.x12.open_claim import Party
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.segments import spoken
from codeward.ingest.claims.x12.values import day, sound_npi, well_formed_zip

_HOME = ("", "US")
_NPI_REMARKS = {"A85": "N257", "M82": "N290", "L82": "N290", "M77": "N293", "MDN": "N286", "LDN": "N286", "LDK": "N265"}


def _level(hand: Hand, e: list[str]) -> None:
    """HL: a provider, a subscriber under it, or a patient under that."""
    hand.finish_claim()
    place = hand.place("HL")
    party = Party(e[1], place)
    _check_number(hand, e, party)
    if e[3] == "20":
        hand.billing, hand.subscriber, hand.patient, hand.level = party, None, None, "A"
    elif e[3] == "22":
        _check_parent(hand.billing, "billing provider (HL*20)", e, party)
        hand.subscriber, hand.patient, hand.level = party, None, "B"
    elif e[3] == "23":
        _check_parent(hand.subscriber, "subscriber (HL*22)", e, party)
        hand.patient, hand.level = party, "C"
    else:
        hand.loose(finding("X12.HL", f"{place}: level {e[3]!r}, expected 20, 22 or 23"))


def _check_number(hand: Hand, e: list[str], party: Party) -> None:
    hand.levels += 1
    if e[1] != str(hand.levels):
        message = f"{party.place}: HL01 is {e[1]!r}, expected {hand.levels}: levels are numbered without a gap"
        party.faults.append(finding("X12.HL", message))
        if e[1].isascii() and e[1].isdigit() and len(e[1]) < 10:
            hand.levels = int(e[1])


def _check_parent(parent: Party | None, words: str, e: list[str], party: Party) -> None:
    if parent is None or parent.hl != e[2]:
        message = f"{party.place}: HL02 is {e[2]!r}, which is not the {words} above it"
        party.faults.append(finding("X12.HL", message))


def _subscriber_information(hand: Hand, e: list[str]) -> None:
    """SBR: in 2000B the subscriber, behind a claim another payer (2320); elsewhere its HL is missing."""
    if hand.level in "MO":
        hand.close_address()
        hand.level = "O"
        return
    if hand.level != "B" or hand.subscriber is None or hand.subscriber.relation:
        hand.finish_claim()
        party = Party("", hand.place("SBR"))
        party.faults.append(finding("X12.SEGMENT", f"{party.place}: a subscriber begins without HL*22"))
        hand.subscriber, hand.patient, hand.level = party, None, "B"
    hand.subscriber.relation, hand.subscriber.filing = e[2] or "?", e[9].upper()


def _name(hand: Hand, e: list[str]) -> None:
    """NM1: who an entity is depends on the loop it stands in."""
    if hand.wanted is not None:
        hand.close_address()
    hand.entity = hand.level + e[1]
    step = _NAMES.get(hand.entity)
    if step is not None:
        step(hand, e)
    elif e[1] == "85" and hand.level in "BCML":
        _stray_billing(hand, e)


def _stray_billing(hand: Hand, e: list[str]) -> None:
    hand.finish_claim()
    party = Party("", hand.place("NM1"))
    party.faults.append(finding("X12.SEGMENT", f"{party.place}: a billing provider begins without HL*20"))
    hand.billing, hand.subscriber, hand.patient, hand.level = party, None, None, "A"
    hand.entity = "A85"
    _billing(hand, e)


def _billing(hand: Hand, e: list[str]) -> None:
    if hand.billing is None:
        return
    hand.billing.npi = npi_of(hand, e)
    _want_address(hand, hand.billing, "the billing provider (NM1*85)", long_zip=True)


def _pay_to(hand: Hand, _e: list[str]) -> None:
    if hand.billing is not None:
        hand.wanted = Wanted(hand.billing.faults, "the pay-to address (NM1*87)", hand.place("NM1"), None, False)
        hand.street = False


def _member(hand: Hand, e: list[str]) -> None:
    subscriber = hand.subscriber
    if subscriber is None:
        return
    subscriber.id, subscriber.member, subscriber.first = spoken(e[9]), bool(e[9]), spoken(e[4]).upper()
    if subscriber.relation == "18":
        _want_address(hand, subscriber, "the subscriber (NM1*IL)", long_zip=False)


def _payer(hand: Hand, e: list[str]) -> None:
    if hand.subscriber is not None:
        hand.subscriber.payer = spoken(e[3])


def _patient(hand: Hand, e: list[str]) -> None:
    if hand.patient is not None:
        hand.patient.first = spoken(e[4]).upper()
        _want_address(hand, hand.patient, "the patient (NM1*QC)", long_zip=False)


def _facility(hand: Hand, e: list[str]) -> None:
    if hand.claim is None:
        return
    npi_of(hand, e)
    hand.claim.facility = Party("", hand.place("NM1"))
    hand.claim.facility.faults = hand.claim.faults
    _want_address(hand, hand.claim.facility, "the service facility (NM1*77)", long_zip=True)


def _rendering(hand: Hand, e: list[str]) -> None:
    npi = npi_of(hand, e)
    if hand.level == "L" and hand.line is not None:
        hand.line.rendering_npi = npi
    elif hand.claim is not None:
        hand.claim.rendering_npi = npi


def _another(hand: Hand, e: list[str]) -> None:
    npi_of(hand, e)


def npi_of(hand: Hand, e: list[str]) -> str:
    """The NPI of an NM1; one that cannot be is told and kept as it stands, other identifiers are not NPIs."""
    if e[8] != "XX":
        return ""
    npi = e[9]
    if not sound_npi(npi):
        whole = len(npi) == 10 and npi.isascii() and npi.isdigit()
        why = "its check digit is wrong" if whole else "it is not ten digits"
        remark = _NPI_REMARKS.get(hand.entity, "MA130")
        message = f"{hand.place('NM1')}: {npi or 'an empty NM109'} of NM1*{e[1]} is no NPI, {why}"
        lines = (hand.line.number,) if hand.level == "L" and hand.line is not None else ()
        fault = finding("X12.NPI", message, code=npi, lines=lines, rarc=(remark,))
        faults = hand.claim.faults if hand.claim is not None else hand.billing.faults if hand.billing else []
        faults.append(fault)
    return npi


_NAMES: dict[str, Callable[[Hand, list[str]], None]] = {
    "A85": _billing,
    "A87": _pay_to,
    "BIL": _member,
    "BPR": _payer,
    "CQC": _patient,
    "M77": _facility,
    "M82": _rendering,
    "L82": _rendering,
    **dict.fromkeys(
        ("MDN", "MP3", "MDQ", "M71", "M72", "MZZ", "LDN", "LDK", "LDQ", "LQB", "L77", "L72", "LZZ"), _another
    ),
}


def _want_address(hand: Hand, party: Party, words: str, *, long_zip: bool) -> None:
    hand.wanted = Wanted(party.faults, words, hand.place("NM1"), party, long_zip)
    hand.street = False


def _street(hand: Hand, _e: list[str]) -> None:
    hand.street = True


def _city(hand: Hand, e: list[str]) -> None:
    """N4: the address of a party that needs one."""
    wanted, hand.wanted = hand.wanted, None
    if wanted is None:
        return
    if wanted.owner is not None:
        wanted.owner.state, wanted.owner.zip = e[2].upper(), e[3].replace("-", "")
    for problem, severity in _address_problems(hand, e, wanted):
        message = f"{hand.place('N4')}: the address of {wanted.words} {problem}"
        wanted.faults.append(finding("X12.N4", message, severity=severity))


def _address_problems(hand: Hand, e: list[str], wanted: Wanted) -> list[tuple[str, str]]:
    found = []
    if not hand.street:
        found.append(("has no street (N3)", "deny"))
    if not e[1]:
        found.append(("has no city", "deny"))
    if e[4] not in _HOME:
        return found
    if not (len(e[2]) == 2 and e[2].isalpha()):
        found.append((f"has {e[2]!r} for a state, expected two letters", "deny"))
    if not well_formed_zip(e[3]):
        found.append((f"has {e[3]!r} for a ZIP, expected five or nine digits", "deny"))
    elif wanted.long_zip and len(e[3]) == 5 and hand.modern:
        found.append(("has a ZIP of five digits, 5010 asks for nine", "warn"))
    return found


def _demographics(hand: Hand, e: list[str]) -> None:
    """DMG: birth and sex of the subscriber or the patient; behind a claim it is another payer's subscriber."""
    party = hand.subscriber if hand.level == "B" else hand.patient if hand.level == "C" else None
    if party is None:
        return
    party.birth, party.sex = day(e[2]), e[3].upper()
    if party.birth is None:
        message = f"{hand.place('DMG')}: {e[2]!r} is no birth date, expected CCYYMMDD"
        party.faults.append(finding("X12.DATE", message, rarc=("N329",)))


def _specialty(hand: Hand, e: list[str]) -> None:
    """PRV: the taxonomy of the billing or the claim's rendering provider."""
    if hand.level == "A" and hand.billing is not None:
        hand.billing.taxonomy = e[3].upper()
    elif hand.entity == "M82" and hand.claim is not None:
        hand.claim.rendering_taxonomy = e[3].upper()


def _nothing(_hand: Hand, _e: list[str]) -> None:
    """Known, and nothing in it that a claim is checked by."""


PARTY_STEPS: dict[str, Step] = {
    "HL": (_level, 4, 5),
    "SBR": (_subscriber_information, 10, 10),
    "NM1": (_name, 10, 13),
    "N3": (_street, 1, 3),
    "N4": (_city, 5, 8),
    "DMG": (_demographics, 4, 12),
    "PRV": (_specialty, 4, 7),
    "PAT": (_nothing, 1, 10),
    "PER": (_nothing, 1, 10),
    "CUR": (_nothing, 1, 22),
    "N2": (_nothing, 1, 3),
}
