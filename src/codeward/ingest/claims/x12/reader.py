"""837P and 837I, claim by claim: each segment goes to its step, and what is finished is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO

from codeward.core.claims import ReadClaim
from codeward.core.faults import BadFile
from codeward.ingest.claims.x12.claim_steps import CLAIM_STEPS
from codeward.ingest.claims.x12.envelope import ENVELOPE_STEPS, Envelope, EnvelopeStep, close_set
from codeward.ingest.claims.x12.hand import Hand, Step
from codeward.ingest.claims.x12.open_claim import OpenClaim
from codeward.ingest.claims.x12.party_steps import PARTY_STEPS
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.segments import Segments

LONGEST_ELEMENT = 80
"""No element of an 837 is longer (NTE02, K301, NM109, SV101-7)."""
_AFTER_CLAIM = ("", "HL", "CLM", "SE")


def read_x12(stream: BinaryIO, name: str, today: date | None) -> Iterator[ReadClaim]:
    """Every claim of an 837 file with its structural faults (TR3 005010X222A1 and 005010X223A2).

    Faults of the file itself come as a ReadClaim without a claim. Raises BadFile where the file is no X12, or holds no
    837P or 837I at all.
    """
    yield from _Reader(stream, name, today).claims()


class _Reader:
    """One file being read."""

    def __init__(self, stream: BinaryIO, name: str, today: date | None) -> None:
        self._name = name
        self._segments = Segments(stream, name)
        self._envelope = Envelope()
        self._passing = _bound_steps(self._envelope)
        self._steps: dict[str, Step] = {**PARTY_STEPS, **CLAIM_STEPS, **self._passing}
        self._hand = Hand(self._segments, today)

    def claims(self) -> Iterator[ReadClaim]:
        """The claims and faults in the order of the file."""
        steps, out, segments, envelope = self._steps, self._hand.out, self._segments, self._envelope
        found = False
        for elements in segments:
            step = steps.get(elements[0]) if not envelope.refused else self._passing.get(elements[0], _PASSED_OVER)
            if step is None or segments.size > LONGEST_ELEMENT or not step[1] <= len(elements) <= step[2]:
                step = self._fitted(step, elements)
            step[0](self._hand, elements)
            if out:
                found = found or any(item.claim for item in out)
                yield from out
                out.clear()
        self._end()
        yield from out
        if not self._envelope.read and not found:
            raise BadFile(self._name, self._nothing_read())

    def _fitted(self, step: Step | None, elements: list[str]) -> Step:
        """The step of a segment that is unknown, short or long: filled up where optional elements are left out."""
        hand, segment = self._hand, elements[0]
        if step is _PASSED_OVER:
            return step
        if step is None:
            if segment != segment.upper() and segment.upper() in self._steps:
                elements[:] = [element.upper() for element in elements]
                hand.misplaced(segment, "the id is in lower case; it is read in upper case", severity="warn")
                return self._fitted(self._steps[elements[0]], elements)
            hand.misplaced(segment[:8], "an 837 has no such segment; it is passed over")
            return _PASSED_OVER
        if len(elements) > step[2]:
            hand.misplaced(segment, f"{len(elements) - 1} elements, at most {step[2] - 1} are allowed")
        longest = max(len(part) for element in elements for part in element.split(hand.component))
        if longest > LONGEST_ELEMENT:
            hand.misplaced(segment, f"an element of {longest} characters, at most {LONGEST_ELEMENT} are allowed")
        elements += [""] * (step[1] - len(elements))
        return step

    def _end(self) -> None:
        """The file ended: close what is open and say so."""
        hand, envelope, cut = self._hand, self._envelope, self._segments.cut
        if cut:
            cut = self._last_segment(cut)
        if hand.claim is not None:
            self._end_claim(hand.claim, cut)
        open_parts = [
            f"{header} {number}"
            for header, number in (("ST", envelope.transaction), ("GS", envelope.group), ("ISA", envelope.interchange))
            if number is not None
        ]
        if open_parts or cut:
            inside = f" inside segment {self._segments.number + 1} ({cut[:30]!r})" if cut else ""
            never = f"; never closed: {', '.join(open_parts)}" if open_parts else ""
            message = f"the file ends{inside} after segment {self._segments.number}{never}"
            hand.loose(finding("X12.TRUNCATED", message))
        if envelope.refused:
            close_set(hand, envelope)

    def _last_segment(self, cut: str) -> str:
        """A last segment without a terminator is read where it is whole: the IEA of a careless writer."""
        elements = cut.split(self._segments.delimiters.element)
        if elements[0].upper() != "IEA" or elements[2:] != [self._envelope.interchange]:
            return cut
        self._segments.number += 1
        self._steps["IEA"][0](self._hand, elements)
        message = f"{self._hand.place('IEA')}: the last segment has no terminator"
        self._hand.loose(finding("X12.SEGMENT", message, severity="warn"))
        return ""

    def _end_claim(self, claim: OpenClaim, cut: str) -> None:
        """Hand out the last claim where it is whole; a part of one would be checked for what it does not say."""
        hand = self._hand
        behind = cut.split(self._segments.delimiters.element, maxsplit=1)[0].upper()
        if behind in _AFTER_CLAIM and _adds_up(claim):
            hand.finish_claim()
            return
        message = f"{claim.place}: the file ends within claim {claim.claim_id}, which is left out"
        faults = (*claim.faults, finding("X12.TRUNCATED", message, code=claim.claim_id))
        hand.out.append(ReadClaim(None, faults, f"segment {claim.place.segment}"))
        hand.claim = None

    def _nothing_read(self) -> str:
        held = self._envelope.held
        return (
            f"there is no 837P or 837I in it: {held[0].message.partition(': ')[2]}"
            if held
            else "there is no 837P or 837I in it"
        )


def _adds_up(claim: OpenClaim) -> bool:
    """Whether a claim at the end of a file has all its lines: each with its day, together its total."""
    if not claim.lines or any(line.charge is None or not (line.day or claim.first_day) for line in claim.lines):
        return False
    return sum(line.charge for line in claim.lines if line.charge is not None) == claim.total


def _bound_steps(envelope: Envelope) -> dict[str, Step]:
    """The segments of the envelopes, bound to this file's."""

    def bind(step: EnvelopeStep) -> Callable[[Hand, list[str]], None]:
        return lambda hand, elements: step(hand, envelope, elements)

    return {segment: (bind(step), least, most) for segment, (step, least, most) in ENVELOPE_STEPS.items()}


def _pass_over(_hand: Hand, _elements: list[str]) -> None:
    """Nothing is read of it."""


_PASSED_OVER: Step = (_pass_over, 1, 99)
