"""The envelopes ISA to IEA, GS to GE and ST to SE: counts, control numbers, and which transaction sets are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from codeward.core.claims import Finding
from codeward.ingest.claims.x12.claim_steps import begin_claim
from codeward.ingest.claims.x12.hand import Hand
from codeward.ingest.claims.x12.rules import finding

_GUIDES = {"X222": ("P", True), "X223": ("I", True), "X098": ("P", False), "X096": ("I", False)}
_MOST_HELD = 20
_MOST_CONTROLS = 10000


@dataclass(slots=True)
class Envelope:
    """What is open: control numbers, where each begins, how many parts it has had so far."""

    interchange: str | None = None
    group: str | None = None
    transaction: str | None = None
    set_begins: int = 0
    groups: int = 0
    sets: int = 0
    group_guide: str = ""
    refused: str = ""
    passed_over: int = 0
    read: int = 0
    held: list[Finding] = field(default_factory=list)
    controls: set[str] = field(default_factory=set)


def begin_interchange(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """ISA: an interchange begins, its delimiters are known."""
    _end_missing(hand, envelope, "interchange")
    envelope.interchange, envelope.groups = e[13].strip(), 0
    hand.component = hand.segments.delimiters.component
    if not hand.segments.delimiters.padded:
        _tell(hand, "X12.SEGMENT", "ISA", "the elements of ISA are not padded to their fixed widths")
    if hand.segments.upper:
        message = "segment ids are in lower case; the interchange is read in upper case"
        _tell(hand, "X12.CASE", "ISA", message)


def end_interchange(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """IEA: counts the functional groups."""
    _end_missing(hand, envelope, "group")
    _check_end(hand, ("IEA", "X12.IEA-COUNT", "functional groups", "ISA13"), e, envelope.groups, envelope.interchange)
    envelope.interchange, envelope.groups = None, 0


def begin_group(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """GS: a functional group begins; its version stands for sets that do not tell their own."""
    _end_missing(hand, envelope, "group")
    envelope.group, envelope.sets, envelope.group_guide = e[6], 0, e[8].strip()
    envelope.groups += 1
    envelope.controls.clear()
    _choose(hand, envelope, "837" if e[1].upper() == "HC" else e[1], envelope.group_guide, told=False)


def end_group(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """GE: counts the transaction sets."""
    _end_missing(hand, envelope, "set")
    _check_end(hand, ("GE", "X12.GE-COUNT", "transaction sets", "GS06"), e, envelope.sets, envelope.group)
    envelope.group, envelope.sets = None, 0


def begin_set(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """ST: a transaction set begins; other than 837P and 837I are passed over and said."""
    _end_missing(hand, envelope, "set")
    hand.begin_set()
    envelope.transaction, envelope.set_begins = e[2], hand.segments.number
    envelope.sets += 1
    if e[2] in envelope.controls:
        _tell(hand, "X12.CONTROL", "ST", f"control number {e[2]} is used twice in this group")
    elif len(envelope.controls) < _MOST_CONTROLS:
        envelope.controls.add(e[2])
    _choose(hand, envelope, e[1], e[3].strip() or envelope.group_guide, told=True)


def end_set(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """SE: counts the segments of the transaction set, itself and ST included."""
    hand.finish_claim()
    count = hand.segments.number - envelope.set_begins + 1
    if not envelope.refused:
        _check_end(hand, ("SE", "X12.SE-COUNT", "segments", "ST02"), e, count, envelope.transaction)
    close_set(hand, envelope)


def close_set(hand: Hand, envelope: Envelope) -> None:
    """Leave the transaction set, telling how many claims of one that is not read were passed over."""
    if envelope.refused:
        count = f"; {envelope.passed_over} claims are passed over" if envelope.passed_over else ""
        fault = finding("X12.VERSION", f"{hand.place('SE')}: {envelope.refused}{count}")
        if envelope.read:
            hand.loose(fault)
        elif len(envelope.held) < _MOST_HELD:
            envelope.held.append(fault)
    envelope.transaction, envelope.refused, envelope.passed_over = None, "", 0
    hand.begin_set()


def _choose(hand: Hand, envelope: Envelope, transaction: str, guide: str, *, told: bool) -> None:
    """Whether and how a transaction set is read, from its number and implementation guide."""
    kind, modern = next((found for mark, found in _GUIDES.items() if mark in guide.upper()), ("", True))
    if transaction != "837" or not kind:
        hand.kind, hand.modern = "", True
        if told:
            envelope.refused = f"transaction set {transaction} {guide} is no 837P or 837I and is not read"
        return
    hand.kind, hand.modern = kind, modern
    if told:
        _release(hand, envelope)
        if not modern:
            _tell(
                hand,
                "X12.VERSION",
                "ST",
                f"version {guide} was replaced by 005010 on 2012-01-01; it is read all the same",
            )


def _release(hand: Hand, envelope: Envelope) -> None:
    envelope.read += 1
    for fault in envelope.held:
        hand.loose(fault)
    envelope.held.clear()


def _check_end(hand: Hand, words: tuple[str, str, str, str], e: list[str], count: int, begun: str | None) -> None:
    """A trailer against its header: there must be one, the count must be right and the control number the same."""
    segment, rule, parts, header = words
    if begun is None:
        _tell(hand, rule, segment, f"{segment} closes nothing: {header[:-2]} is missing before it")
        return
    if not (e[1].isascii() and e[1].isdigit()) or e[1].lstrip("0") != str(count).lstrip("0"):
        _tell(hand, rule, segment, f"{segment}01 says {e[1]!r} {parts}, there are {count}")
    if e[2].strip() != begun.strip():
        _tell(hand, "X12.CONTROL", segment, f"{segment}02 is {e[2]!r}, {header} was {begun!r}")


def _end_missing(hand: Hand, envelope: Envelope, level: str) -> None:
    """Tell of trailers that should stand before this segment."""
    hand.finish_claim()
    here = f"segment {hand.segments.number}"
    if envelope.transaction is not None:
        hand.loose(finding("X12.SE-COUNT", f"{here}: transaction set {envelope.transaction} was not closed by SE"))
        close_set(hand, envelope)
    if envelope.group is not None and level != "set":
        hand.loose(finding("X12.GE-COUNT", f"{here}: functional group {envelope.group} was not closed by GE"))
        envelope.group, envelope.sets = None, 0
    if envelope.interchange is not None and level == "interchange":
        hand.loose(finding("X12.IEA-COUNT", f"{here}: interchange {envelope.interchange} was not closed by IEA"))


def _tell(hand: Hand, rule: str, segment: str, problem: str) -> None:
    hand.loose(finding(rule, f"{hand.place(segment)}: {problem}"))


def _begin_header(hand: Hand, envelope: Envelope, _e: list[str]) -> None:
    """BHT: the first segment of a transaction set."""
    if envelope.transaction is None:
        hand.finish_claim()
        _tell(hand, "X12.SEGMENT", "BHT", "a transaction set begins without ST; it is read all the same")
        hand.begin_set()


def _pass_claim(hand: Hand, envelope: Envelope, e: list[str]) -> None:
    """CLM: counted where its transaction set is not read."""
    if envelope.refused:
        envelope.passed_over += 1
    else:
        begin_claim(hand, e)


EnvelopeStep = Callable[[Hand, Envelope, list[str]], None]
ENVELOPE_STEPS: dict[str, tuple[EnvelopeStep, int, int]] = {
    "ISA": (begin_interchange, 17, 17),
    "IEA": (end_interchange, 3, 3),
    "GS": (begin_group, 9, 9),
    "GE": (end_group, 3, 3),
    "ST": (begin_set, 4, 4),
    "SE": (end_set, 3, 3),
    "BHT": (_begin_header, 7, 7),
    "CLM": (_pass_claim, 6, 21),
}
"""Step, elements looked at, elements at most; the reader binds them to the envelope of its file."""
